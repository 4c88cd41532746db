package dev.cloudmend.endpoint.lambda;

/** A function's package that cannot be used; the message says why. */
final class CodeException extends Exception {

  CodeException(String message) {
    super(message);
  }
}

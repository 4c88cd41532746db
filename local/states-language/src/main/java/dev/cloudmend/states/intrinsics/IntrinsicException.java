package dev.cloudmend.states.intrinsics;

/** An intrinsic function cannot work with its arguments. The message does not quote them. */
final class IntrinsicException extends RuntimeException {

  IntrinsicException(String message) {
    super(message);
  }
}

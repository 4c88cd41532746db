package dev.cloudmend.endpoint.front;

/** The endpoint cannot be started or stopped. The message says why. */
public final class FrontException extends RuntimeException {

  FrontException(String message, Throwable cause) {
    super(message, cause);
  }
}

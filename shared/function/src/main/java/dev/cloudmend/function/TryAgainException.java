package dev.cloudmend.function;

/**
 * Something that may pass: throttling, no answer. The state machine retries by this class's name.
 */
public final class TryAgainException extends RuntimeException {

  public TryAgainException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.cloudmend.claude;

/** An answer of Claude that cannot be used. The message says why, without repeating the answer. */
public final class UnusableAnswerException extends RuntimeException {

  public UnusableAnswerException(String message) {
    super(message);
  }
}

package dev.cloudmend.function;

/** A secret could not be read. The message holds nothing of what it holds. */
public final class SecretException extends RuntimeException {

  /** What to make of it. */
  public enum Kind {
    /** Secrets Manager takes no more requests now. */
    THROTTLED,
    /** No answer, or one of the 5xx. */
    UNREACHABLE,
    /** There are no credentials, or they do not allow it. */
    ACCESS_DENIED,
    /** There is no such secret, or it does not hold what is expected. */
    INVALID
  }

  private final Kind kind;
  private final String code;

  SecretException(Kind kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  public Kind kind() {
    return kind;
  }

  /** The service's word for it, such as {@code ResourceNotFoundException}. */
  public String code() {
    return code;
  }

  /** Whether the same may succeed later. */
  public boolean isPassing() {
    return kind == Kind.THROTTLED || kind == Kind.UNREACHABLE;
  }
}

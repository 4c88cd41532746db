package dev.cloudmend.aws;

import dev.cloudmend.model.ApiCall;

/** A call that was not made, or that the service answered with an error. */
public sealed class AwsCallException extends RuntimeException permits AccountException {

  /** What kind of failure it is; decides whether it may be tried again. */
  public enum Kind {
    /** The guard refused it: not a read, or not a read that is allowed. Nothing was sent. */
    REFUSED,
    /** The parameters do not fit the API. Nothing was sent. */
    INVALID_CALL,
    /** The service says that the caller may not. */
    ACCESS_DENIED,
    /** The service asks to slow down; the SDK's retries are used up. */
    THROTTLED,
    /** No answer: network, name resolution, time-out, 5xx. */
    UNREACHABLE,
    /** Any other error of the service; see {@link #code()}. */
    SERVICE
  }

  private final Kind kind;
  private final String code;

  public AwsCallException(Kind kind, String code, ApiCall call, String message, Throwable cause) {
    super(call.name() + ": " + code + ": " + message, cause);
    this.kind = kind;
    this.code = code;
  }

  public AwsCallException(Kind kind, String code, ApiCall call, String message) {
    super(call.name() + ": " + code + ": " + message);
    this.kind = kind;
    this.code = code;
  }

  /** For a call that was not even made up. */
  AwsCallException(Kind kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  public final Kind kind() {
    return kind;
  }

  /**
   * The service's error code, such as {@code NoSuchBucket}, or the kind's name where there is none.
   */
  public final String code() {
    return code;
  }

  /** Whether the same call may succeed later. */
  public final boolean isPassing() {
    return kind == Kind.THROTTLED || kind == Kind.UNREACHABLE;
  }
}

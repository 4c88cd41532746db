package dev.cloudmend.aws;

/**
 * A target account that is not to be reached: it is no member account, or its role cannot be taken.
 * Nothing was tried there, and nothing with other rights. The message names the account and the
 * role, and says what to do.
 */
public final class AccountException extends AwsCallException {

  /** What {@link #code()} gives. */
  public static final String CODE = "AccountNotReached";

  AccountException(String message) {
    super(Kind.ACCESS_DENIED, CODE, message);
  }
}

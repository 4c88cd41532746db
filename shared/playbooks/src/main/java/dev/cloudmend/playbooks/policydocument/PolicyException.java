package dev.cloudmend.playbooks.policydocument;

/**
 * A policy that is not understood whole, so that nothing may be planned on it. The message says
 * what is wrong in it and is harmless to show.
 */
public final class PolicyException extends RuntimeException {

  PolicyException(String message) {
    super(message);
  }

  PolicyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong, for a person. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

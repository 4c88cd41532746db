package dev.cloudmend.auditwriter;

/**
 * Step Functions did not tell the executions of a state machine, or did not start one. The message
 * says which and why; what was closed before stays closed, and the next sweep looks again.
 */
public final class ExecutionsUnavailableException extends RuntimeException {

  public ExecutionsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.cloudmend.states.engine;

/** A task failed; error and cause are what the state machine sees. */
public final class TaskFailedException extends Exception {

  private final String error;

  /**
   * Describes the failure.
   *
   * @param error the error name; for a Lambda function the name of its exception
   * @param cause text for a person; for a Lambda function a JSON object as text
   */
  public TaskFailedException(String error, String cause) {
    super(cause);
    this.error = error;
  }

  public String error() {
    return error;
  }

  /** The text for a person. */
  public String explanation() {
    return String.valueOf(getMessage());
  }
}

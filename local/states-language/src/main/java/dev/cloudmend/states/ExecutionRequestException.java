package dev.cloudmend.states;

/** A request to the interpreter that cannot be met. Nothing was changed. */
public final class ExecutionRequestException extends RuntimeException {

  private final String code;

  ExecutionRequestException(String code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * The kind of error, named as in the Step Functions API: ExecutionAlreadyExists,
   * ExecutionDoesNotExist, InvalidArn, InvalidDefinition, InvalidExecutionInput, InvalidName,
   * InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut; and ExecutionBusy, when another
   * process runs the execution and does not let go of it.
   */
  public String code() {
    return code;
  }
}

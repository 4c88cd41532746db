package dev.cloudmend.states.engine;

/** How far an execution is. Step Functions calls both RUNNING and WAITING "RUNNING". */
public enum ExecutionStatus {
  /** An interpreter is at work on it. */
  RUNNING,
  /** Every branch that has not ended waits for a task token or a time; nobody is at work. */
  WAITING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED;

  /** Whether nothing will change any more. */
  public boolean isFinal() {
    return this != RUNNING && this != WAITING;
  }
}

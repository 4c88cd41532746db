package dev.cloudmend.model;

/**
 * How an incident ended, or what it waits for. The same words stand in JSON, the audit trail and on
 * every surface.
 */
public enum Outcome {
  /** A fix is planned; nothing was written. */
  PLANNED,
  /** The fix was applied and its after-state was read back. */
  REMEDIATED,
  /** The live resource did not violate the control. */
  ALREADY_COMPLIANT,
  /** The fix waits in a pull request for whoever reviews it. */
  PULL_REQUEST_OPENED,
  /** The fix needs a person's yes to its hash. */
  AWAITING_APPROVAL,
  /** The change differed from what was agreed three times; nothing was written. */
  EXPIRED,
  /** A person has to do it; the reason says how. */
  MANUAL,
  /** An apply stopped half-way and what it had done was taken back. */
  ROLLED_BACK,
  /** A fix that had been applied was taken back on request. */
  UNDONE,
  /** A fix would do harm or is not allowed now; the reason says why. */
  BLOCKED,
  /** No playbook answers to this check and resource. */
  UNSUPPORTED,
  /** The resource does not exist. */
  RESOURCE_NOT_FOUND,
  /** The same failure of the same state is already being handled, or was. */
  DUPLICATE,
  /** Not a failure, a failed call, or Cloudmend's own change. */
  IGNORED,
  /** It did not work; the error says what and where. */
  FAILED;

  /** Whether a command that ends with this outcome has failed. */
  public boolean isFailure() {
    return this == FAILED || this == ROLLED_BACK;
  }
}

package dev.cloudmend.remediator;

/**
 * Another change of the same resource is under way. The state machine retries by this class's name.
 */
public final class LeaseHeldException extends RuntimeException {

  public LeaseHeldException(String message) {
    super(message);
  }
}

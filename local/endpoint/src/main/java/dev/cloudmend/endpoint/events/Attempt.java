package dev.cloudmend.endpoint.events;

/** How one attempt to deliver ended. */
sealed interface Attempt {

  /** The target has it. */
  record Delivered() implements Attempt {}

  /** The function took it and failed; that is no failure of the delivery. */
  record FunctionFailed(String errorType) implements Attempt {}

  /**
   * The target did not take it.
   *
   * @param code one of the error codes that EventBridge tells a dead-letter queue
   * @param retriable whether another attempt may do better
   */
  record Refused(String code, String message, boolean retriable) implements Attempt {}
}

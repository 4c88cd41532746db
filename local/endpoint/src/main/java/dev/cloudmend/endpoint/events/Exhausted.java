package dev.cloudmend.endpoint.events;

/** Why a delivery is not tried again. */
enum Exhausted {
  /** It is tried again. */
  NO(""),
  /** Another attempt would fail too. */
  AT_ONCE(""),
  ATTEMPTS("MaximumRetryAttempts"),
  AGE("MaximumEventAgeInSeconds");

  private final String condition;

  Exhausted(String condition) {
    this.condition = condition;
  }

  /** As the attribute EXHAUSTED_RETRY_CONDITION says it; empty when there is none. */
  String condition() {
    return condition;
  }
}

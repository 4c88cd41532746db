package dev.cloudmend.remediator;

import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.Verification;

/** What came of an order. */
sealed interface Result {

  /** Nothing was written: the breaker, the stop switch or the budget. */
  record Refused(Outcome outcome, String reason) implements Result {}

  /** Done, and the after-state was read back. */
  record Holds(Verification verification) implements Result {}

  /** Done, but the after-state was not seen yet. */
  record NotYet(Verification verification) implements Result {}

  /** It did not work; the outcome says whether what was done was taken back. */
  record Failed(Outcome outcome, Problem problem) implements Result {}
}

package dev.cloudmend.auditwriter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an incident ended: by the outcome of its last step, or by what a Catch of the state machine
 * caught in place of one.
 *
 * @param reason why; empty where nothing is to be said
 * @param error what went wrong, of an outcome that is a failure
 */
record Ending(Outcome outcome, String reason, @Nullable Problem error) {

  /**
   * Tells how it ended.
   *
   * @param state the incident's last state
   * @param failedStep the step that a Catch names, where one did
   * @param caught what it caught: {@code Error} and {@code Cause}
   */
  static Ending of(
      IncidentState state,
      Optional<String> failedStep,
      Optional<JsonNode> caught,
      IncidentRecord record) {
    if (caught.isPresent()) {
      Optional<Intent> begun = begun(record);
      return ofFailedStep(
          withBegun(problem(failedStep.orElse("unknown"), caught.get()), begun), begun);
    }
    String reason = Objects.requireNonNullElse(state.reason(), "");
    if (state.proposalFailed() != null) {
      return ofFailedProposal(state, reason, problem("propose", state.proposalFailed()));
    }
    Outcome outcome = JsonFunction.required(state.outcome(), "outcome");
    return new Ending(outcome, reason, outcome.isFailure() ? state.error() : null);
  }

  private static Ending ofFailedStep(Problem thrown, Optional<Intent> begun) {
    // Somebody else is changing the resource: that is no failure of this fix, as long as nothing
    // was written.
    return thrown.type().equals("LeaseHeldException") && begun.isEmpty()
        ? new Ending(Outcome.BLOCKED, thrown.message(), null)
        : new Ending(Outcome.FAILED, thrown.message(), thrown);
  }

  /** What was done or planned on the resource itself holds without a pull request, too. */
  private static Ending ofFailedProposal(IncidentState state, String reason, Problem thrown) {
    Outcome outcome = state.outcome();
    return outcome == null || outcome == Outcome.MANUAL
        ? new Ending(Outcome.FAILED, thrown.message(), thrown)
        : new Ending(outcome, reason + "; no pull request: " + thrown.message(), null);
  }

  private static Optional<Intent> begun(IncidentRecord record) {
    return Optional.ofNullable(record.intent())
        .filter(intent -> intent.kind().equals(Intent.APPLY) && !intent.done());
  }

  /** A failure must not hide that calls may have been made. */
  private static Problem withBegun(Problem problem, Optional<Intent> begun) {
    return begun
        .map(
            intent ->
                new Problem(
                    problem.step(),
                    problem.type(),
                    problem.message()
                        + "; its change was begun at "
                        + intent.at()
                        + " and its end was not recorded: run the event again, which looks"))
        .orElse(problem);
  }

  /** With nobody left to ask, whether calls were made is what a reader has to know. */
  static Problem withCalls(Problem problem, IncidentRecord record) {
    Optional<Intent> begun = begun(record);
    if (begun.isPresent()) {
      return withBegun(problem, begun);
    }
    Intent intent = record.intent();
    boolean made =
        intent != null
            && intent.kind().equals(Intent.APPLY)
            && !intent.at().isBefore(record.openedAt());
    return new Problem(
        problem.step(),
        problem.type(),
        problem.message()
            + (made
                ? "; the calls of its change were made or refused: run the event again, which looks"
                : "; no change was begun"));
  }

  private static Problem problem(String step, JsonNode caught) {
    return Problem.ofError(
        step, caught.path("Error").asText("unknown"), caught.path("Cause").asText(""));
  }
}

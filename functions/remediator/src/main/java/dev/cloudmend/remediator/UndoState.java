package dev.cloudmend.remediator;

import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.Verification;
import org.jspecify.annotations.Nullable;

/**
 * What the undo state machine carries.
 *
 * @param incidentId the incident whose fix is to be taken back
 * @param execution the execution that does it
 * @param by who asks for it
 * @param dryRun true: the way back is only shown, also in a live run
 * @param hash the hash of the undo, once planned
 * @param next {@code VERIFY} while the state before was not seen yet
 * @param outcome how it ended
 * @param reason why
 * @param change the undo as a change
 * @param verification the reading back
 * @param error what went wrong
 */
public record UndoState(
    String incidentId,
    String execution,
    String by,
    @Nullable Boolean dryRun,
    @Nullable String hash,
    @Nullable Next next,
    @Nullable Outcome outcome,
    @Nullable String reason,
    @Nullable Change change,
    @Nullable Verification verification,
    @Nullable Problem error) {

  /** What is said of an undo whose execution did not come to an end of its own. */
  public static UndoState broken(String incidentId, String execution, String by, Problem problem) {
    return new UndoState(
        incidentId,
        execution,
        by,
        null,
        null,
        null,
        problem.type().equals("LeaseHeldException") ? Outcome.BLOCKED : Outcome.FAILED,
        problem.message(),
        null,
        null,
        problem);
  }

  UndoState ended(Outcome outcome, String reason) {
    return new UndoState(
        incidentId,
        execution,
        by,
        dryRun,
        hash,
        null,
        outcome,
        reason,
        change,
        verification,
        error);
  }

  UndoState failed(Outcome outcome, Problem problem) {
    return new UndoState(
        incidentId,
        execution,
        by,
        dryRun,
        hash,
        null,
        outcome,
        problem.message(),
        change,
        verification,
        problem);
  }

  UndoState planned(Change undo) {
    return new UndoState(
        incidentId, execution, by, dryRun, undo.hash(), null, null, null, undo, null, null);
  }

  UndoState seen(Verification verification, @Nullable Next next) {
    return new UndoState(
        incidentId,
        execution,
        by,
        dryRun,
        hash,
        next,
        outcome,
        reason,
        change,
        verification,
        error);
  }
}

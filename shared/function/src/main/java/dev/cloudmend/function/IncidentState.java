package dev.cloudmend.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine carries for one incident: ids, hash and outcome. Findings and changes lie
 * in the store, because a state holds at most 256 KiB.
 *
 * @param incidentId the incident
 * @param execution the execution that works on it
 * @param playbook the playbook, absent where none answers
 * @param run what the person who started the run asks for
 * @param attempt how often it was assessed in this execution
 * @param claim the claim that the assessor holds for it
 * @param hash the hash of the planned change
 * @param decision what the policy said
 * @param next what follows where there is no outcome yet
 * @param outcome how it ended
 * @param reason why
 * @param error what went wrong
 */
public record IncidentState(
    String incidentId,
    String execution,
    @Nullable String playbook,
    RunOptions run,
    int attempt,
    @Nullable JsonNode claim,
    @Nullable String hash,
    @Nullable Decision decision,
    @Nullable Next next,
    @Nullable Outcome outcome,
    @Nullable String reason,
    @Nullable Problem error) {

  /** What the state machine is to do after the remediator. */
  public enum Next {
    /** The after-state was not seen yet: wait and look again. */
    VERIFY,
    /** Live state is no longer what was planned from: plan again. */
    ASSESS
  }

  public static IncidentState opened(
      String incidentId, String execution, @Nullable String playbook, RunOptions run) {
    return new IncidentState(
        incidentId, execution, playbook, run, 0, null, null, null, null, null, null, null);
  }

  /** Assessed once more and found to need this change. */
  public IncidentState planned(JsonNode claim, String hash) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        run,
        attempt + 1,
        claim,
        hash,
        null,
        null,
        null,
        null,
        null);
  }

  public IncidentState decided(Decision decision) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        run,
        attempt,
        claim,
        hash,
        decision,
        null,
        null,
        null,
        null);
  }

  public IncidentState continues(Next next) {
    return after(next, null, null, null);
  }

  public IncidentState ended(Outcome outcome, String reason) {
    return after(null, outcome, reason, null);
  }

  public IncidentState failed(Outcome outcome, Problem error) {
    return after(null, outcome, error.message(), error);
  }

  private IncidentState after(
      @Nullable Next next,
      @Nullable Outcome outcome,
      @Nullable String reason,
      @Nullable Problem error) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        run,
        attempt,
        claim,
        hash,
        decision,
        next,
        outcome,
        reason,
        error);
  }
}

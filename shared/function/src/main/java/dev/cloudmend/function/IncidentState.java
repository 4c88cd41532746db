package dev.cloudmend.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine carries for one incident: ids, hash and outcome. Findings, changes and
 * diagnoses lie in the store, because a state holds at most 256 KiB.
 *
 * @param incidentId the incident
 * @param execution the execution that works on it
 * @param playbook the playbook that answers to the finding, or the suggested one; absent where
 *     there is neither
 * @param suggested true where Claude suggested the playbook, because none answers to the finding
 * @param run what the person who started the run asks for
 * @param attempt how often it was assessed in this execution
 * @param findingClaim the claim on a finding that no playbook answers to
 * @param claim the claim on the planned change
 * @param hash the hash of the planned change
 * @param diagnosis what the policy may know of the diagnosis
 * @param diagnosisFailed what a Catch of the state machine caught in place of a diagnosis
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
    @Nullable Boolean suggested,
    RunOptions run,
    int attempt,
    @Nullable JsonNode findingClaim,
    @Nullable JsonNode claim,
    @Nullable String hash,
    @Nullable Diagnosed diagnosis,
    @Nullable JsonNode diagnosisFailed,
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

  /**
   * The part of a diagnosis that the policy may know.
   *
   * @param origin who wrote it
   * @param confidence how sure the author is
   */
  public record Diagnosed(Diagnosis.Origin origin, Diagnosis.Confidence confidence) {}

  public static IncidentState opened(
      String incidentId, String execution, @Nullable String playbook, RunOptions run) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        null,
        run,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** No playbook answers to it, and this event is the one that speaks of it. */
  public IncidentState unmatched(JsonNode findingClaim) {
    return new IncidentState(
        incidentId,
        execution,
        null,
        null,
        run,
        attempt,
        findingClaim,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** To be looked at with a playbook that was suggested. */
  public IncidentState suggested(String suggestedPlaybook) {
    return new IncidentState(
        incidentId,
        execution,
        suggestedPlaybook,
        true,
        run,
        attempt,
        findingClaim,
        null,
        null,
        diagnosis,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Assessed once more and found to need this change. */
  public IncidentState planned(JsonNode claim, String hash) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        suggested,
        run,
        attempt + 1,
        findingClaim,
        claim,
        hash,
        diagnosis,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  public IncidentState diagnosed(Diagnosis diagnosis) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        suggested,
        run,
        attempt,
        findingClaim,
        claim,
        hash,
        new Diagnosed(diagnosis.origin(), diagnosis.confidence()),
        null,
        decision,
        next,
        outcome,
        reason,
        error);
  }

  public IncidentState decided(Decision decision) {
    return new IncidentState(
        incidentId,
        execution,
        playbook,
        suggested,
        run,
        attempt,
        findingClaim,
        claim,
        hash,
        diagnosis,
        diagnosisFailed,
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

  /** Whether the playbook was suggested rather than met by the finding's check. */
  public boolean hasSuggestedPlaybook() {
    return Boolean.TRUE.equals(suggested);
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
        suggested,
        run,
        attempt,
        findingClaim,
        claim,
        hash,
        diagnosis,
        diagnosisFailed,
        decision,
        next,
        outcome,
        reason,
        error);
  }
}

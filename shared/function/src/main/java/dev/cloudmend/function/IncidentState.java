package dev.cloudmend.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import java.time.Instant;
import java.util.function.Consumer;
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
 * @param waiting until when GitHub takes no request, where {@code next} says to wait
 * @param proposalFailed what a Catch of the state machine caught in place of a pull request
 * @param next what follows; with {@link Next#PROPOSE} and {@link Next#WAIT} beside an outcome, that
 *     holds whatever comes of the pull request
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
    @Nullable Waiting waiting,
    @Nullable JsonNode proposalFailed,
    @Nullable Next next,
    @Nullable Outcome outcome,
    @Nullable String reason,
    @Nullable Problem error) {

  /** What the state machine is to do after a step. */
  public enum Next {
    /** The after-state was not seen yet: wait and look again. */
    VERIFY,
    /** Live state is no longer what was planned from: plan again. */
    ASSESS,
    /** The fix is to be proposed where the resource is declared. */
    PROPOSE,
    /** GitHub takes no request now: wait and propose again. */
    WAIT
  }

  /**
   * How GitHub is waited for.
   *
   * @param until when it may be asked again, as RFC 3339 has it
   * @param times how often it was waited for in this execution
   */
  public record Waiting(String until, int times) {}

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
        null,
        null,
        null);
  }

  /** No playbook answers to it, and this event is the one that speaks of it. */
  public IncidentState unmatched(JsonNode findingClaim) {
    return with(
        next -> {
          next.playbook = null;
          next.suggested = null;
          next.findingClaim = findingClaim;
          next.diagnosis = null;
          next.forgetPlan();
        });
  }

  /** A playbook answers to the finding, as the live account tells; none was suggested. */
  public IncidentState answered(String answeringPlaybook) {
    return with(
        next -> {
          next.playbook = answeringPlaybook;
          next.suggested = null;
        });
  }

  /** To be looked at with a playbook that was suggested. */
  public IncidentState suggested(String suggestedPlaybook) {
    return with(
        next -> {
          next.playbook = suggestedPlaybook;
          next.suggested = true;
          next.forgetPlan();
        });
  }

  /** Assessed once more and found to need this change. */
  public IncidentState planned(JsonNode claim, String hash) {
    return with(
        next -> {
          next.forgetPlan();
          next.attempt++;
          next.claim = claim;
          next.hash = hash;
        });
  }

  public IncidentState diagnosed(Diagnosis diagnosis) {
    return with(
        next -> {
          next.diagnosis = new Diagnosed(diagnosis.origin(), diagnosis.confidence());
          next.diagnosisFailed = null;
        });
  }

  public IncidentState decided(Decision decision) {
    return with(
        next -> {
          next.decision = decision;
          next.end(null, null, null, null);
        });
  }

  public IncidentState continues(Next next) {
    return with(state -> state.end(next, null, null, null));
  }

  /** To be proposed where the resource is declared; what comes of that is the outcome. */
  public IncidentState proposes() {
    return with(state -> state.end(Next.PROPOSE, null, null, null));
  }

  /** To be proposed where the resource is declared, too: it has ended so whatever comes of that. */
  public IncidentState endedAndProposes(Outcome outcome, String reason) {
    return with(state -> state.end(Next.PROPOSE, outcome, reason, null));
  }

  /** To be proposed once more, not before GitHub takes requests again. */
  public IncidentState waits(Instant until) {
    return with(
        state -> {
          state.waiting = new Waiting(until.toString(), 1 + times());
          state.next = Next.WAIT;
        });
  }

  private int times() {
    return waiting == null ? 0 : waiting.times();
  }

  public IncidentState ended(Outcome outcome, String reason) {
    return with(next -> next.end(null, outcome, reason, null));
  }

  public IncidentState failed(Outcome outcome, Problem error) {
    return with(next -> next.end(null, outcome, error.message(), error));
  }

  /** Whether the playbook was suggested rather than met by the finding's check. */
  public boolean hasSuggestedPlaybook() {
    return Boolean.TRUE.equals(suggested);
  }

  private IncidentState with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.state(this);
  }

  /** What may change on the way, open for changes. */
  private static final class Draft {

    private @Nullable String playbook;
    private @Nullable Boolean suggested;
    private int attempt;
    private @Nullable JsonNode findingClaim;
    private @Nullable JsonNode claim;
    private @Nullable String hash;
    private @Nullable Diagnosed diagnosis;
    private @Nullable JsonNode diagnosisFailed;
    private @Nullable Decision decision;
    private @Nullable Waiting waiting;
    private @Nullable JsonNode proposalFailed;
    private @Nullable Next next;
    private @Nullable Outcome outcome;
    private @Nullable String reason;
    private @Nullable Problem error;

    private Draft(IncidentState state) {
      playbook = state.playbook;
      suggested = state.suggested;
      attempt = state.attempt;
      findingClaim = state.findingClaim;
      claim = state.claim;
      hash = state.hash;
      diagnosis = state.diagnosis;
      diagnosisFailed = state.diagnosisFailed;
      decision = state.decision;
      waiting = state.waiting;
      proposalFailed = state.proposalFailed;
      next = state.next;
      outcome = state.outcome;
      reason = state.reason;
      error = state.error;
    }

    private void forgetPlan() {
      claim = null;
      hash = null;
      diagnosisFailed = null;
      decision = null;
      waiting = null;
      proposalFailed = null;
      end(null, null, null, null);
    }

    private void end(
        @Nullable Next next,
        @Nullable Outcome outcome,
        @Nullable String reason,
        @Nullable Problem error) {
      this.next = next;
      this.outcome = outcome;
      this.reason = reason;
      this.error = error;
    }

    private IncidentState state(IncidentState of) {
      return new IncidentState(
          of.incidentId,
          of.execution,
          playbook,
          suggested,
          of.run,
          attempt,
          findingClaim,
          claim,
          hash,
          diagnosis,
          diagnosisFailed,
          decision,
          waiting,
          proposalFailed,
          next,
          outcome,
          reason,
          error);
    }
  }
}

package dev.cloudmend.auditwriter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the beginning and the end of an incident, and settles its claim. */
public final class AuditWriter {

  /**
   * After these the same failure may be handled again: nothing was settled, or what was settled is
   * the live state itself, so that a resource that drifts back to the very same state is fixed
   * again. Who finds a pull request again knows it by its branch.
   */
  private static final Set<Outcome> RELEASES =
      EnumSet.of(
          Outcome.REMEDIATED,
          Outcome.PULL_REQUEST_OPENED,
          Outcome.ALREADY_COMPLIANT,
          Outcome.FAILED,
          Outcome.ROLLED_BACK,
          Outcome.BLOCKED,
          Outcome.EXPIRED,
          Outcome.DUPLICATE,
          Outcome.RESOURCE_NOT_FOUND);

  /** So ends what went past a pull request that was asked for. */
  private static final Set<Outcome> PROPOSED =
      EnumSet.of(
          Outcome.PULL_REQUEST_OPENED,
          Outcome.REMEDIATED,
          Outcome.AWAITING_APPROVAL,
          Outcome.MANUAL);

  private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);

  private final Store store;
  private final Optional<SecurityHubNotes> notes;

  public AuditWriter(Store store) {
    this(store, Optional.empty());
  }

  /**
   * Makes an audit writer.
   *
   * @param notes who tells Security Hub; empty where nobody does
   */
  AuditWriter(Store store, Optional<SecurityHubNotes> notes) {
    this.store = store;
    this.notes = notes;
  }

  /** Records the finding as received and gives the state that goes on from function to function. */
  public IncidentState open(Incident incident, String execution) {
    ObjectNode data = Json.object();
    data.put("execution", execution);
    data.set("finding", Json.toTree(incident.finding()));
    if (incident.playbook() != null) {
      data.put("playbook", incident.playbook());
    }
    store.audit().append(incident.incidentId(), "OPENED", incident.run().actor(), data);
    store.incidents().open(incident, execution);
    return IncidentState.opened(
        incident.incidentId(), execution, incident.playbook(), incident.run());
  }

  /**
   * Records the outcome.
   *
   * @param state the incident's last state
   * @param failedStep the step that a Catch of the state machine names, where one did
   * @param caught what it caught: {@code Error} and {@code Cause}
   */
  public Closed close(IncidentState state, Optional<String> failedStep, Optional<JsonNode> caught) {
    IncidentRecord record =
        JsonFunction.required(
            store.incidents().find(state.incidentId()).orElse(null), "stored incident");
    Ending ending = Ending.of(state, failedStep, caught, record);
    if (state.decision() != null) {
      store.incidents().decided(state.incidentId(), state.decision());
    }
    Optional<PullRequestLink> pullRequest = pullRequest(state, ending, record);
    end(
        state.incidentId(),
        state.run().actor(),
        new End(
            state.execution(),
            ending.outcome(),
            ending.reason(),
            state.hash(),
            state.decision(),
            pullRequest.orElse(null),
            ending.error()));
    settleClaims(state, record, ending.outcome());
    Decision decision = state.decision();
    if (decision == null || !decision.dryRun()) {
      tell(record.incident(), ending, pullRequest.map(PullRequestLink::url));
    }
    return new Closed(state.incidentId(), ending.outcome());
  }

  /** The incident keeps that of an earlier execution too, which is no part of this end. */
  private static Optional<PullRequestLink> pullRequest(
      IncidentState state, Ending ending, IncidentRecord record) {
    Decision decision = state.decision();
    boolean proposed =
        decision != null
            && decision.goesToSource()
            && !decision.dryRun()
            && state.proposalFailed() == null
            && PROPOSED.contains(ending.outcome());
    return Optional.ofNullable(record.pullRequest()).filter(link -> proposed);
  }

  /** The last step, and nothing depends on it: what goes wrong here is told and no more. */
  private void tell(Incident incident, Ending ending, Optional<String> pullRequest) {
    notes
        .flatMap(n -> n.tell(incident, ending.outcome(), ending.reason(), pullRequest))
        .ifPresent(
            told -> {
              String id = incident.incidentId();
              if (told.has("error")) {
                LOG.warn("Security Hub was not told of {}: {}", id, told.path("error").asText());
              }
              try {
                store.audit().append(id, "SECURITY_HUB", incident.run().actor(), told);
              } catch (StoreException e) {
                LOG.warn(
                    "what Security Hub was told of {} was not recorded: {}", id, e.getMessage());
              }
            });
  }

  /**
   * Records that an incident failed whose execution ended before it did, so that its state is lost.
   * Nobody knows which claim it had: what its event still holds of its planned change is given up.
   *
   * @param record the incident as far as it had come
   * @param why how the execution ended
   */
  Closed abandon(IncidentRecord record, Problem why) {
    Incident incident = record.incident();
    Problem problem = Ending.withCalls(why, record);
    end(
        incident.incidentId(),
        incident.run().actor(),
        new End(
            record.executionId(),
            Outcome.FAILED,
            problem.message(),
            record.changeHash(),
            record.decision(),
            null,
            problem));
    Optional.ofNullable(record.changeHash())
        .flatMap(hash -> store.incidents().change(incident.incidentId(), hash))
        .ifPresent(
            change -> {
              releaseIfOpen(incident, change, true);
              releaseIfOpen(incident, change, false);
            });
    return new Closed(incident.incidentId(), Outcome.FAILED);
  }

  /**
   * What the audit trail keeps of an end.
   *
   * @param execution the execution in which it ended
   * @param hash the hash of the planned change
   * @param pullRequest the pull request that was proposed in it
   */
  private record End(
      String execution,
      Outcome outcome,
      String reason,
      @Nullable String hash,
      @Nullable Decision decision,
      @Nullable PullRequestLink pullRequest,
      @Nullable Problem error) {}

  private void end(String incidentId, String actor, End end) {
    store.audit().append(incidentId, "CLOSED", actor, (ObjectNode) Json.toTree(end));
    store.incidents().close(incidentId, end.outcome(), end.reason(), end.error());
  }

  private void releaseIfOpen(Incident incident, Change change, boolean live) {
    var key = new ClaimKey(change.target().key(), change.playbook(), change.fingerprint(), live);
    String owner = incident.finding().eventId();
    // The owner gets its open claim again, but none that is closed: an earlier end still stands.
    if (store.claims().claim(key, owner, incident.incidentId(), Set.of())
        instanceof ClaimResult.Claimed) {
      store.claims().release(key, owner);
    }
  }

  private void settleClaims(IncidentState state, IncidentRecord record, Outcome outcome) {
    String owner = record.incident().finding().eventId();
    boolean releases = RELEASES.contains(outcome);
    settle(state.claim(), owner, outcome, releases);
    // What Claude explained is not explained again; what it was not asked, or could not answer, is.
    boolean isExplained =
        state.diagnosis() != null && state.diagnosis().origin() == Diagnosis.Origin.CLAUDE;
    settle(
        state.findingClaim(),
        owner,
        outcome,
        !isExplained || (releases && outcome != Outcome.DUPLICATE));
  }

  private void settle(@Nullable JsonNode claim, String owner, Outcome outcome, boolean releases) {
    if (claim == null) {
      return;
    }
    ClaimKey key = Json.fromTree(claim, ClaimKey.class);
    if (releases) {
      store.claims().release(key, owner);
    } else {
      store.claims().close(key, owner, outcome);
    }
  }
}

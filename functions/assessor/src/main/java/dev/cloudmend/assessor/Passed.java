package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.ResourceTarget;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Link;
import dev.cloudmend.store.Store;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check that passed closes the incident that waits because the check had failed, if the live
 * resource agrees. The source's word alone closes nothing: it may be old, or somebody else's.
 */
final class Passed {

  /** Such an incident waits for somebody, who need not do anything any more. */
  private static final Set<Outcome> WAITING =
      Collections.unmodifiableSet(
          EnumSet.of(
              Outcome.AWAITING_APPROVAL,
              Outcome.PULL_REQUEST_OPENED,
              Outcome.MANUAL,
              Outcome.PLANNED));

  private final Store store;

  /**
   * An incident that waits.
   *
   * @param live whether its run may write
   */
  private record Waiting(IncidentRecord record, Target target, String playbook, boolean live) {

    String id() {
      return record.incident().incidentId();
    }
  }

  Passed(Store store) {
    this.store = store;
  }

  /** Whether an incident is the word of a source that a playbook's check passed. */
  static boolean speaksOf(Incident incident) {
    return incident.outcome() == Outcome.IGNORED && incident.playbook() != null;
  }

  /**
   * Ends the incident, and with it those that wait where the live resource is as it should be. It
   * is only looked at where one waits, since most checks pass each day.
   */
  IncidentState settle(
      IncidentState state,
      Incident incident,
      Playbook playbook,
      AwsReader aws,
      Supplier<Assessment> look) {
    String said = Optional.ofNullable(incident.reason()).orElse("the check passed");
    List<Waiting> waiting =
        Optional.ofNullable(incident.finding().resource())
            .map(resource -> waiting(resource, playbook.info().id(), aws))
            .orElse(List.of());
    if (waiting.isEmpty()) {
      return state.ended(Outcome.IGNORED, said);
    }
    String ids = waiting.stream().map(Waiting::id).collect(Collectors.joining(" and "));
    String stays = "; incident " + ids + " stays as it is";
    return switch (look.get()) {
      case Assessment.Compliant c -> {
        waiting.forEach(w -> close(w, state, incident));
        yield state.ended(
            Outcome.IGNORED,
            said + ", the live resource agrees, and incident " + ids + " was closed");
      }
      case Assessment.Violating v ->
          state.ended(
              Outcome.IGNORED, said + ", but the live resource still violates the control" + stays);
      case Assessment.NotFound n ->
          state.ended(Outcome.IGNORED, said + ", but " + n.reason() + stays);
      case Assessment.NotApplicable n ->
          state.ended(Outcome.IGNORED, said + ", but " + n.reason() + stays);
      case Assessment.Blocked b ->
          state.ended(Outcome.IGNORED, said + ", but " + b.reason() + stays);
    };
  }

  private List<Waiting> waiting(ResourceRef resource, String playbook, AwsReader aws) {
    return ResourceTarget.of(resource, aws).stream()
        .flatMap(
            target ->
                Stream.of(true, false).flatMap(live -> waiting(target, playbook, live).stream()))
        .toList();
  }

  private Optional<Waiting> waiting(Target target, String playbook, boolean live) {
    return store
        .histories()
        .latest(target.key(), playbook, live)
        .flatMap(id -> store.incidents().find(id))
        .filter(record -> record.outcome() != null && WAITING.contains(record.outcome()))
        .map(record -> new Waiting(record, target, playbook, live));
  }

  /** The end itself comes last: after a crash it is all done again. */
  private void close(Waiting waiting, IncidentState state, Incident passed) {
    store.incidents().linked(passed.incidentId(), new Link(Link.Kind.CLOSES, waiting.id()));
    String reason =
        "the check passed, says %s at %s (incident %s), and the live resource does not violate the control"
            .formatted(
                passed.finding().source(), passed.finding().observedAt(), passed.incidentId());
    ObjectNode data = Json.object();
    data.put("execution", state.execution());
    data.put("outcome", Outcome.ALREADY_COMPLIANT.name());
    data.put("reason", reason);
    data.put("closedBy", passed.incidentId());
    store.audit().append(waiting.id(), "CLOSED", state.run().actor(), data);
    claimOf(waiting)
        .ifPresent(
            key -> store.claims().release(key, waiting.record().incident().finding().eventId()));
    store.incidents().close(waiting.id(), Outcome.ALREADY_COMPLIANT, reason, null);
  }

  private Optional<ClaimKey> claimOf(Waiting waiting) {
    return Optional.ofNullable(waiting.record().changeHash())
        .flatMap(hash -> store.incidents().change(waiting.id(), hash))
        .map(Change::fingerprint)
        .map(
            fingerprint ->
                new ClaimKey(
                    waiting.target().key(), waiting.playbook(), fingerprint, waiting.live()));
  }
}

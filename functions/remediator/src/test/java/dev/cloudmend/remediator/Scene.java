package dev.cloudmend.remediator;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Objects;

/** A fake account, a playbook for it, and incidents that were planned and decided. */
final class Scene {

  static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:one";
  static final Decision AUTOMATIC =
      new Decision(Mode.automatic, false, "test", List.of("live"), List.of(), "sha256:0");

  final FakeAccount account = new FakeAccount();
  final BucketSettings playbook;
  private final FreshStore tables;

  Scene(FreshStore tables, boolean undoWidensAccess) {
    this.tables = tables;
    this.playbook = new BucketSettings(undoWidensAccess);
  }

  Remediator remediator() {
    return remediator(tables.store(), true, Limits.DEFAULT);
  }

  Remediator remediator(Store store, boolean live, Limits limits) {
    return new Remediator(
        new Catalogue(List.of(playbook)),
        Baselines.DEFAULT,
        access(),
        store,
        live,
        runner(store, limits),
        tables.clock());
  }

  Undoer undoer(boolean live) {
    return new Undoer(
        new Catalogue(List.of(playbook)),
        access(),
        tables.store(),
        live,
        runner(tables.store(), Limits.DEFAULT),
        tables.clock());
  }

  /** An incident of the live state, as the decider hands it on. */
  IncidentState decided(String eventId) {
    return decided(eventId, RunOptions.NONE);
  }

  IncidentState decided(String eventId, RunOptions run) {
    return decided(SampleIncidents.of(eventId, BucketSettings.ID, run), run);
  }

  /** An incident whose finding says who made the change. */
  IncidentState decided(String eventId, RunOptions run, String principal) {
    Incident of = SampleIncidents.of(eventId, BucketSettings.ID, run);
    Finding finding = of.finding();
    var seen =
        new Finding(
            finding.eventId(),
            finding.source(),
            finding.check(),
            finding.title(),
            finding.severity(),
            finding.frameworks(),
            finding.resource(),
            finding.observedAt(),
            new Finding.Actor(principal, "IAMUser", null, null, null),
            finding.facts());
    return decided(
        new Incident(of.incidentId(), of.playbook(), seen, null, null, run, of.earlier()), run);
  }

  private IncidentState decided(Incident incident, RunOptions run) {
    tables.store().incidents().open(incident, EXECUTION);
    return planAgain(
        IncidentState.opened(incident.incidentId(), EXECUTION, BucketSettings.ID, run));
  }

  /** What the assessor and the decider make of it when they see it once more. */
  IncidentState planAgain(IncidentState state) {
    Change change = plan();
    tables.store().incidents().saveChange(state.incidentId(), change);
    var key = new ClaimKey(change.target().key(), change.playbook(), change.fingerprint(), true);
    return state.planned(Json.toTree(key), change.hash()).decided(AUTOMATIC);
  }

  /** The change that the live state calls for. */
  Change plan() {
    var finding = SampleIncidents.finding("any");
    return ((Assessment.Violating)
            playbook.assess(Objects.requireNonNull(finding.resource()), Baselines.DEFAULT, account))
        .change();
  }

  Intent intent(IncidentState state) {
    return Objects.requireNonNull(
        tables.store().incidents().find(state.incidentId()).orElseThrow().intent());
  }

  private ChangeRunner runner(Store store, Limits limits) {
    return new ChangeRunner(access(), store, limits, Breaker.DEFAULT, tables.clock());
  }

  private TargetAccess access() {
    return new TargetAccess(id -> account, id -> account, () -> {});
  }
}

package dev.cloudmend.assessor;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.Fix;
import dev.cloudmend.store.Link;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.UndoMark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Once only: of all that report a failure one incident gets it, the others are linked to that. */
final class Claiming {

  private static final String UNMATCHED = "unmatched";

  /** A yes takes a failure up again that ended so. */
  private static final Set<Outcome> AGREEABLE =
      Collections.unmodifiableSet(EnumSet.of(Outcome.AWAITING_APPROVAL, Outcome.PLANNED));

  private final Store store;
  private final boolean live;

  Claiming(Store store, boolean live) {
    this.store = store;
    this.live = live;
  }

  /** A finding that no playbook answers to is explained once, by the event that claims it. */
  IncidentState unmatched(IncidentState state, Incident incident) {
    Finding finding = incident.finding();
    ResourceRef resource = finding.resource();
    if (resource == null) {
      return state.ended(
          Outcome.UNSUPPORTED,
          PlaybookDiagnosis.noPlaybook(finding) + ", and it names no resource");
    }
    var key =
        new ClaimKey(
            String.join(
                "|",
                resource.arn().partition(),
                resource.account(),
                resource.region(),
                resource.arn().toString()),
            UNMATCHED,
            CanonicalJson.hash(Json.object().put("check", finding.check())),
            live);
    // The yes is to the change of a suggested playbook, which is only known further on.
    Optional<IncidentState> duplicate =
        claim(state, incident, key, !state.run().approve().isEmpty());
    return duplicate.orElseGet(() -> state.unmatched(Json.toTree(key)));
  }

  /** A violation is planned by the event that claims it. */
  IncidentState violating(
      IncidentState state, Incident incident, PlaybookInfo playbook, Change change) {
    String target = change.target().key();
    if (!state.run().again()) {
      Optional<UndoMark> undone =
          store.undoMarks().find(target, change.playbook(), change.fingerprint());
      if (undone.isPresent()) {
        return state.ended(
            Outcome.BLOCKED,
            "%s took this very fix back at %s (incident %s); it is not made again unless asked for with --again"
                .formatted(undone.get().by(), undone.get().at(), undone.get().incidentId()));
      }
    }
    Optional<String> covering = covering(incident, state.execution(), change);
    if (covering.isPresent()) {
      return duplicate(
          state,
          covering.get(),
          "incident " + covering.get() + " of the same finding plans these calls");
    }
    var key = new ClaimKey(target, change.playbook(), change.fingerprint(), live);
    if (state.claim() != null && !Json.fromTree(state.claim(), ClaimKey.class).equals(key)) {
      giveUp(state, incident);
    }
    Optional<IncidentState> duplicate =
        claim(state, incident, key, state.run().approve().contains(change.hash()));
    return duplicate.orElseGet(() -> planned(state, incident, playbook, key, change));
  }

  /** Gives up the claim of an earlier attempt, which speaks of what is gone. */
  void giveUp(IncidentState state, Incident incident) {
    if (state.claim() != null) {
      store
          .claims()
          .release(Json.fromTree(state.claim(), ClaimKey.class), incident.finding().eventId());
    }
  }

  private IncidentState planned(
      IncidentState state,
      Incident incident,
      PlaybookInfo playbook,
      ClaimKey key,
      Change violation) {
    store.histories().claimed(key.targetKey(), key.playbook(), state.incidentId(), live);
    Change change = following(state, violation);
    store.incidents().saveChange(state.incidentId(), change);
    IncidentState planned = state.planned(Json.toTree(key), change.hash());
    if (state.hasSuggestedPlaybook()) {
      return planned;
    }
    // It holds from now on, and gives way to Claude's where there is one.
    Diagnosis own = PlaybookDiagnosis.of(playbook, incident.finding(), change);
    store.incidents().diagnosed(state.incidentId(), own);
    return planned.diagnosed(own);
  }

  /** What was fixed before and fails again says so to whoever reviews it. */
  private Change following(IncidentState state, Change change) {
    Optional<Fix> last =
        store.histories().fixes(change.target().key(), change.playbook()).stream()
            .filter(fix -> !fix.incidentId().equals(state.incidentId()))
            .findFirst();
    if (last.isEmpty()) {
      return change;
    }
    Fix fix = last.get();
    store.incidents().linked(state.incidentId(), new Link(Link.Kind.FOLLOWS, fix.incidentId()));
    var warnings = new ArrayList<String>(change.warnings());
    warnings.add(
        "It was fixed before, at %s by %s (incident %s, after a change by %s), and fails again."
            .formatted(
                fix.at(),
                Text.shown(fix.by(), 200),
                fix.incidentId(),
                Text.shown(fix.brokenBy(), 200)));
    return new Change(
        change.target(),
        change.playbook(),
        change.playbookVersion(),
        change.before(),
        change.after(),
        change.apply(),
        change.undo(),
        change.reversibility(),
        change.afterUndo(),
        change.summary(),
        warnings,
        change.evidence());
  }

  /** The end as a duplicate where another incident has the claim. */
  private Optional<IncidentState> claim(
      IncidentState state, Incident incident, ClaimKey key, boolean agreed) {
    if (state.run().again()) {
      return Optional.empty();
    }
    Set<Outcome> reopen = agreed ? AGREEABLE : EnumSet.noneOf(Outcome.class);
    return store.claims().claim(key, incident.finding().eventId(), state.incidentId(), reopen)
            instanceof ClaimResult.Held held
        ? Optional.of(duplicate(state, held.incidentId(), reason(held)))
        : Optional.empty();
  }

  private IncidentState duplicate(IncidentState state, String of, String reason) {
    // The same event again after its end is held up by itself.
    if (!of.equals(state.incidentId())) {
      store.incidents().linked(state.incidentId(), new Link(Link.Kind.DUPLICATE_OF, of));
    }
    return state.ended(Outcome.DUPLICATE, reason);
  }

  private Optional<String> covering(Incident incident, String execution, Change change) {
    for (String earlier : incident.earlier()) {
      Optional<Change> planned =
          store
              .incidents()
              .find(earlier)
              .filter(r -> r.executionId().equals(execution))
              .flatMap(r -> Optional.ofNullable(r.changeHash()))
              .flatMap(hash -> store.incidents().change(earlier, hash));
      if (planned.isPresent() && planned.get().apply().containsAll(change.apply())) {
        return Optional.of(earlier);
      }
    }
    return Optional.empty();
  }

  private static String reason(ClaimResult.Held held) {
    return held.closedAs()
        .map(
            outcome ->
                "the same failure of the same state ended as %s at %s (incident %s)"
                    .formatted(outcome, held.since(), held.incidentId()))
        .orElse(
            "the same failure of the same state is being handled since %s (incident %s)"
                .formatted(held.since(), held.incidentId()));
  }
}

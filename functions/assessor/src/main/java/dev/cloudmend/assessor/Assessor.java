package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AccountException;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Verification;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.UndoMark;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finding and live state to an outcome, or to a claimed and stored change. */
public final class Assessor {

  private static final String UNMATCHED = "unmatched";

  /** A yes takes a failure up again that ended so. */
  private static final Set<Outcome> AGREEABLE =
      Collections.unmodifiableSet(EnumSet.of(Outcome.AWAITING_APPROVAL, Outcome.PLANNED));

  private final Catalogue catalogue;
  private final Baselines baselines;
  private final Function<String, AwsReader> accounts;
  private final Store store;
  private final boolean live;

  /**
   * Makes the assessor.
   *
   * @param accounts reads of an account, by its twelve digits
   * @param live the run's switch: a dry claim never stands in the way of a live one
   */
  public Assessor(
      Catalogue catalogue,
      Baselines baselines,
      Function<String, AwsReader> accounts,
      Store store,
      boolean live) {
    this.catalogue = catalogue;
    this.baselines = baselines;
    this.accounts = accounts;
    this.store = store;
    this.live = live;
  }

  /**
   * Assesses one incident.
   *
   * @throws TryAgainException when the account could not be read now and may be later
   */
  public IncidentState assess(IncidentState state) {
    IncidentRecord record =
        JsonFunction.required(
            store.incidents().find(state.incidentId()).orElse(null), "stored incident");
    Incident incident = record.incident();
    if (incident.outcome() != null) {
      return state.ended(incident.outcome(), Optional.ofNullable(incident.reason()).orElse(""));
    }
    // A suggestion never takes the place of a playbook that answers to the finding.
    String id = incident.playbook() == null ? state.playbook() : incident.playbook();
    if (id == null) {
      return unmatched(state, incident);
    }
    Optional<Playbook> playbook = catalogue.byId(id);
    if (playbook.isEmpty() || incident.finding().resource() == null) {
      return state.ended(Outcome.UNSUPPORTED, "there is no playbook '" + id + "' for this");
    }
    try {
      return settle(state, record, playbook.get());
    } catch (AccountException e) {
      return state.ended(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw new TryAgainException(String.valueOf(e.getMessage()), e);
      }
      return state.failed(
          Outcome.FAILED, new Problem("assess", e.code(), String.valueOf(e.getMessage())));
    }
  }

  private IncidentState settle(IncidentState state, IncidentRecord record, Playbook playbook) {
    var resource = JsonFunction.required(record.incident().finding().resource(), "resource");
    return switch (playbook.assess(resource, baselines, accounts.apply(resource.account()))) {
      case Assessment.Compliant c -> compliant(state, record, playbook);
      case Assessment.NotApplicable n -> state.ended(Outcome.UNSUPPORTED, n.reason());
      case Assessment.NotFound n -> state.ended(Outcome.RESOURCE_NOT_FOUND, n.reason());
      case Assessment.Blocked b -> state.ended(Outcome.BLOCKED, b.reason());
      case Assessment.Violating v -> violating(state, record, playbook.info(), v.change());
    };
  }

  /** A finding that no playbook answers to is explained once, by the event that claims it. */
  private IncidentState unmatched(IncidentState state, Incident incident) {
    Finding finding = incident.finding();
    ResourceRef resource = finding.resource();
    if (resource == null) {
      return state.ended(Outcome.UNSUPPORTED, noPlaybook(finding) + ", and it names no resource");
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
    if (!state.run().again()) {
      // The yes is to the change of a suggested playbook, which is only known further on.
      Set<Outcome> reopen =
          state.run().approve().isEmpty() ? EnumSet.noneOf(Outcome.class) : AGREEABLE;
      if (store.claims().claim(key, finding.eventId(), state.incidentId(), reopen)
          instanceof ClaimResult.Held held) {
        return state.ended(Outcome.DUPLICATE, duplicate(held));
      }
    }
    return state.unmatched(Json.toTree(key));
  }

  private static String noPlaybook(Finding finding) {
    return "no playbook answers to the check '" + finding.check() + "'";
  }

  /**
   * Compliant is somebody else's work, unless this incident had begun the change and was cut off.
   */
  private IncidentState compliant(IncidentState state, IncidentRecord record, Playbook playbook) {
    Intent intent = record.intent();
    if (intent != null && !intent.done() && intent.kind().equals(Intent.APPLY)) {
      Optional<Change> begun = store.incidents().change(state.incidentId(), intent.hash());
      if (begun.isPresent()) {
        JsonNode observed =
            playbook.observe(begun.get(), accounts.apply(begun.get().target().account()));
        if (CanonicalJson.of(begun.get().after()).equals(CanonicalJson.of(observed))) {
          var verification = new Verification(true, 1, begun.get().after(), observed);
          recovered(record.incident(), begun.get(), verification);
          return state.ended(
              Outcome.REMEDIATED,
              "the change that this incident began at "
                  + intent.at()
                  + " is in place; its end had not been recorded");
        }
      }
    }
    return state.hasSuggestedPlaybook()
        ? state.ended(
            Outcome.UNSUPPORTED,
            noPlaybook(record.incident().finding())
                + "; Claude suggested "
                + playbook.info().id()
                + ", which the live resource does not violate")
        : state.ended(Outcome.ALREADY_COMPLIANT, "the live resource does not violate the control");
  }

  private void recovered(Incident incident, Change begun, Verification verification) {
    ObjectNode data = Json.object();
    data.put("kind", Intent.APPLY);
    data.put("hash", begun.hash());
    data.set("verification", Json.toTree(verification));
    store.audit().append(incident.incidentId(), "VERIFIED", incident.run().actor(), data);
    store.incidents().applied(incident.incidentId(), begun.hash());
    store.incidents().verified(incident.incidentId(), verification);
    store.incidents().intentDone(incident.incidentId());
    store
        .claims()
        .release(
            new ClaimKey(begun.target().key(), begun.playbook(), begun.fingerprint(), true),
            incident.finding().eventId());
  }

  private IncidentState violating(
      IncidentState state, IncidentRecord record, PlaybookInfo playbook, Change change) {
    Incident incident = record.incident();
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
      return state.ended(
          Outcome.DUPLICATE,
          "incident " + covering.get() + " of the same finding plans these calls");
    }
    var key = new ClaimKey(target, change.playbook(), change.fingerprint(), live);
    releaseOther(state, incident, key);
    if (!state.run().again()) {
      Set<Outcome> reopen =
          state.run().approve().contains(change.hash()) ? AGREEABLE : EnumSet.noneOf(Outcome.class);
      if (store.claims().claim(key, incident.finding().eventId(), state.incidentId(), reopen)
          instanceof ClaimResult.Held held) {
        return state.ended(Outcome.DUPLICATE, duplicate(held));
      }
    }
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

  /** A claim of an earlier attempt speaks of a state that is gone. */
  private void releaseOther(IncidentState state, Incident incident, ClaimKey key) {
    if (state.claim() == null) {
      return;
    }
    ClaimKey earlier = Json.fromTree(state.claim(), ClaimKey.class);
    if (!earlier.equals(key)) {
      store.claims().release(earlier, incident.finding().eventId());
    }
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

  private static String duplicate(ClaimResult.Held held) {
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

package dev.cloudmend.assessor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Verification;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import java.util.Optional;
import java.util.function.Function;

/** Compliant is somebody else's work, unless this incident had begun the change and was cut off. */
final class OwnWork {

  private final Store store;

  OwnWork(Store store) {
    this.store = store;
  }

  /**
   * The end of an incident whose resource does not violate the control.
   *
   * @param accounts reads of an account, by its twelve digits
   */
  IncidentState compliant(
      IncidentState state,
      IncidentRecord record,
      Playbook playbook,
      Function<String, AwsReader> accounts) {
    Intent intent = record.intent();
    if (intent != null && !intent.done() && intent.kind().equals(Intent.APPLY)) {
      Optional<Change> begun = store.incidents().change(state.incidentId(), intent.hash());
      if (begun.isPresent()) {
        JsonNode observed =
            playbook.observe(begun.get(), accounts.apply(begun.get().target().account()));
        if (CanonicalJson.of(begun.get().after()).equals(CanonicalJson.of(observed))) {
          var verification = new Verification(true, 1, begun.get().after(), observed);
          recovered(record, begun.get(), verification);
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
            PlaybookDiagnosis.noPlaybook(record.incident().finding())
                + "; Claude suggested "
                + playbook.info().id()
                + ", which the live resource does not violate")
        : state.ended(Outcome.ALREADY_COMPLIANT, "the live resource does not violate the control");
  }

  private void recovered(IncidentRecord record, Change begun, Verification verification) {
    Incident incident = record.incident();
    ObjectNode data = Json.object();
    data.put("kind", Intent.APPLY);
    data.put("hash", begun.hash());
    data.set("verification", Json.toTree(verification));
    store.audit().append(incident.incidentId(), "VERIFIED", incident.run().actor(), data);
    store.incidents().applied(incident.incidentId(), begun.hash());
    store.incidents().verified(incident.incidentId(), verification);
    store.histories().fixed(record, begun);
    store.incidents().intentDone(incident.incidentId());
    store
        .claims()
        .release(
            new ClaimKey(begun.target().key(), begun.playbook(), begun.fingerprint(), true),
            incident.finding().eventId());
  }
}

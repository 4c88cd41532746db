package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.sourcefixes.FixRequest;
import dev.cloudmend.sourcefixes.PlaybookText;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.util.List;
import java.util.Optional;

/** Puts together what is stored of an incident for who mends its source. */
final class FixRequests {

  private final Catalogue catalogue;
  private final Store store;

  FixRequests(Catalogue catalogue, Store store) {
    this.catalogue = catalogue;
    this.store = store;
  }

  /**
   * The request of an incident.
   *
   * @throws IllegalArgumentException when its finding names a branch that git does not allow
   */
  FixRequest of(IncidentState state, IncidentRecord record) {
    Finding finding = record.incident().finding();
    Playbook playbook =
        JsonFunction.required(
            catalogue.byId(JsonFunction.required(state.playbook(), "playbook")).orElse(null),
            "playbook");
    return new FixRequest(
        state.incidentId(),
        finding,
        text(playbook.info()),
        change(state),
        Optional.ofNullable(record.diagnosis()),
        record.tags(),
        List.of(),
        branch(finding),
        state.outcome() == Outcome.REMEDIATED);
  }

  private Optional<Change> change(IncidentState state) {
    return Optional.ofNullable(state.hash())
        .map(
            hash ->
                JsonFunction.required(
                    store.incidents().change(state.incidentId(), hash).orElse(null),
                    "stored change"));
  }

  private static PlaybookText text(PlaybookInfo info) {
    return new PlaybookText(
        info.id(),
        info.title(),
        info.why(),
        info.controls().stream().map(c -> c.framework() + " " + c.id()).toList());
  }

  private static Optional<Branch> branch(Finding finding) {
    JsonNode named = finding.facts().path("branch");
    return named.isMissingNode() || named.isNull()
        ? Optional.empty()
        : Optional.of(new Branch(named.asText()));
  }
}

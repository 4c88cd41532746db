package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.engine.HistoryEvent;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what a run says of its incidents, from the execution's history and the store. */
final class Reports {

  private final Store store;

  Reports(Store store) {
    this.store = store;
  }

  /** The incidents that Intake made in this execution, in order, each with how it ended. */
  List<IncidentReport> of(ExecutionResult result) {
    List<Incident> incidents = incidents(result);
    if (incidents.isEmpty()) {
      return List.of(
          IncidentReport.failed(
              Incident.idOf(result.executionArn(), "", "none"), null, problem("intake", result)));
    }
    return incidents.stream().map(i -> report(i, result)).toList();
  }

  /** What ended an execution, or the last thing that failed in it. */
  static Problem problem(String step, ExecutionResult result) {
    String error = result.error().orElse("");
    String cause = result.cause().orElse("");
    for (HistoryEvent event : result.history()) {
      JsonNode details = event.details();
      if (result.error().isEmpty() && details.hasNonNull("error")) {
        error = details.path("error").asText();
        cause = details.path("cause").asText();
      }
    }
    return Problem.ofError(step, error, cause);
  }

  private IncidentReport report(Incident incident, ExecutionResult result) {
    Finding finding = incident.finding();
    Optional<IncidentRecord> record;
    try {
      record =
          store
              .incidents()
              .find(incident.incidentId())
              .filter(r -> r.executionId().equals(result.executionArn()));
      if (record.isPresent() && record.get().outcome() != null) {
        return closed(record.get());
      }
    } catch (StoreException e) {
      return IncidentReport.failed(
          incident.incidentId(),
          finding,
          new Problem("record", "StoreException", String.valueOf(e.getMessage())));
    }
    return IncidentReport.failed(
        incident.incidentId(), finding, problem(record.isPresent() ? "close" : "record", result));
  }

  private IncidentReport closed(IncidentRecord record) {
    Incident incident = record.incident();
    Outcome outcome = java.util.Objects.requireNonNull(record.outcome());
    Optional<Change> change =
        Optional.ofNullable(record.changeHash())
            .or(
                () ->
                    outcome == Outcome.REMEDIATED
                        ? Optional.ofNullable(record.appliedHash())
                        : Optional.empty())
            .flatMap(hash -> store.incidents().change(incident.incidentId(), hash));
    return new IncidentReport(
        incident.incidentId(),
        outcome,
        record.reason(),
        incident.finding(),
        record.diagnosis(),
        record.decision(),
        change.orElse(null),
        record.verification(),
        record.error(),
        record.link(),
        record.pullRequest(),
        record.preview());
  }

  private static List<Incident> incidents(ExecutionResult result) {
    var incidents = new ArrayList<Incident>();
    for (HistoryEvent event : result.history()) {
      for (JsonNode resource : event.details().at("/output/Payload/resources")) {
        for (JsonNode incident : resource.path("incidents")) {
          incidents.add(Json.fromTree(incident, Incident.class));
        }
      }
      if (!incidents.isEmpty()) {
        break;
      }
    }
    return incidents;
  }
}

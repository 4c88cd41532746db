package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditUnavailableException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The function as it is deployed: its beans, and JSON as the state machine sends it. */
class AuditWriterHandlerTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Incident incident = SampleIncidents.of("evt-1", "p", RunOptions.NONE);

  @Test
  void opensAndClosesAnIncident() throws IOException {
    try (var handler = new AuditWriterHandler(tables.handlerSettings())) {
      JsonNode state = LambdaCall.call(handler, opening());
      assertThat(state.path("incidentId").asText()).isEqualTo(incident.incidentId());
      assertThat(state.path("execution").asText()).isEqualTo("arn:execution");
      assertThat(state.has("outcome")).isFalse();

      ObjectNode ended = (ObjectNode) state;
      ended.put("outcome", "ALREADY_COMPLIANT").put("reason", "fine");
      JsonNode closed = LambdaCall.call(handler, closing(ended));
      assertThat(closed)
          .isEqualTo(
              Json.object()
                  .put("incidentId", incident.incidentId())
                  .put("outcome", "ALREADY_COMPLIANT"));
    }
    assertThat(tables.record(incident).outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
    assertThat(tables.auditKinds(incident.incidentId())).containsExactly("OPENED", "CLOSED");
  }

  @Test
  void closesWithWhatACatchPutIntoTheState() throws IOException {
    try (var handler = new AuditWriterHandler(tables.handlerSettings())) {
      ObjectNode state = (ObjectNode) LambdaCall.call(handler, opening());
      state.put("failedStep", "assess");
      state.putObject("caught").put("Error", "States.Timeout").put("Cause", "too slow");

      JsonNode closed = LambdaCall.call(handler, closing(state));

      assertThat(closed.path("outcome").asText()).isEqualTo("FAILED");
    }
    assertThat(tables.record(incident).error())
        .satisfies(problem -> assertThat(problem.step()).isEqualTo("assess"));
  }

  @Test
  void closesWithWhatACatchPutInPlaceOfAPullRequest() throws IOException {
    try (var handler = new AuditWriterHandler(tables.handlerSettings())) {
      ObjectNode state = (ObjectNode) LambdaCall.call(handler, opening());
      state.put("next", "PROPOSE").put("outcome", "REMEDIATED").put("reason", "applied");
      state.putObject("proposalFailed").put("Error", "States.Timeout").put("Cause", "too slow");

      JsonNode closed = LambdaCall.call(handler, closing(state));

      assertThat(closed.path("outcome").asText()).isEqualTo("REMEDIATED");
    }
    assertThat(tables.record(incident).reason()).isEqualTo("applied; no pull request: too slow");
  }

  @Test
  void errorsKeepTheClassesThatTheStateMachineRetriesBy() {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.tables.audit", "no-such-table");
    try (var handler = new AuditWriterHandler(settings)) {
      assertThatThrownBy(() -> LambdaCall.call(handler, opening()))
          .isExactlyInstanceOf(AuditUnavailableException.class)
          .hasMessageContaining("no-such-table");
    }
  }

  @Test
  void anUnknownActionIsAnErrorThatNamesTheKnownOnes() {
    try (var handler = new AuditWriterHandler(tables.handlerSettings())) {
      assertThatThrownBy(() -> LambdaCall.call(handler, Json.object().put("action", "forget")))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessage("the action 'forget' is not known; expected open or close");
    }
  }

  private ObjectNode opening() {
    ObjectNode input = Json.object();
    input.put("action", "open").put("execution", "arn:execution");
    input.set("incident", Json.toTree(incident));
    return input;
  }

  private static ObjectNode closing(JsonNode state) {
    ObjectNode input = Json.object();
    input.put("action", "close");
    input.set("state", state);
    return input;
  }
}

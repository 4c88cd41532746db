package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditUnavailableException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The function as it is deployed: its beans, and JSON as EventBridge sends it. */
class CloserHandlerTest {

  private static final String MACHINE =
      "arn:aws:states:us-east-1:123456789012:stateMachine:remediation";
  private static final String UNDO = "arn:aws:states:us-east-1:123456789012:stateMachine:undo";
  private static final String EXECUTION =
      "arn:aws:states:us-east-1:123456789012:execution:remediation:one";

  @RegisterExtension final FreshStore tables = new FreshStore();
  @RegisterExtension final FakeStepFunctions server = new FakeStepFunctions();
  private final Incident incident = SampleIncidents.of("evt-1", "p", RunOptions.NONE);

  @BeforeEach
  void anOpenIncident() {
    new AuditWriter(tables.store()).open(incident, EXECUTION);
    server.hasStateMachine(UNDO);
    Instant stop = Instant.now();
    server.hasExecution(MACHINE, EXECUTION, "ABORTED", stop.minusSeconds(60), stop);
  }

  @Test
  void closesWhatTheEventSpeaksOf() throws IOException {
    try (var handler = new CloserHandler(settings())) {
      assertThat(LambdaCall.call(handler, event("FAILED"))).isEqualTo(closings(1, 1, 0));
      assertThat(LambdaCall.call(handler, event("FAILED"))).isEqualTo(closings(1, 0, 1));
    }
    assertThat(tables.record(incident).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(tables.record(incident).error())
        .isEqualTo(
            new Problem(
                "execution",
                "DataLimitExceeded",
                "the execution ended FAILED before this incident did: The state's output is too"
                    + " large; no change was begun"));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anEventWithoutErrorAndCauseWillDo() throws IOException {
    ObjectNode event = event("TIMED_OUT");
    event.withObject("/detail").putNull("error").remove("cause");
    try (var handler = new CloserHandler(settings())) {
      assertThat(LambdaCall.call(handler, event)).isEqualTo(closings(1, 1, 0));
    }
    assertThat(tables.record(incident).error())
        .isNotNull()
        .extracting(Problem::type)
        .isEqualTo("TIMED_OUT");
  }

  @Test
  void anEventOfARunningExecutionClosesNothing() throws IOException {
    try (var handler = new CloserHandler(settings())) {
      assertThat(LambdaCall.call(handler, event("RUNNING"))).isEqualTo(closings(0, 0, 0));
    }
    assertThat(tables.record(incident).outcome()).isNull();
  }

  @Test
  void sweepsAllStateMachines() throws IOException {
    try (var handler = new CloserHandler(settings())) {
      assertThat(LambdaCall.call(handler, Json.object().put("action", "sweep")))
          .isEqualTo(closings(1, 1, 0));
    }
    assertThat(tables.record(incident).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(server.requests().stream().map(r -> r.path("stateMachineArn").asText()).distinct())
        .containsExactly(MACHINE, UNDO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"action\": \"forget\"} | the action 'forget' is not known; expected sweep",
        "{} | event of source aws.states",
        "{\"source\": \"aws.states\"} | event of source aws.states",
        "{\"source\": \"mine\", \"detail\": {}} | event of source aws.states",
        "{\"source\": \"aws.states\", \"detail\": {}} | the event has no detail.stateMachineArn"
      })
  void whatIsNeitherIsAnErrorThatSaysWhatIsExpected(String input, String message) {
    try (var handler = new CloserHandler(settings())) {
      assertThatThrownBy(() -> LambdaCall.call(handler, input))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void aLostAuditTableIsAnErrorAndClosesNothing() {
    Map<String, Object> settings = settings();
    settings.put("cloudmend.tables.audit", "no-such-table");
    try (var handler = new CloserHandler(settings)) {
      assertThatThrownBy(() -> LambdaCall.call(handler, event("FAILED")))
          .isExactlyInstanceOf(AuditUnavailableException.class);
    }
    assertThat(tables.record(incident).outcome()).isNull();
  }

  @Test
  void withoutStateMachinesItDoesNotStart() {
    Map<String, Object> settings = settings();
    settings.remove("cloudmend.state-machines");

    assertThatThrownBy(() -> new CloserHandler(settings))
        .isExactlyInstanceOf(ModelException.class)
        .hasMessageContaining("cloudmend.state-machines names no state machine");
  }

  @Test
  void theAuditWriterNeedsNoStateMachines() {
    try (var handler = new AuditWriterHandler(tables.handlerSettings())) {
      assertThat(handler).isNotNull();
    }
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.state-machines", MACHINE + " , " + UNDO);
    settings.put("cloudmend.step-functions.endpoint", server.endpoint().toString());
    return settings;
  }

  private static ObjectNode closings(int executions, int closed, int leftAlone) {
    return Json.object()
        .put("executions", executions)
        .put("closed", closed)
        .put("leftAlone", leftAlone)
        .put("woken", 0);
  }

  private static ObjectNode event(String status) {
    ObjectNode event =
        Json.parseObject(
            """
            {
              "version": "0",
              "id": "315c1398-40ff-a850-213b-158f73e60175",
              "detail-type": "Step Functions Execution Status Change",
              "source": "aws.states",
              "account": "123456789012",
              "time": "2026-11-22T10:01:00Z",
              "region": "us-east-1",
              "resources": ["arn:aws:states:us-east-1:123456789012:execution:remediation:one"],
              "detail": {
                "executionArn": "arn:aws:states:us-east-1:123456789012:execution:remediation:one",
                "stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:remediation",
                "name": "one",
                "status": "FAILED",
                "startDate": 1795341600000,
                "stopDate": 1795341660000,
                "input": "{}",
                "inputDetails": {"included": true},
                "output": null,
                "outputDetails": null,
                "error": "States.DataLimitExceeded",
                "cause": "The state's output is too large"
              }
            }
            """);
    event.withObject("/detail").put("status", status);
    return event;
  }
}

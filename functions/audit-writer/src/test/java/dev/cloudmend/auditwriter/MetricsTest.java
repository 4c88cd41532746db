package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaProcess;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {

  private static final String STATE_MACHINE =
      "arn:aws:states:us-east-1:123456789012:stateMachine:remediation";

  @RegisterExtension final FreshStore tables = new FreshStore();
  @RegisterExtension final FakeStepFunctions server = new FakeStepFunctions();

  @Test
  void eachEndIsCountedByItsOutcomeAndByNoOther() throws IOException, InterruptedException {
    Incident incident = SampleIncidents.of("evt-1", "p", RunOptions.NONE);
    IncidentState state = new AuditWriter(tables.store()).open(incident, "execution");

    List<JsonNode> metrics =
        metricsOf(
            AuditWriterHandler.class,
            closing(state.ended(Outcome.BLOCKED, "so it is")),
            closing(state.ended(Outcome.MANUAL, "so it is")),
            closing(state.ended(Outcome.PULL_REQUEST_OPENED, "so it is")));

    assertThat(metrics)
        .extracting(m -> m.path("outcome").asText() + " " + m.path("IncidentsClosed").asInt())
        .containsExactly("BLOCKED 1", "MANUAL 1", "PULL_REQUEST_OPENED 1");
    // What an alarm names has to be all of them.
    assertThat(metrics)
        .allSatisfy(
            m -> {
              assertThat(m.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                  .isEqualTo("[[\"Deployment\",\"outcome\"]]");
              assertThat(m.path("Deployment").asText()).isEqualTo("acme");
            });
    assertThat(metrics)
        .allSatisfy(
            m ->
                assertThat(m.at("/_aws/CloudWatchMetrics/0/Namespace").asText())
                    .isEqualTo("Cloudmend"));
  }

  @Test
  void whatTheCloserClosesIsCountedAsWell() throws IOException, InterruptedException {
    Incident incident = SampleIncidents.of("evt-1", "p", RunOptions.NONE);
    new AuditWriter(tables.store()).open(incident, "execution");
    ObjectNode event = Json.object();
    event.put("source", "aws.states");
    event
        .putObject("detail")
        .put("stateMachineArn", STATE_MACHINE)
        .put("executionArn", "execution")
        .put("status", "ABORTED");

    assertThat(metricsOf(CloserHandler.class, event))
        .extracting(m -> m.path("outcome").asText() + " " + m.path("IncidentsClosed").asInt())
        .containsExactly("FAILED 1");
  }

  @Test
  void eachSweepTellsWhetherTheStopSwitchIsOn() throws IOException, InterruptedException {
    server.hasStateMachine(STATE_MACHINE);
    ObjectNode sweep = Json.object().put("action", "sweep");
    List<JsonNode> off = metricsOf(CloserHandler.class, sweep);
    tables.store().safety().stop("ana", "a drill");

    assertThat(Stream.concat(off.stream(), metricsOf(CloserHandler.class, sweep).stream()))
        .extracting(
            m ->
                m.path("StopSwitch").asInt()
                    + " "
                    + m.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
        .containsExactly("0 [[\"Deployment\"]]", "1 [[\"Deployment\"]]");
  }

  private static ObjectNode closing(IncidentState end) {
    ObjectNode input = Json.object();
    input.put("action", "close");
    input.set("state", Json.toTree(end));
    return input;
  }

  private List<JsonNode> metricsOf(
      Class<? extends RequestStreamHandler> handler, ObjectNode... inputs)
      throws IOException, InterruptedException {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.state-machines", STATE_MACHINE);
    settings.put("cloudmend.deployment", "acme");
    settings.put("cloudmend.step-functions.endpoint", server.endpoint().toString());
    return LambdaProcess.metricsOf(
        handler, settings, Stream.of(inputs).map(ObjectNode::toString).toList());
  }
}

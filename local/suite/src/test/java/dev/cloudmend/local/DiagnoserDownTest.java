package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.Interpreter;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.engine.VirtualClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * The deployed state machine with a diagnoser that is not there; the other functions are scripted.
 */
class DiagnoserDownTest {

  private final List<JsonNode> decided = new CopyOnWriteArrayList<>();
  private final List<JsonNode> closed = new CopyOnWriteArrayList<>();

  @Test
  void aPlanGoesOnToThePolicyAndSaysThatItsDiagnosisFailed() {
    run(true);

    assertThat(decided).hasSize(1);
    assertThat(decided.getFirst().path("hash").asText()).isEqualTo("sha256:h");
    assertThat(decided.getFirst().at("/diagnosisFailed/Error").asText())
        .isEqualTo("Lambda.Unknown");
    assertThat(closed).hasSize(1);
    assertThat(closed.getFirst().has("caught")).isFalse();
  }

  @Test
  void aFindingWithoutAPlaybookIsClosedAsFailedAtTheDiagnosis() {
    run(false);

    assertThat(decided).isEmpty();
    assertThat(closed).hasSize(1);
    assertThat(closed.getFirst().path("failedStep").asText()).isEqualTo("diagnose");
    assertThat(closed.getFirst().at("/caught/Error").asText()).isEqualTo("Lambda.Unknown");
  }

  private void run(boolean hasPlaybook) {
    Interpreter interpreter =
        Interpreter.builder()
            .tasks(
                Map.of(
                    "lambda:invoke", (integration, parameters) -> answer(parameters, hasPlaybook),
                    "sqs:sendMessage", (integration, parameters) -> Json.object()))
            .clock(new VirtualClock(Instant.now()))
            .build();
    var definition =
        StateMachineDefinition.parse(
            "remediation", ProjectFiles.ofLauncher().stateMachine("remediation", Suite.DEPLOYED));
    ObjectNode input = Json.object();
    input.putObject("event");
    input.putObject("run");

    ExecutionResult result =
        interpreter.start(
            definition, "arn:aws:states:us-east-1:000000000000:stateMachine:m", "one", input);

    assertThat(result.error()).isEmpty();
  }

  private JsonNode answer(JsonNode parameters, boolean hasPlaybook) throws TaskFailedException {
    JsonNode payload = parameters.path("Payload");
    JsonNode answer =
        switch (parameters.path("FunctionName").asText()) {
          case "intake" ->
              Json.parse(
                  "{\"resources\":[{\"resource\":\"r\",\"incidents\":[{\"incidentId\":\"i\"}]}]}");
          case "audit-writer" ->
              payload.path("action").asText().equals("open") ? opened(hasPlaybook) : close(payload);
          case "assessor" ->
              hasPlaybook ? ((ObjectNode) payload.deepCopy()).put("hash", "sha256:h") : payload;
          case "decider" -> {
            decided.add(payload);
            yield ((ObjectNode) payload.deepCopy()).put("outcome", "PLANNED");
          }
          default -> throw new TaskFailedException("Lambda.Unknown", "the function is gone");
        };
    return Json.object().set("Payload", answer);
  }

  private static JsonNode opened(boolean hasPlaybook) {
    ObjectNode state = Json.object().put("incidentId", "i").put("execution", "e");
    return hasPlaybook ? state.put("playbook", "p") : state;
  }

  private JsonNode close(JsonNode payload) {
    closed.add(payload.path("state"));
    return Json.object().put("incidentId", "i").put("outcome", "PLANNED");
  }
}

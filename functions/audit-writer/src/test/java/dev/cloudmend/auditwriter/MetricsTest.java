package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process with Lambda's environment, since metrics go to the standard output of one. */
class MetricsTest {

  private static final String STATE_MACHINE =
      "arn:aws:states:us-east-1:123456789012:stateMachine:remediation";

  @RegisterExtension final FreshStore tables = new FreshStore();

  @Test
  void eachEndIsCountedByItsOutcomeAndByNoOther() throws IOException, InterruptedException {
    Incident incident = SampleIncidents.of("evt-1", "p", RunOptions.NONE);
    IncidentState state = new AuditWriter(tables.store()).open(incident, "execution");

    List<JsonNode> metrics =
        metricsOf(
            Deployed.class,
            closing(state.ended(Outcome.BLOCKED, "so it is")),
            closing(state.ended(Outcome.MANUAL, "so it is")));

    assertThat(metrics)
        .extracting(m -> m.path("outcome").asText() + " " + m.path("IncidentsClosed").asInt())
        .containsExactly("BLOCKED 1", "MANUAL 1");
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

    assertThat(metricsOf(DeployedCloser.class, event))
        .extracting(m -> m.path("outcome").asText() + " " + m.path("IncidentsClosed").asInt())
        .containsExactly("FAILED 1");
  }

  /** As {@link Deployed}, with the closer. */
  static final class DeployedCloser {

    private DeployedCloser() {}

    public static void main(String[] inputs) throws IOException {
      try (var handler = new CloserHandler()) {
        for (String input : inputs) {
          LambdaCall.call(handler, input);
        }
      }
    }
  }

  /** What the child process runs: the handler as Lambda makes it, with one call for each input. */
  static final class Deployed {

    private Deployed() {}

    public static void main(String[] inputs) throws IOException {
      try (var handler = new AuditWriterHandler()) {
        for (String input : inputs) {
          LambdaCall.call(handler, input);
        }
      }
    }
  }

  private static ObjectNode closing(IncidentState end) {
    ObjectNode input = Json.object();
    input.put("action", "close");
    input.set("state", Json.toTree(end));
    return input;
  }

  private List<JsonNode> metricsOf(Class<?> deployed, ObjectNode... inputs)
      throws IOException, InterruptedException {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            deployed.getName());
    for (ObjectNode input : inputs) {
      command.command().add(input.toString());
    }
    command.environment().put("AWS_LAMBDA_FUNCTION_NAME", "audit-writer");
    command.environment().put("CLOUDMEND_STATE_MACHINES", STATE_MACHINE);
    tables
        .handlerSettings()
        .forEach(
            (name, value) ->
                command
                    .environment()
                    .put(name.replace('.', '_').toUpperCase(Locale.ROOT), value.toString()));
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return out.lines().filter(line -> line.contains("_aws")).map(Json::parse).toList();
  }
}

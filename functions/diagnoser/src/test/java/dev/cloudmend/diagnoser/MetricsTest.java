package dev.cloudmend.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process with Lambda's environment, since metrics go to the standard output of one. */
class MetricsTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void eachQuestionIsCountedByTheOriginOfItsDiagnosis() throws IOException, InterruptedException {
    IncidentState planned = desk.planned(RunOptions.NONE);
    desk.bedrock.replies(BedrockReply.prose("It is a pity."));
    desk.bedrock.answers(DiagnoserHandlerTest::echo);

    List<JsonNode> metrics = metricsOf(planned, planned, planned);

    assertThat(metrics)
        .extracting(
            m ->
                "%s fallback %d tokens %d %d"
                    .formatted(
                        m.path("origin").asText(),
                        m.path("DiagnosisFallback").asInt(),
                        m.path("DiagnosisInputTokens").asInt(),
                        m.path("DiagnosisOutputTokens").asInt()))
        .containsExactly(
            "PLAYBOOK fallback 1 tokens %d %d"
                .formatted(FakeBedrock.INPUT_TOKENS, FakeBedrock.OUTPUT_TOKENS),
            "CLAUDE fallback 0 tokens %d %d"
                .formatted(FakeBedrock.INPUT_TOKENS, FakeBedrock.OUTPUT_TOKENS));
    assertThat(metrics)
        .allSatisfy(
            m -> {
              assertThat(m.at("/_aws/CloudWatchMetrics/0/Namespace").asText())
                  .isEqualTo("Cloudmend");
              assertThat(m.path("DiagnosisMillis").isNumber()).isTrue();
            });
  }

  /** What the child process runs: the handler as Lambda makes it, with one call for each input. */
  static final class Deployed {

    private Deployed() {}

    public static void main(String[] inputs) throws IOException {
      try (var handler = new DiagnoserHandler()) {
        for (String input : inputs) {
          LambdaCall.call(handler, input);
        }
      }
    }
  }

  private List<JsonNode> metricsOf(IncidentState... states)
      throws IOException, InterruptedException {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Deployed.class.getName());
    for (IncidentState state : states) {
      command.command().add(Json.write(state));
    }
    command.environment().put("AWS_LAMBDA_FUNCTION_NAME", "diagnoser");
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.diagnoser", "claude");
    settings.put("cloudmend.bedrock.endpoint", desk.bedrock.endpoint().toString());
    settings.forEach(
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

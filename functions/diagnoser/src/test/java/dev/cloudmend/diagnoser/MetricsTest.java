package dev.cloudmend.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
              assertThat(m.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                  .isEqualTo("[[\"Deployment\",\"origin\"]]");
              assertThat(m.path("DiagnosisMillis").isNumber()).isTrue();
            });
  }

  private List<JsonNode> metricsOf(IncidentState... states)
      throws IOException, InterruptedException {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.diagnoser", "claude");
    settings.put("cloudmend.bedrock.endpoint", desk.bedrock.endpoint().toString());
    return LambdaProcess.metricsOf(
        DiagnoserHandler.class, settings, Stream.of(states).map(Json::write).toList());
  }
}

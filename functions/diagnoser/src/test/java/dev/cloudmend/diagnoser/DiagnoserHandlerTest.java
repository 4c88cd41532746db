package dev.cloudmend.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The function as it is deployed: its beans, its prompts, and JSON as the state machine sends. */
class DiagnoserHandlerTest {

  private static final Pattern TARGET = Pattern.compile("\"target\"\\s*:\\s*\"([^\"]*)\"");

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void asksTheModelOfTheRegionAndTellsTheReviewer() throws IOException {
    desk.bedrock.answers(DiagnoserHandlerTest::echo);
    IncidentState planned = desk.planned(RunOptions.NONE);

    try (var handler = new DiagnoserHandler(settings(Map.of("cloudmend.region", "eu-west-1")))) {
      JsonNode after = LambdaCall.call(handler, Json.toTree(planned));

      assertThat(after.at("/diagnosis/origin").asText()).isEqualTo("CLAUDE");
      assertThat(after.at("/diagnosis/confidence").asText()).isEqualTo("medium");
      assertThat(after.has("outcome")).isFalse();

      LambdaCall.call(handler, Json.toTree(planned));
    }
    assertThat(desk.bedrock.requests())
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.modelId())
                    .isEqualTo("eu.anthropic.claude-sonnet-4-5-20250929-v1:0"));
    assertThat(desk.record(planned).diagnosis())
        .satisfies(diagnosis -> assertThat(diagnosis.rootCause()).isEqualTo("Nobody set it."));
  }

  @Test
  void followsASuggestionForAFindingThatNoPlaybookAnswersTo() throws IOException {
    desk.bedrock.answers(request -> echo(request).put("suggestedPlaybook", Desk.PLAYBOOK));

    try (var handler = new DiagnoserHandler(settings(Map.of()))) {
      JsonNode after = LambdaCall.call(handler, Json.toTree(desk.unmatched(RunOptions.NONE)));

      assertThat(after.path("playbook").asText()).isEqualTo(Desk.PLAYBOOK);
      assertThat(after.path("suggested").asBoolean()).isTrue();
    }
  }

  @Test
  void anAnswerAboutAnotherTargetGivesWayToThePlaybooksOwn() throws IOException {
    desk.bedrock.answers(request -> echo(request).put("target", "arn:aws:s3:::another"));
    IncidentState planned = desk.planned(RunOptions.NONE);

    try (var handler = new DiagnoserHandler(settings(Map.of()))) {
      JsonNode after = LambdaCall.call(handler, Json.toTree(planned));

      assertThat(after.at("/diagnosis/origin").asText()).isEqualTo("PLAYBOOK");
    }
    assertThat(desk.record(planned).diagnosis())
        .satisfies(diagnosis -> assertThat(diagnosis.reason()).contains("another target"));
  }

  @Test
  void nobodyIsAskedUnlessTheSettingsSaySo() throws IOException {
    IncidentState planned = desk.planned(RunOptions.NONE);

    try (var handler = new DiagnoserHandler(settings(Map.of("cloudmend.diagnoser", "playbook")))) {
      JsonNode after = LambdaCall.call(handler, Json.toTree(planned));

      assertThat(after.at("/diagnosis/origin").asText()).isEqualTo("PLAYBOOK");
    }
    assertThat(desk.bedrock.requests()).isEmpty();
  }

  @Test
  void noClientIsBuiltForThePlaybooksOwnDiagnoses() {
    var how = new Configuration.Diagnoser(Optional.empty(), true);

    assertThat(DiagnoserFactory.claude(Asking.settings(Optional.empty(), false), how)).isEmpty();
    assertThat(DiagnoserFactory.claude(Asking.settings(Optional.empty(), true), how))
        .hasValueSatisfying(
            claude -> {
              assertThat(claude.model()).isEqualTo(Asking.MODEL);
              claude.close();
            });
  }

  @Test
  void errorsKeepTheClassesThatTheStateMachineRetriesBy() {
    JsonNode planned = Json.toTree(desk.planned(RunOptions.NONE));
    try (var handler =
        new DiagnoserHandler(settings(Map.of("cloudmend.tables.state", "no-such-table")))) {
      assertThatThrownBy(() -> LambdaCall.call(handler, planned))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining("no-such-table");
    }
  }

  /** What a model does that answers what it is asked. */
  static ObjectNode echo(JsonNode request) {
    Matcher target = TARGET.matcher(request.at("/messages/0/content/0/text").asText());
    assertThat(target.find()).isTrue();
    ObjectNode answer = Json.object().put("target", target.group(1));
    for (String text : List.of("impact", "explanation")) {
      answer.put(text, "So it is.");
    }
    for (String list : List.of("couldBreak", "needs", "confidenceReasons")) {
      answer.putArray(list).add("Something.");
    }
    return answer.put("rootCause", "Nobody set it.").put("confidence", "medium");
  }

  private Map<String, Object> settings(Map<String, Object> more) {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.diagnoser", "claude");
    settings.put("cloudmend.region", "us-east-1");
    settings.put("cloudmend.bedrock.endpoint", desk.bedrock.endpoint().toString());
    settings.putAll(more);
    return settings;
  }
}

package dev.cloudmend.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.claude.Claude.Reply;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.bedrock.BedrockError;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server of these tests refuses what the service would refuse, so that a test can fail. */
class FakeBedrockTest {

  private static final String GOOD =
      """
      {"messages": [{"role": "user", "content": [{"text": "why?"}]}],
       "system": [{"text": "explain"}, {"cachePoint": {"type": "default"}}],
       "inferenceConfig": {"temperature": 0, "maxTokens": 10},
       "toolConfig": {
         "tools": [{"toolSpec": {"name": "tell", "inputSchema": {"json": {"type": "object"}}}}],
         "toolChoice": {"tool": {"name": "tell"}}}}
      """;

  private final FakeBedrock bedrock = FakeBedrock.start();

  @AfterEach
  void stop() {
    bedrock.close();
  }

  @Test
  void anAnswerCanRepeatWhatStandsInTheRequest() throws IOException, InterruptedException {
    bedrock.answers(request -> Json.object().set("said", request.at("/messages/0/content/0/text")));

    HttpResponse<String> answer = post("/model/m%3A0/converse", GOOD);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Json.parse(answer.body());
    assertThat(body.at("/output/message/content/0/toolUse/input/said").asText()).isEqualTo("why?");
    assertThat(body.at("/output/message/content/0/toolUse/name").asText()).isEqualTo("tell");
    assertThat(bedrock.requests().getFirst().modelId()).isEqualTo("m:0");
    assertThat(bedrock.lastRequest()).isEqualTo(Json.parse(GOOD));
  }

  @Test
  void theScriptComesFirstAndItsLastReplyHoldsWhereNothingElseDoes()
      throws IOException, InterruptedException {
    bedrock.fails(BedrockError.THROTTLING, 1);
    bedrock.replies(new BedrockReply.Raw("one"));
    assertThat(post("/model/m/converse", GOOD).statusCode()).isEqualTo(429);
    assertThat(post("/model/m/converse", GOOD).body()).isEqualTo("one");
    assertThat(post("/model/m/converse", GOOD).body()).isEqualTo("one");

    bedrock.answers(request -> Json.object());
    assertThat(post("/model/m/converse", GOOD).body()).isEqualTo("one");
    assertThat(post("/model/m/converse", GOOD).body()).contains("toolUse");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"user\" | \"assistant\" | roles must alternate",
        "\"why?\" | \" \" | text must not be blank",
        "[{\"text\": \"why?\"}] | [] | content must not be empty",
        "\"default\" | \"other\" | a block is either text or a cache point",
        "\"temperature\": 0 | \"temperature\": 1.5 | between 0 and 1",
        "\"maxTokens\": 10 | \"maxTokens\": 0 | at least 1",
        "\"name\": \"tell\", | \"name\": \"tell me\", | toolSpec.name: must match",
        "{\"type\": \"object\"} | {} | must be object",
        "{\"tool\": {\"name\": \"tell\"}} | {\"tool\": {\"name\": \"show\"}} | not among the tools",
        "{\"tool\": {\"name\": \"tell\"}} | {\"force\": true} | one of auto, any, tool",
        "\"messages\" | \"questions\" | at least one is required"
      })
  void aRequestThatTheServiceWouldRefuseIsRefused(String good, String bad, String problem)
      throws IOException, InterruptedException {
    bedrock.answers(request -> Json.object());
    assertThat(GOOD).contains(good);

    HttpResponse<String> answer = post("/model/m/converse", GOOD.replace(good, bad));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("ValidationException");
    assertThat(Json.parse(answer.body()).path("message").asText()).contains(problem);
  }

  @Test
  void withoutAScriptTheClientSeesAnErrorOfTheService() {
    try (Claude claude = Asking.claude(bedrock, Asking.QUICK)) {
      assertThat(claude.ask(Asking.prompt()))
          .isInstanceOfSatisfying(
              Reply.Unusable.class,
              reply -> assertThat(reply.reason()).contains("InternalServerException"));
    }
  }

  @Test
  void anUnsignedRequestIsRefused() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(bedrock.endpoint().resolve("/model/m/converse")), GOOD);

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(bedrock.endpoint().resolve(path))
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=testing"),
        body);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}

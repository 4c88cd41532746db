package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.durable.ExecutionStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.io.TempDir;

/** Machines that ask somebody and wait for the answer. */
abstract class TokenFixture {

  static final String EXECUTION =
      "arn:aws:states:us-east-1:123456789012:execution:machine-under-test:run";

  /** Tokens that were handed out, by the item they were for. */
  final Map<String, String> tokens = new ConcurrentSkipListMap<>();

  @TempDir Path folder;

  static String asking(String fields) {
    return """
        {"StartAt": "Before", "States": {
          "Before": {"Type": "Pass", "Result": "kept", "ResultPath": "$.before", "Next": "Ask"},
          "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {"MessageBody": {"token.$": "$$.Task.Token", "for": "one"}},
            "ResultPath": "$.answer", %s "Next": "After"},
          "After": {"Type": "Pass", "End": true},
          "Caught": {"Type": "Pass", "End": true}}}
        """
        .formatted(fields);
  }

  static final String CATCH =
      "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"ResultPath\": \"$.error\","
          + " \"Next\": \"Caught\"}],";

  Machine machine(String json, ExecutionStore store) {
    return Machine.of(json)
        .storedIn(store)
        .handling(
            "sqs:sendMessage",
            (integration, parameters) -> {
              JsonNode body = parameters.path("MessageBody");
              tokens.put(body.path("for").asText(), body.path("token").asText());
              return json("{\"MessageId\": \"m-1\"}");
            });
  }

  String token(String item) {
    String token = tokens.remove(item);
    assertThat(token).as("token for %s", item).isNotNull();
    return String.valueOf(token);
  }

  static void assertCode(String code, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            ExecutionRequestException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

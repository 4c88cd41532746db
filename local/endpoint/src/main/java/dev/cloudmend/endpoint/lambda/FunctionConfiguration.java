package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a version of a function is deployed as.
 *
 * @param function whose qualifier is the version
 * @param codeSha256 as the API tells it, Base64
 * @param memory in MB
 * @param role its ARN
 */
record FunctionConfiguration(
    FunctionName function,
    String version,
    String runtime,
    String codeSha256,
    String handler,
    Duration timeout,
    int memory,
    String role,
    Map<String, String> environment) {

  private static final int DEFAULT_TIMEOUT = 3;
  private static final int DEFAULT_MEMORY = 128;

  FunctionConfiguration {
    environment = Map.copyOf(environment);
  }

  /** Reads the API's FunctionConfiguration. */
  static FunctionConfiguration of(FunctionName asked, ObjectNode answer) {
    String version = answer.path("Version").asText("$LATEST");
    var environment = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> variable :
        answer.path("Environment").path("Variables").properties()) {
      environment.put(variable.getKey(), variable.getValue().asText());
    }
    return new FunctionConfiguration(
        asked.withQualifier(version),
        version,
        answer.path("Runtime").asText(""),
        answer.path("CodeSha256").asText(""),
        answer.path("Handler").asText(""),
        Duration.ofSeconds(answer.path("Timeout").asInt(DEFAULT_TIMEOUT)),
        answer.path("MemorySize").asInt(DEFAULT_MEMORY),
        answer.path("Role").asText(""),
        environment);
  }
}

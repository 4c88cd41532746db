package dev.cloudmend.testing.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Converse asks of a request's body, as far as this project uses it.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">
 *     Converse</a>
 */
final class ConverseRules {

  private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  private ConverseRules() {}

  /** The message of the {@code ValidationException}, where the service would answer one. */
  static Optional<String> problem(JsonNode body) {
    if (!body.isObject()) {
      return Optional.of("the body is not a JSON object");
    }
    return messages(body.path("messages"))
        .or(() -> system(body.path("system")))
        .or(() -> inference(body.path("inferenceConfig")))
        .or(() -> tools(body));
  }

  private static Optional<String> messages(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      return Optional.of("messages: at least one is required");
    }
    String expected = "user";
    for (JsonNode message : messages) {
      if (!message.path("role").asText().equals(expected)) {
        return Optional.of(
            "messages: roles must alternate between user and assistant, beginning with user");
      }
      if (!message.path("content").isArray() || message.path("content").isEmpty()) {
        return Optional.of("messages: content must not be empty");
      }
      for (JsonNode block : message.path("content")) {
        if (block.has("text") && block.path("text").asText().isBlank()) {
          return Optional.of("messages: text must not be blank");
        }
      }
      expected = expected.equals("user") ? "assistant" : "user";
    }
    return Optional.empty();
  }

  private static Optional<String> system(JsonNode system) {
    for (JsonNode block : system) {
      if (!isCachePoint(block) && block.path("text").asText().isBlank()) {
        return Optional.of("system: a block is either text or a cache point of type default");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inference(JsonNode config) {
    JsonNode temperature = config.path("temperature");
    if (!temperature.isMissingNode()
        && (!temperature.isNumber() || temperature.asDouble() < 0 || temperature.asDouble() > 1)) {
      return Optional.of("inferenceConfig.temperature: must be between 0 and 1");
    }
    JsonNode most = config.path("maxTokens");
    return most.isMissingNode() || (most.isInt() && most.asInt() >= 1)
        ? Optional.empty()
        : Optional.of("inferenceConfig.maxTokens: must be at least 1");
  }

  private static Optional<String> tools(JsonNode body) {
    if (!body.has("toolConfig")) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (JsonNode tool : body.at("/toolConfig/tools")) {
      if (isCachePoint(tool)) {
        continue;
      }
      Optional<String> problem = tool(tool.path("toolSpec"));
      if (problem.isPresent()) {
        return problem;
      }
      names.add(tool.at("/toolSpec/name").asText());
    }
    if (names.isEmpty()) {
      return Optional.of("toolConfig.tools: at least one is required");
    }
    return choice(body.at("/toolConfig/toolChoice"), names);
  }

  private static Optional<String> tool(JsonNode specification) {
    if (!TOOL_NAME.matcher(specification.path("name").asText()).matches()) {
      return Optional.of("toolSpec.name: must match " + TOOL_NAME);
    }
    if (specification.has("description") && specification.path("description").asText().isEmpty()) {
      return Optional.of("toolSpec.description: must not be empty");
    }
    return specification.at("/inputSchema/json/type").asText().equals("object")
        ? Optional.empty()
        : Optional.of("toolSpec.inputSchema.json.type: must be object");
  }

  private static Optional<String> choice(JsonNode choice, Set<String> names) {
    if (choice.isMissingNode()) {
      return Optional.empty();
    }
    if (choice.size() != 1 || !(choice.has("auto") || choice.has("any") || choice.has("tool"))) {
      return Optional.of("toolConfig.toolChoice: must be one of auto, any, tool");
    }
    return !choice.has("tool") || names.contains(choice.at("/tool/name").asText())
        ? Optional.empty()
        : Optional.of("toolConfig.toolChoice.tool.name: is not among the tools");
  }

  private static boolean isCachePoint(JsonNode block) {
    return block.at("/cachePoint/type").asText().equals("default");
  }
}

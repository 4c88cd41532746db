package dev.cloudmend.testing.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What the server does with one request. */
public sealed interface BedrockReply {

  /**
   * A message of the model.
   *
   * @param stopReason why the model stopped
   * @param content the content blocks, from the request's body
   */
  record Message(String stopReason, Function<JsonNode, List<JsonNode>> content)
      implements BedrockReply {

    /** The answer in the wire format of Converse. */
    String body(JsonNode request) {
      ObjectNode body = Json.object();
      ObjectNode said = body.putObject("output").putObject("message");
      ArrayNode blocks = said.put("role", "assistant").putArray("content");
      content.apply(request).forEach(blocks::add);
      body.put("stopReason", stopReason);
      body.putObject("usage")
          .put("inputTokens", FakeBedrock.INPUT_TOKENS)
          .put("outputTokens", FakeBedrock.OUTPUT_TOKENS)
          .put(
              "totalTokens",
              FakeBedrock.INPUT_TOKENS
                  + FakeBedrock.OUTPUT_TOKENS
                  + FakeBedrock.CACHE_READ_TOKENS
                  + FakeBedrock.CACHE_WRITE_TOKENS)
          .put("cacheReadInputTokens", FakeBedrock.CACHE_READ_TOKENS)
          .put("cacheWriteInputTokens", FakeBedrock.CACHE_WRITE_TOKENS);
      body.putObject("metrics").put("latencyMs", 1);
      return body.toString();
    }
  }

  /** An error of the service. */
  record Failure(BedrockError error, String message) implements BedrockReply {}

  /** Any body, with status 200. */
  record Raw(String body) implements BedrockReply {}

  /** Takes the request and never answers, until the server is closed. */
  record Silence() implements BedrockReply {}

  /** Closes the connection without an answer. */
  record Cut() implements BedrockReply {}

  /** Sends half of the answer, then closes the connection. */
  record CutHalfWay(Message message) implements BedrockReply {}

  /** Sends half of the answer, then nothing until the server is closed. */
  record StallHalfWay(Message message) implements BedrockReply {}

  /** Sends the answer a byte at a time. */
  record Trickle(Message message, Duration pause) implements BedrockReply {}

  /** One call of the tool that the request forces, with this input. */
  static Message toolAnswer(JsonNode input) {
    return toolAnswer(request -> input);
  }

  /** One call of the tool that the request forces, with an input made from the request. */
  static Message toolAnswer(Function<JsonNode, JsonNode> input) {
    return new Message(
        "tool_use", request -> List.of(call(1, forced(request), input.apply(request))));
  }

  /** Text in place of a tool call. */
  static Message prose(String text) {
    return new Message("end_turn", request -> List.of(text(text)));
  }

  /** Text before the tool call. */
  static Message proseAndTool(String text, JsonNode input) {
    return new Message("tool_use", request -> List.of(text(text), call(1, forced(request), input)));
  }

  /** The forced tool twice. */
  static Message twoToolCalls(JsonNode first, JsonNode second) {
    return new Message(
        "tool_use",
        request -> List.of(call(1, forced(request), first), call(2, forced(request), second)));
  }

  /** A tool that was not offered. */
  static Message otherTool(String name, JsonNode input) {
    return new Message("tool_use", request -> List.of(call(1, name, input)));
  }

  /** A tool call that came to another end: {@code max_tokens}, {@code refusal}, … */
  static Message stopped(String stopReason, JsonNode input) {
    return new Message(stopReason, request -> List.of(call(1, forced(request), input)));
  }

  static BedrockReply error(BedrockError error) {
    return new Failure(error, "The server of the test answers " + error.code());
  }

  /** A well-formed answer whose text has this many characters. */
  static BedrockReply huge(int characters) {
    return prose("x".repeat(characters));
  }

  private static JsonNode text(String text) {
    return Json.object().put("text", text);
  }

  private static JsonNode call(int number, String tool, JsonNode input) {
    ObjectNode block = Json.object();
    ObjectNode use = block.putObject("toolUse");
    use.put("toolUseId", "tooluse_" + number).put("name", tool).set("input", input);
    return block;
  }

  private static String forced(JsonNode request) {
    return request.at("/toolConfig/toolChoice/tool/name").asText();
  }
}

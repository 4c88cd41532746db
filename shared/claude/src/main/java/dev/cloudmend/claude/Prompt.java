package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;

/**
 * Exactly what is sent, redacted, and how the answer to it is read.
 *
 * @param version the version of the fixed part
 * @param system the fixed part: the same for all questions of one kind, so that it can be cached
 * @param user the part that speaks of the one case
 * @param tool the tool that the model is forced to call
 * @param mostTokens the most tokens of an answer; one that needs more is cut off, and not used
 * @param answers reads the tool's input
 * @param <A> what the answer is read as
 */
public record Prompt<A>(
    String version,
    String system,
    String user,
    Tool tool,
    int mostTokens,
    AnswerReader<A> answers) {

  /**
   * A tool, whose input is the answer.
   *
   * @param name its name
   * @param description what it is for
   * @param schema the JSON Schema of its input
   */
  public record Tool(String name, String description, JsonNode schema) {}

  /** A hash of everything that is sent to a model: the same question has the same. */
  public String question(String model) {
    ObjectNode sent = Json.object();
    sent.put("model", model);
    sent.put("version", version);
    sent.put("system", system);
    sent.put("user", user);
    sent.put("tool", tool.name());
    sent.put("description", tool.description());
    sent.set("schema", tool.schema());
    return CanonicalJson.hash(sent);
  }
}

package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.PlaybookInfo;
import java.util.List;

/**
 * The tool whose input is the diagnosis. Its schema depends on nothing but the playbooks that may
 * be suggested, so that it can be cached with the fixed text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html">ToolSpecification</a>
 */
final class DiagnosisTool {

  static final String NAME = "report_diagnosis";

  /** The most characters of a text, and of a text in a list. */
  static final int LONGEST_TEXT = 2_000;

  static final int LONGEST_ITEM = 500;

  /** The most texts of a list. */
  static final int MOST_ITEMS = 10;

  private static final int LONGEST_TARGET = 2_100;
  private static final String DESCRIPTION =
      "Reports the diagnosis of the incident to the reviewer. Call it exactly once. It changes"
          + " nothing in any account.";

  private DiagnosisTool() {}

  static Prompt.Tool of(List<PlaybookInfo> candidates) {
    ObjectNode properties = Json.object();
    properties.set(
        "target", text("The member target of the data block, repeated verbatim.", LONGEST_TARGET));
    properties.set(
        "rootCause",
        text("What is wrong, and how it came to be where the data show that.", LONGEST_TEXT));
    properties.set("impact", text("What it may lead to for this resource, soberly.", LONGEST_TEXT));
    properties.set(
        "explanation",
        text(
            "For the reviewer: what the planned change does and leaves alone and why that settles"
                + " the finding; with no planned change, what to look at.",
            LONGEST_TEXT));
    properties.set(
        "couldBreak",
        list("Who or what could lose access or stop working by the change, one a text.", 0));
    properties.set("needs", list("What else a person has to do or find out, one a text.", 0));
    ObjectNode confidence = Json.object().put("type", "string");
    confidence.put(
        "description", "How sure you are that the finding is true and the change right.");
    ArrayNode values = confidence.putArray("enum");
    for (Confidence value : Confidence.values()) {
      values.add(value.name());
    }
    properties.set("confidence", confidence);
    properties.set(
        "confidenceReasons", list("Why this confidence: the facts it rests on, or lacks.", 1));

    ObjectNode schema = Json.object().put("type", "object");
    schema.put("additionalProperties", false);
    ArrayNode required = schema.putArray("required");
    properties.fieldNames().forEachRemaining(required::add);
    if (!candidates.isEmpty()) {
      properties.set("suggestedPlaybook", suggestion(candidates));
    }
    schema.set("properties", properties);
    return new Prompt.Tool(NAME, DESCRIPTION, schema);
  }

  private static ObjectNode suggestion(List<PlaybookInfo> candidates) {
    ObjectNode node = Json.object();
    node.putArray("type").add("string").add("null");
    node.put(
        "description",
        "The id of the one candidate that looks for what the finding describes, or null.");
    ArrayNode ids = node.putArray("enum");
    candidates.forEach(candidate -> ids.add(candidate.id()));
    ids.addNull();
    return node;
  }

  private static ObjectNode text(String description, int longest) {
    return Json.object()
        .put("type", "string")
        .put("description", description)
        .put("minLength", 1)
        .put("maxLength", longest);
  }

  private static ObjectNode list(String description, int fewest) {
    ObjectNode node = Json.object().put("type", "array").put("description", description);
    if (fewest > 0) {
      node.put("minItems", fewest);
    }
    node.put("maxItems", MOST_ITEMS);
    node.set(
        "items",
        Json.object().put("type", "string").put("minLength", 1).put("maxLength", LONGEST_ITEM));
    return node;
  }
}

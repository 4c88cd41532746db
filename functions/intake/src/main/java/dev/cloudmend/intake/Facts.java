package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Text;

/**
 * Keeps what a sender says beside the check, bounded: an event must not be able to fill the state
 * or the store.
 */
final class Facts {

  private static final int LARGEST = 16_384;
  private static final int DEEPEST = 12;
  private static final int MOST = 100;

  private Facts() {}

  /** Copies the members that are there from the sender's document. */
  static ObjectNode of(JsonNode detail, String... members) {
    ObjectNode facts = Json.object();
    for (String member : members) {
      JsonNode value = detail.path(member);
      if (value.isMissingNode() || value.isNull()) {
        continue;
      }
      JsonNode bounded = bounded(value, 0);
      int length = bounded.toString().length();
      facts.set(
          member,
          length <= LARGEST
              ? bounded
              : facts.textNode("(left out: " + length + " characters of JSON)"));
    }
    return facts;
  }

  private static JsonNode bounded(JsonNode value, int depth) {
    if (value.isTextual()) {
      return Json.object().textNode(Text.bounded(value.textValue()));
    }
    if (!value.isContainerNode()) {
      return value;
    }
    if (depth == DEEPEST) {
      return Json.object().textNode("(left out: nested deeper than " + DEEPEST + ")");
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = Json.object().arrayNode();
      for (int i = 0; i < Math.min(array.size(), MOST); i++) {
        copy.add(bounded(array.get(i), depth + 1));
      }
      if (array.size() > MOST) {
        copy.add("(left out: " + (array.size() - MOST) + " more)");
      }
      return copy;
    }
    ObjectNode copy = Json.object();
    value
        .properties()
        .forEach(
            member -> {
              if (copy.size() < MOST) {
                copy.set(Text.bounded(member.getKey()), bounded(member.getValue(), depth + 1));
              }
            });
    return copy;
  }
}

package dev.cloudmend.claude.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.List;

/**
 * How much of an event's data is shown; each step shows less, and what is left out says so.
 *
 * @param characters of one text
 * @param elements of one list or object
 * @param depth of nesting
 */
public record Shortening(int characters, int elements, int depth) {

  /** From what events hold at most to what always fits. */
  public static final List<Shortening> STEPS =
      List.of(
          new Shortening(2_000, 100, 40),
          new Shortening(1_000, 60, 20),
          new Shortening(500, 40, 12),
          new Shortening(250, 20, 10),
          new Shortening(120, 12, 8),
          new Shortening(80, 12, 4),
          new Shortening(60, 12, 2));

  /** The document, shortened; placeholders are not cut. */
  public JsonNode of(JsonNode node) {
    return of(node, 0);
  }

  private JsonNode of(JsonNode node, int nested) {
    if (node.isContainerNode() && !node.isEmpty() && nested >= depth) {
      return Json.object()
          .textNode("(left out: " + node.toString().length() + " characters of JSON)");
    }
    if (node instanceof ObjectNode object) {
      return ofObject(object, nested);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.mapper().createArrayNode();
      for (int i = 0; i < Math.min(array.size(), elements); i++) {
        copy.add(of(array.get(i), nested + 1));
      }
      if (array.size() > elements) {
        copy.add("(left out: " + (array.size() - elements) + " more)");
      }
      return copy;
    }
    return node.asText().length() <= characters ? node : Json.object().textNode(cut(node.asText()));
  }

  private ObjectNode ofObject(ObjectNode object, int nested) {
    ObjectNode copy = Json.object();
    int shown = 0;
    for (var member : object.properties()) {
      if (shown++ == elements) {
        copy.put("(left out)", (object.size() - elements) + " more members");
        break;
      }
      copy.set(cut(member.getKey()), of(member.getValue(), nested + 1));
    }
    return copy;
  }

  private String cut(String text) {
    if (text.length() <= characters) {
      return text;
    }
    return text.substring(0, Kind.endOfCut(text, characters))
        + "… (cut: "
        + text.length()
        + " characters)";
  }
}

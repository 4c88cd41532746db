package dev.cloudmend.claude.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the wrapping off the documents that events carry as text, so that what is in them is seen
 * by the redaction and by the reader: URL-encoded policies of IAM, JSON in a string.
 */
public final class Unfolding {

  private static final int DEEPEST = 40;
  private static final int LAYERS = 4;

  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})++");

  private Unfolding() {}

  /** The document with every text that is JSON replaced by that JSON, to a bounded depth. */
  public static JsonNode of(JsonNode node) {
    return of(node, 0, 0);
  }

  private static JsonNode of(JsonNode node, int depth, int layer) {
    if (node.isContainerNode() && depth >= DEEPEST) {
      return Json.object().textNode("(left out: nested deeper than " + DEEPEST + ")");
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      object
          .properties()
          .forEach(
              member ->
                  copy.set(decoded(member.getKey()), of(member.getValue(), depth + 1, layer)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.mapper().createArrayNode();
      array.forEach(element -> copy.add(of(element, depth + 1, layer)));
      return copy;
    }
    return node.isTextual() ? ofText(node.textValue(), depth, layer) : node;
  }

  private static JsonNode ofText(String text, int depth, int layer) {
    String decoded = decoded(text);
    String trimmed = decoded.strip();
    if (layer < LAYERS && (trimmed.startsWith("{") || trimmed.startsWith("["))) {
      try {
        return of(Json.parse(trimmed), depth, layer + 1);
      } catch (ModelException e) {
        return Json.object().textNode(decoded);
      }
    }
    return Json.object().textNode(decoded);
  }

  private static String decoded(String text) {
    String decoded = text;
    for (int i = 0; i < LAYERS && decoded.indexOf('%') >= 0; i++) {
      String once =
          ENCODED.matcher(decoded).replaceAll(m -> Matcher.quoteReplacement(bytes(m.group())));
      if (once.equals(decoded)) {
        return decoded;
      }
      decoded = once;
    }
    return decoded;
  }

  private static String bytes(String encoded) {
    byte[] bytes = new byte[encoded.length() / 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(encoded, 3 * i + 1, 3 * i + 3, 16);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

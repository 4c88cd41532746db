package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.paths.JsonData;
import dev.cloudmend.states.paths.PathSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** {@code States.Format}: its template keeps {@code \{\}} as braces and fills every {@code {}}. */
final class FormatFunction {

  private FormatFunction() {}

  /** Takes a template that stands in the definition apart; backslashes still escape in it. */
  static List<String> parse(String raw) {
    var texts = new ArrayList<String>();
    var current = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '\\') {
        i++;
        current.append(raw.charAt(i));
      } else if (raw.startsWith("{}", i)) {
        i++;
        texts.add(current.toString());
        current.setLength(0);
      } else {
        current.append(raw.charAt(i));
      }
    }
    texts.add(current.toString());
    return List.copyOf(texts);
  }

  /** Takes a template that comes from the data apart. */
  static List<String> split(JsonNode template) {
    if (!template.isTextual()) {
      throw new IntrinsicException("the first argument must be a string");
    }
    return List.of(template.textValue().split("\\{\\}", -1));
  }

  static void requirePlaces(List<String> texts, int arguments) {
    if (texts.size() - 1 != arguments) {
      throw new PathSyntaxException(mismatch(texts, arguments));
    }
  }

  static JsonNode join(List<String> texts, List<JsonNode> values) {
    if (texts.size() - 1 != values.size()) {
      throw new IntrinsicException(mismatch(texts, values.size()));
    }
    var result = new StringBuilder(texts.getFirst());
    for (int i = 0; i < values.size(); i++) {
      result.append(text(values.get(i), i + 1)).append(texts.get(i + 1));
    }
    return TextNode.valueOf(result.toString());
  }

  private static String mismatch(List<String> texts, int arguments) {
    return "the template has %d {} but there are %d values".formatted(texts.size() - 1, arguments);
  }

  private static String text(JsonNode value, int position) {
    if (value.isContainerNode()) {
      throw new IntrinsicException(
          "the argument at position "
              + position
              + " must be a string, number, boolean or null; States.JsonToString makes text of it");
    }
    return value.isTextual() ? value.textValue() : JsonData.write(value);
  }
}

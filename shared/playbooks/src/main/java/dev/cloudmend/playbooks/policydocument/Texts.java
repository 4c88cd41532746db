package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One value or a list of values: the same to AWS. */
final class Texts {

  private Texts() {}

  /** The texts of an element. */
  static SortedSet<String> of(JsonNode element, String name) {
    var texts = new TreeSet<String>();
    for (JsonNode value : elements(element, name)) {
      if (!value.isTextual()) {
        throw new PolicyException("a statement's " + name + " is neither text nor a list of texts");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  /** The values of a condition; {@code false} and {@code "false"} are the same. */
  static SortedSet<String> ofScalars(JsonNode element, String name) {
    var texts = new TreeSet<String>();
    for (JsonNode value : elements(element, name)) {
      if (value.isNumber()) {
        texts.add(value.decimalValue().toPlainString());
      } else if (value.isTextual() || value.isBoolean()) {
        texts.add(value.asText());
      } else {
        throw new PolicyException("a statement's " + name + " has a value that is no plain value");
      }
    }
    return texts;
  }

  private static Iterable<JsonNode> elements(JsonNode element, String name) {
    if (element.isArray() && element.isEmpty()) {
      throw new PolicyException("a statement's " + name + " is an empty list");
    }
    return element.isArray() ? element : List.of(element);
  }
}

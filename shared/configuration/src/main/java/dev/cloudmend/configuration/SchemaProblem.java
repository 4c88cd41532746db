package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in plain words what a value does not meet in its schema. */
final class SchemaProblem {

  private static final int SHOWN = 80;

  private SchemaProblem() {}

  /**
   * Says it.
   *
   * @param keyword the keyword that is not met
   * @param pointer the value
   * @param member the member of the value that is missing or not known
   * @param schema the schema that holds the keyword
   */
  static ConfigurationProblem of(
      String keyword,
      String pointer,
      @Nullable String member,
      JsonNode schema,
      YamlDocument document) {
    JsonNode value = document.tree().at(pointer);
    String expected = expected(schema);
    if (member != null) {
      String at = Pointers.member(pointer, member);
      JsonNode members = schema.path("properties");
      return keyword.equals("required")
          ? document.problem(at, "is missing", expected(members.path(member)))
          : document.problemOfKey(at, "is not known", known(members));
    }
    String message =
        switch (keyword) {
          case "type" -> {
            boolean text = expected.startsWith("text");
            yield "is "
                + described(value, pointer, document)
                + (text && value.isNumber() ? ": quote it" : "");
          }
          case "minLength" -> "is shorter than " + count(schema, keyword, "character");
          case "maxLength" -> "is longer than " + count(schema, keyword, "character");
          case "minItems" -> "has less than " + count(schema, keyword, "value");
          case "maxItems" -> "has more than " + count(schema, keyword, "value");
          case "minProperties" -> "has less than " + count(schema, keyword, "member");
          case "uniqueItems" -> "holds a value twice";
          default -> "is " + described(value, pointer, document);
        };
    return document.problem(
        pointer, message, keyword.equals("uniqueItems") ? "each value only once" : expected);
  }

  private static String count(JsonNode schema, String keyword, String what) {
    int count = schema.path(keyword).asInt();
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String known(JsonNode members) {
    var names = new ArrayList<String>();
    members.fieldNames().forEachRemaining(names::add);
    return names.isEmpty() ? "no member" : oneOf(names);
  }

  private static String oneOf(List<String> values) {
    return values.size() == 1 ? values.getFirst() : "one of " + String.join(", ", values);
  }

  /** What a schema asks for. */
  private static String expected(JsonNode schema) {
    if (schema.has("enum")) {
      return oneOf(schema.path("enum").valueStream().map(JsonNode::asText).toList());
    }
    JsonNode types = schema.path("type");
    String asked =
        types.isArray()
            ? types
                .valueStream()
                .map(type -> expected(type.asText(), schema))
                .collect(Collectors.joining(" or "))
            : expected(types.asText(), schema);
    JsonNode example = schema.path("examples").path(0);
    return example.isTextual() ? asked + " such as " + example.textValue() : asked;
  }

  private static String expected(String type, JsonNode schema) {
    return switch (type) {
      case "string" -> text(schema);
      case "integer" ->
          "a whole number from " + schema.path("minimum") + " to " + schema.path("maximum");
      case "boolean" -> "true or false";
      case "array" -> list(schema);
      case "object" -> "an object";
      case "null" -> "null";
      default -> "another value";
    };
  }

  private static String text(JsonNode schema) {
    return schema.has("maxLength")
        ? "text of %d to %d characters"
            .formatted(schema.path("minLength").asInt(), schema.path("maxLength").asInt())
        : "text";
  }

  private static String list(JsonNode schema) {
    if (schema.has("minItems")) {
      return "a list of at least " + count(schema, "minItems", "value");
    }
    return schema.has("maxItems")
        ? "a list of at most " + count(schema, "maxItems", "value")
        : "a list";
  }

  private static String described(JsonNode value, String pointer, YamlDocument document) {
    return switch (value.getNodeType()) {
      case STRING -> "'" + Text.shown(value.textValue(), SHOWN) + "'";
      case NUMBER -> "the number " + document.written(pointer).orElse(value.asText());
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "empty";
      default -> value.asText();
    };
  }
}

package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills an SDK structure from JSON, by the SDK's own metadata, and notes everything that does not
 * fit. What the SDK would let pass in silence is refused here: members it has never heard of,
 * unknown values of enumerations, empty lists (EC2's protocol drops them) and nulls.
 */
final class ParameterReader {

  private final InvalidParts problems;

  ParameterReader(InvalidParts problems) {
    this.problems = problems;
  }

  void fill(SdkPojo builder, ObjectNode json, String path) {
    Map<String, SdkField<?>> members = Members.of(builder);
    json.properties()
        .forEach(
            entry -> {
              SdkField<?> field = members.get(entry.getKey());
              if (field == null) {
                problems.unknownMember(path, entry.getKey(), members.keySet());
              } else {
                List<String> values = EnumValues.of(builder, field).orElse(List.of());
                value(field, entry.getValue(), path + "." + entry.getKey(), values)
                    .ifPresent(value -> field.set(builder, value));
              }
            });
    members.forEach(
        (name, field) -> {
          if (field.containsTrait(RequiredTrait.class) && !json.has(name)) {
            problems.missing(path, name);
          }
        });
  }

  private Optional<Object> value(
      SdkField<?> field, JsonNode json, String path, List<String> enumValues) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> string(json, path, enumValues);
      case BOOLEAN ->
          scalar(json, path, "true or false", JsonNode::isBoolean).map(JsonNode::booleanValue);
      case INTEGER ->
          scalar(json, path, "a whole number of 32 bits", ParameterReader::isInt)
              .map(JsonNode::intValue);
      case LONG ->
          scalar(json, path, "a whole number of 64 bits", ParameterReader::isLong)
              .map(JsonNode::longValue);
      case DOUBLE -> scalar(json, path, "a number", JsonNode::isNumber).map(JsonNode::doubleValue);
      case FLOAT -> scalar(json, path, "a number", JsonNode::isNumber).map(JsonNode::floatValue);
      case INSTANT -> instant(json, path);
      case SDK_BYTES -> bytes(json, path);
      case SDK_POJO -> structure(field, json, path);
      case LIST -> list(field, json, path, enumValues);
      case MAP -> map(field, json, path);
      default -> {
        problems.add(path, "cannot be given as data");
        yield Optional.empty();
      }
    };
  }

  private Optional<JsonNode> scalar(
      JsonNode json, String path, String expected, Predicate<JsonNode> fits) {
    if (fits.test(json)) {
      return Optional.of(json);
    }
    problems.wrongType(path, expected, seen(json));
    return Optional.empty();
  }

  private Optional<Object> string(JsonNode json, String path, List<String> enumValues) {
    return scalar(json, path, "a string", JsonNode::isTextual)
        .map(JsonNode::textValue)
        .map(
            text -> {
              if (!enumValues.isEmpty() && !enumValues.contains(text)) {
                problems.unknownValue(path, text, enumValues);
              }
              return text;
            });
  }

  private Optional<Object> instant(JsonNode json, String path) {
    String expected = "a time in ISO 8601 such as 2026-01-31T12:00:00Z";
    return scalar(json, path, expected, JsonNode::isTextual)
        .flatMap(
            text -> {
              try {
                return Optional.of(OffsetDateTime.parse(text.textValue()).toInstant());
              } catch (DateTimeParseException e) {
                problems.wrongType(path, expected, "another text");
                return Optional.empty();
              }
            });
  }

  private Optional<Object> bytes(JsonNode json, String path) {
    return scalar(json, path, "a base64 string", JsonNode::isTextual)
        .flatMap(
            text -> {
              try {
                return Optional.of(
                    SdkBytes.fromByteArray(Base64.getDecoder().decode(text.textValue())));
              } catch (IllegalArgumentException e) {
                problems.wrongType(path, "a base64 string", "another text");
                return Optional.empty();
              }
            });
  }

  private Optional<Object> structure(SdkField<?> field, JsonNode json, String path) {
    if (!(json instanceof ObjectNode object)) {
      problems.wrongType(path, "an object", seen(json));
      return Optional.empty();
    }
    SdkPojo builder = field.constructor().get();
    fill(builder, object, path);
    return Optional.of(((Buildable) builder).build());
  }

  private Optional<Object> list(
      SdkField<?> field, JsonNode json, String path, List<String> enumValues) {
    if (!json.isArray()) {
      problems.wrongType(path, "a list", seen(json));
      return Optional.empty();
    }
    if (json.isEmpty()) {
      problems.wrongType(path, "a list with elements, or no such member", "an empty list");
      return Optional.empty();
    }
    SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
    var values = new ArrayList<Object>();
    for (int i = 0; i < json.size(); i++) {
      value(element, json.get(i), path + "[" + i + "]", enumValues).ifPresent(values::add);
    }
    return Optional.of(values);
  }

  private Optional<Object> map(SdkField<?> field, JsonNode json, String path) {
    if (!json.isObject()) {
      problems.wrongType(path, "an object", seen(json));
      return Optional.empty();
    }
    SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
    var values = new LinkedHashMap<String, Object>();
    json.properties()
        .forEach(
            entry ->
                value(
                        element,
                        entry.getValue(),
                        path + "." + InvalidParts.shown(entry.getKey()),
                        List.of())
                    .ifPresent(value -> values.put(entry.getKey(), value)));
    return Optional.of(values);
  }

  private static boolean isInt(JsonNode json) {
    return json.isIntegralNumber() && json.canConvertToInt();
  }

  private static boolean isLong(JsonNode json) {
    return json.isIntegralNumber() && json.canConvertToLong();
  }

  private static String seen(JsonNode json) {
    return json.getNodeType() == JsonNodeType.NULL
        ? "null; leave out what is not set"
        : "of type " + json.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}

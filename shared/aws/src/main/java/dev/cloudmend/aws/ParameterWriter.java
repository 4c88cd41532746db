package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Shows an SDK structure as JSON by the API's member names; what is unset is left out. */
final class ParameterWriter {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ParameterWriter() {}

  static ObjectNode write(SdkPojo pojo) {
    ObjectNode json = JSON.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = set(pojo, field);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        json.set(Members.name(pojo, field), value(value));
      }
    }
    return json;
  }

  // Asked in the other way, an idempotency token that is unset comes back as a new one each time.
  private static @Nullable Object set(SdkPojo pojo, SdkField<?> field) {
    return pojo instanceof SdkRequest request && field.containsTrait(DefaultValueTrait.class)
        ? request.getValueForField(field.memberName(), Object.class).orElse(null)
        : field.getValueOrDefault(pojo);
  }

  private static JsonNode value(Object value) {
    return switch (value) {
      case String text -> JSON.textNode(text);
      case Boolean flag -> JSON.booleanNode(flag);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      case Float number -> JSON.numberNode(number);
      case Instant time -> JSON.textNode(time.toString());
      case SdkBytes bytes ->
          JSON.textNode(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      case SdkPojo structure -> write(structure);
      case List<?> list -> {
        ArrayNode array = JSON.arrayNode(list.size());
        list.forEach(element -> array.add(value(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, element) -> object.set(key.toString(), value(element)));
        yield object;
      }
      default ->
          throw new IllegalStateException(
              "the SDK's type " + value.getClass().getSimpleName() + " is not supported");
    };
  }
}

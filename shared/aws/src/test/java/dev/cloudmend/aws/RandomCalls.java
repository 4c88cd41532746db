package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;

/** Makes up calls that fit the API: all required members, and some of the others. */
final class RandomCalls {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "", "a", "it's", "\"q\"", "$(id)", "a\nb", "ä€\ud83d\ude00", "\u202e", "file://x", "-x");
  private static final int DEEPEST = 5;

  private final Random random;

  RandomCalls(Random random) {
    this.random = random;
  }

  ApiCall call(String service, String operation) {
    Operation found = Operation.find(Service.byId(service).orElseThrow(), operation).orElseThrow();
    var required = new HashSet<String>();
    for (Requirement requirement : found.requirements()) {
      var path = new StringBuilder();
      for (String step : requirement.above()) {
        path.append('.').append(step.replace("[]", ""));
      }
      required.add(path + "." + requirement.oneOf().getFirst());
    }
    return new ApiCall(
        service, operation, "eu-west-1", structure(found.newRequest(), "", required, 0));
  }

  private ObjectNode structure(SdkPojo builder, String path, Set<String> required, int depth) {
    ObjectNode json = JSON.objectNode();
    Members.of(builder)
        .forEach(
            (name, field) -> {
              String at = path + "." + name;
              boolean needed = field.containsTrait(RequiredTrait.class) || required.contains(at);
              if (needed || (depth < DEEPEST && random.nextInt(3) == 0)) {
                List<String> values = EnumValues.of(builder, field).orElse(List.of());
                json.set(name, value(field, values, at, required, depth));
              }
            });
    return json;
  }

  private JsonNode value(
      SdkField<?> field, List<String> values, String path, Set<String> required, int depth) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> JSON.textNode(oneOf(values.isEmpty() ? TEXTS : values));
      case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
      case INTEGER -> JSON.numberNode(random.nextInt());
      case LONG -> JSON.numberNode(random.nextLong());
      case DOUBLE -> JSON.numberNode(random.nextDouble());
      case FLOAT -> JSON.numberNode(random.nextFloat());
      case INSTANT ->
          JSON.textNode(Instant.ofEpochSecond(random.nextInt(2_000_000_000)).toString());
      case SDK_BYTES -> JSON.textNode(Base64.getEncoder().encodeToString(bytes()));
      case SDK_POJO -> structure(field.constructor().get(), path, required, depth + 1);
      case LIST -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
          array.add(
              value(
                  field.getTrait(ListTrait.class).memberFieldInfo(),
                  values,
                  path,
                  required,
                  depth));
        }
        yield array;
      }
      case MAP -> {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
          object.set(
              oneOf(TEXTS),
              value(
                  field.getTrait(MapTrait.class).valueFieldInfo(),
                  List.of(),
                  path,
                  required,
                  depth));
        }
        yield object;
      }
      default -> throw new IllegalStateException(path + ": " + field.marshallingType());
    };
  }

  private String oneOf(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private byte[] bytes() {
    var bytes = new byte[random.nextInt(8)];
    random.nextBytes(bytes);
    return bytes;
  }
}

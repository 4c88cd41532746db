package dev.cloudmend.store;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values, and the keys of the state table. */
final class Values {

  /**
   * Half of a surrogate pair. A JSON event can smuggle one in by an escape; it has no UTF-8 form,
   * so a request that holds one cannot be sent.
   */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private Values() {}

  /** A text; what cannot be sent becomes U+FFFD. */
  static AttributeValue text(String text) {
    return AttributeValue.fromS(clean(text));
  }

  static String clean(String text) {
    return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
  }

  /** A JSON document; what cannot be sent is escaped, so that the document keeps its value. */
  static AttributeValue json(String json) {
    return AttributeValue.fromS(sendable(json));
  }

  static String sendable(String json) {
    return LONE_SURROGATE
        .matcher(json)
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue flag(boolean flag) {
    return AttributeValue.fromBool(flag);
  }

  static AttributeValue time(Instant time) {
    return AttributeValue.fromS(time.toString());
  }

  static AttributeValue seconds(Instant time) {
    return number(time.getEpochSecond());
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", text(pk), "sk", text(sk));
  }
}

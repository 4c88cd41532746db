package dev.cloudmend.store;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB expression. Attribute names stand in it with a {@code #} before them, since many of
 * ours are reserved words; their placeholders are made from the text.
 */
record Expression(String text, Map<String, AttributeValue> values) {

  private static final Pattern NAME = Pattern.compile("#(\\w+)");

  Expression {
    values = Map.copyOf(values);
  }

  static Expression of(String text) {
    return new Expression(text, Map.of());
  }

  Map<String, String> names() {
    return namesIn(text);
  }

  static Map<String, String> namesIn(String text) {
    var names = new HashMap<String, String>();
    NAME.matcher(text).results().forEach(m -> names.put(m.group(), m.group(1)));
    return names;
  }
}

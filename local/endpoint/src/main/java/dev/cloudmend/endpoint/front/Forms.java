package dev.cloudmend.endpoint.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parameters of the query protocol, {@code Action=DescribeImages&Owner.1=self}. */
public final class Forms {

  private Forms() {}

  /** All parameters, in order; what is not well encoded is left out. */
  public static Map<String, String> parse(String form) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : form.split("&", -1)) {
      int equal = pair.indexOf('=');
      if (equal > 0) {
        Optional<String> name = decoded(pair.substring(0, equal));
        Optional<String> value = decoded(pair.substring(equal + 1));
        if (name.isPresent() && value.isPresent()) {
          values.putIfAbsent(name.get(), value.get());
        }
      }
    }
    return values;
  }

  /** Takes back percent-encoding; nothing when the text is not well encoded. */
  static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public static String write(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            e ->
                URLEncoder.encode(e.getKey(), UTF_8) + "=" + URLEncoder.encode(e.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  static Optional<String> value(String form, String name) {
    return form.contains(name + "=")
        ? Optional.ofNullable(parse(form).get(name))
        : Optional.empty();
  }
}

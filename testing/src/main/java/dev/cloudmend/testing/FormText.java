package dev.cloudmend.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;

/** Text of the type {@code application/x-www-form-urlencoded}. */
final class FormText {

  private FormText() {}

  /** The first value of a name, decoded, or an empty text. */
  static String value(String form, String name) {
    return Arrays.stream(form.split("&", -1))
        .filter(part -> part.startsWith(name + "="))
        .findFirst()
        .map(part -> URLDecoder.decode(part.substring(name.length() + 1), UTF_8))
        .orElse("");
  }
}

package dev.cloudmend.claude.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data as a prompt shows it: JSON between markers that nothing in it can write. */
public final class DataText {

  /** What could end the block, or cannot be seen; in JSON it can only stand in a text. */
  private static final Pattern ESCAPED =
      Pattern.compile("[<>&\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029&&[^\\n]]");

  private DataText() {}

  /** The text of the block: JSON that no text in it can close. */
  public static String write(JsonNode data) {
    return ESCAPED
        .matcher(Json.pretty(data))
        .replaceAll(m -> Matcher.quoteReplacement(escaped(m.group())));
  }

  /** A text as it stands in the block, without the quotation marks around it. */
  public static String written(String text) {
    String quoted = write(Json.object().textNode(text));
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String escaped(String character) {
    var out = new StringBuilder();
    character.chars().forEach(unit -> out.append("\\u%04x".formatted(unit)));
    return out.toString();
  }
}

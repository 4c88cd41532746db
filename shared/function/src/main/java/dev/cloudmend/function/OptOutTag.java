package dev.cloudmend.function;

import dev.cloudmend.model.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The tag {@code cloudmend:ignore} on a resource. Any value says that the resource is to be left
 * alone. The value is its author's text; {@code until=2026-12-31} in it is an end, the last day on
 * which it holds by UTC, or an instant such as {@code until=2026-12-31T18:00:00Z}.
 *
 * <p>In doubt it holds: the key is met whatever its case, and an end that cannot be read, or that
 * is told twice, is none.
 *
 * @param value the tag's value
 * @param end from when on it holds no more; empty where it holds until it is taken off
 * @param unreadable whether it tells an end that nobody can read
 */
record OptOutTag(String value, Optional<Instant> end, boolean unreadable) {

  static final String KEY = "cloudmend:ignore";

  private static final int LONGEST = 300;
  private static final Pattern UNTIL =
      Pattern.compile("\\buntil\\s*[=:]\\s*([^\\s,;]*)", Pattern.CASE_INSENSITIVE);

  /** The opt-out among a resource's tags that holds now. */
  static Optional<OptOutTag> in(Map<String, String> tags, Instant now) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().strip().equalsIgnoreCase(KEY))
        .sorted(Map.Entry.comparingByKey())
        .map(tag -> of(tag.getValue()))
        .filter(tag -> tag.end().isEmpty() || now.isBefore(tag.end().get()))
        .findFirst();
  }

  /** What the tag says, for the record. */
  String shown() {
    String text = value.isBlank() ? "without a word why" : "'" + Text.shown(value, LONGEST) + "'";
    return "the resource has the tag "
        + KEY
        + ": "
        + text
        + (unreadable
            ? "; its end cannot be read (expected one until=2026-12-31), so it holds until it is"
                + " taken off"
            : end.map(at -> "; it holds until " + at).orElse("; it holds until it is taken off"));
  }

  private static OptOutTag of(String value) {
    List<String> ends = UNTIL.matcher(value).results().map(OptOutTag::end).toList();
    if (ends.isEmpty()) {
      return new OptOutTag(value, Optional.empty(), false);
    }
    Optional<Instant> end = ends.size() == 1 ? instant(ends.getFirst()) : Optional.empty();
    return new OptOutTag(value, end, end.isEmpty());
  }

  private static String end(MatchResult match) {
    return match.group(1);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

package dev.cloudmend.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that came from outside. Names, tags and descriptions in events are chosen by whoever made
 * the resource, so they are bounded when they come in and made harmless where they are shown.
 */
public final class Text {

  /** The most characters of one text of an event that are kept. */
  public static final int LONGEST = 2_000;

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");

  private Text() {}

  /** The text, cut to {@link #LONGEST} characters with a note of how many there were. */
  public static String bounded(String text) {
    return cut(text, LONGEST);
  }

  /** The text, cut to so many characters with a note of how many there were. */
  public static String bounded(String text, int longest) {
    return cut(text, longest);
  }

  /**
   * The text as it may be shown on a terminal or in a log line: control, format and bidirectional
   * characters become {@code \\uXXXX}, and at most {@code longest} characters stand.
   */
  public static String shown(String text, int longest) {
    return UNPRINTABLE
        .matcher(cut(text, longest))
        .replaceAll(m -> Matcher.quoteReplacement("\\u%04x".formatted(m.group().codePointAt(0))));
  }

  public static String shown(String text) {
    return shown(text, LONGEST);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "… (" + text.length() + " characters)";
  }
}

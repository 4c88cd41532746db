package dev.cloudmend.claude;

import dev.cloudmend.claude.redaction.Kind;
import dev.cloudmend.claude.redaction.Redaction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of an answer as people may be shown them: printable, bounded, with values put back. */
public final class AnswerText {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029&&[^\\n]]");
  private static final Pattern LINE_END = Pattern.compile("\\r\\n?");

  private final Redaction redaction;

  /**
   * @param redaction what was taken out of the prompt that is answered
   */
  public AnswerText(Redaction redaction) {
    this.redaction = redaction;
  }

  /**
   * The text as it may be shown; secrets stay placeholders.
   *
   * @param member its name in the answer
   * @param longest the most characters; a longer text is cut
   * @throws UnusableAnswerException when nothing of it can be seen
   */
  public String shown(String text, String member, int longest) {
    if (UNPRINTABLE.matcher(text).replaceAll("").isBlank()) {
      throw new UnusableAnswerException("the answer's " + member + " is blank");
    }
    String restored = LINE_END.matcher(redaction.restore(text)).replaceAll("\n");
    String printable =
        UNPRINTABLE
            .matcher(restored)
            .replaceAll(
                m -> Matcher.quoteReplacement("\\u%04x".formatted(m.group().codePointAt(0))))
            .strip();
    return printable.length() <= longest
        ? printable
        : printable.substring(0, Kind.endOfCut(printable, longest - 1)) + "…";
  }
}

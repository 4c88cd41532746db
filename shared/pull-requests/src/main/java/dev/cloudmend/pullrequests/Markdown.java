package dev.cloudmend.pullrequests;

import dev.cloudmend.model.Text;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text from outside harmless in GitHub's Markdown. Whoever names a resource chooses its name;
 * it must not become a link, an image, a mention, a closing keyword, or an end of the part that it
 * stands in.
 *
 * <p>GitHub looks for mentions, references and addresses in the text that comes out of Markdown, so
 * a backslash does not stop them: a zero width space parts them.
 *
 * @see <a href="https://github.github.com/gfm/">GitHub Flavored Markdown Spec</a>
 */
public final class Markdown {

  private static final String PART = "&#8203;";
  private static final String INVISIBLE_PART = "\u200b";
  private static final int LONGEST_TITLE = 200;

  /** What begins or ends a form of Markdown; the rest of it is written as an entity. */
  private static final String SPECIAL = "\\`*_{}[]()+-.!|~=^:";

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern TICKS = Pattern.compile("`+");
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9](-?[A-Za-z0-9]){0,38}");
  private static final Pattern WORD = Pattern.compile("[a-z0-9]{0,20}");
  private static final Pattern ADDRESS = Pattern.compile("https://[A-Za-z0-9./?=&%_~:+,;@-]+");

  private Markdown() {}

  /** Text in a sentence, a heading or a cell of a table: one line, shown as it is. */
  public static String text(String text) {
    String line = oneLine(text);
    var out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        // The way that GitHub names to keep a dollar sign from beginning a formula.
        case '$' -> out.append("<span>$</span>");
        case '@', '#' -> out.append('\\').append(c).append(PART);
        // Behind the dot it would be a part of the name: "www." alone begins an address.
        case '.' -> out.append(endsWww(line, i) ? PART : "").append("\\.");
        default -> {
          if (SPECIAL.indexOf(c) >= 0) {
            out.append('\\');
          }
          out.append(c).append(endsAddress(line, i) ? PART : "");
        }
      }
    }
    return out.toString();
  }

  /** Text in one line of a fixed font. Not for a table: see {@link #codeInTable}. */
  public static String code(String text) {
    String line = oneLine(text);
    String fence = "`".repeat(longestTicks(line) + 1);
    boolean needsRoom = line.isEmpty() || line.startsWith("`") || line.endsWith("`");
    return needsRoom ? fence + " " + line + " " + fence : fence + line + fence;
  }

  /** As {@link #code}, where a bar would end the cell. */
  public static String codeInTable(String text) {
    // A backslash before a bar is taken away even in code, so one that was there needs its own
    // form.
    return code(text.replace("\\|", "\\ |")).replace("|", "\\|");
  }

  /**
   * Lines in a fixed font, with all their white space.
   *
   * @param language of the highlighting, such as {@code diff}; a word of a-z0-9, may be empty
   */
  public static String block(String language, String text) {
    if (!WORD.matcher(language).matches()) {
      throw new IllegalArgumentException(
          "the language of a block is a word of a-z0-9, at most 20 of them");
    }
    var lines = new StringBuilder();
    text.lines()
        .forEach(
            line ->
                lines
                    .append(Text.shown(line.replace("\t", "    "), Integer.MAX_VALUE))
                    .append('\n'));
    String fence = "`".repeat(Math.max(3, longestTicks(lines.toString()) + 1));
    return fence + language + "\n" + lines + fence + "\n";
  }

  /** A link; where the address is not plain https, its text alone. */
  public static String link(String text, URI target) {
    String address = target.toString();
    return ADDRESS.matcher(address).matches() && target.getRawUserInfo() == null
        ? "[" + text(text) + "](" + address + ")"
        : text(text);
  }

  /** A mention, which GitHub tells the person of; of what can be no login, the text alone. */
  public static String mention(String login) {
    return LOGIN.matcher(login).matches() ? "@" + login : text(login);
  }

  /**
   * A title of a pull request, which GitHub shows as it is. Square brackets become round ones: in a
   * title that becomes a commit's message, some words in them switch the checks off.
   */
  public static String title(String text) {
    String line =
        oneLine(text)
            .replace('[', '(')
            .replace(']', ')')
            .replace("@", "@" + INVISIBLE_PART)
            .replace("#", "#" + INVISIBLE_PART);
    if (line.length() <= LONGEST_TITLE) {
      return line;
    }
    int end = LONGEST_TITLE - 1;
    int whole = Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end;
    return line.substring(0, whole).stripTrailing() + "…";
  }

  private static String oneLine(String text) {
    return Text.shown(SPACE.matcher(text).replaceAll(" ").strip());
  }

  /** Whether what stands up to here could begin an address, or a reference as in GH-12. */
  private static boolean endsAddress(String line, int at) {
    return switch (line.charAt(at)) {
      case ':' -> line.startsWith("/", at + 1);
      case '-' -> line.regionMatches(true, at - 2, "gh", 0, 2);
      default -> false;
    };
  }

  private static boolean endsWww(String line, int at) {
    return line.regionMatches(true, at - 3, "www", 0, 3);
  }

  private static int longestTicks(String text) {
    Matcher ticks = TICKS.matcher(text);
    int longest = 0;
    while (ticks.find()) {
      longest = Math.max(longest, ticks.end() - ticks.start());
    }
    return longest;
  }
}

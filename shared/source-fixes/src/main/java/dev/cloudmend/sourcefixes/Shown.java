package dev.cloudmend.sourcefixes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.pullrequests.Markdown;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts from outside as a pull request shows them: harmless, bounded, and with account ids as they
 * are to be shown.
 *
 * @param masksAccounts whether only the last four digits of account ids stand
 * @param longest characters of one text
 */
record Shown(boolean masksAccounts, int longest) {

  private static final int MOST_ITEMS = 10;
  private static final Pattern ACCOUNT = Pattern.compile("(?<!\\d)\\d{8}(\\d{4})(?!\\d)");

  String text(String text) {
    return Markdown.text(own(text));
  }

  String code(String text) {
    return Markdown.code(own(text));
  }

  String codeInTable(String text) {
    return Markdown.codeInTable(own(text));
  }

  /** A list with a point for each. */
  String points(List<String> texts) {
    var points = new StringBuilder();
    texts.stream()
        .limit(MOST_ITEMS)
        .forEach(text -> points.append("- ").append(text(text)).append('\n'));
    if (texts.size() > MOST_ITEMS) {
      points.append("- … and %,d more\n".formatted(texts.size() - MOST_ITEMS));
    }
    return points.toString();
  }

  String json(JsonNode json) {
    String pretty = masked(Json.pretty(json));
    int room = 2 * longest;
    return Markdown.block("json", pretty.length() <= room ? pretty : cut(pretty, room));
  }

  /** As many whole lines as there is room for. */
  String diff(List<String> lines) {
    int room = 20 * longest;
    var kept = new StringBuilder();
    int count = 0;
    for (String line : lines) {
      if (kept.length() + line.length() + 1 > room) {
        break;
      }
      kept.append(line).append('\n');
      count++;
    }
    String block = Markdown.block("diff", kept.toString());
    return count == lines.size()
        ? block
        : block
            + "\n… and %,d more lines: the changed files have them.\n"
                .formatted(lines.size() - count);
  }

  private String own(String text) {
    String masked = masked(text);
    return masked.length() <= longest ? masked : cut(masked, longest);
  }

  private String masked(String text) {
    return masksAccounts ? ACCOUNT.matcher(text).replaceAll("********$1") : text;
  }

  private static String cut(String text, int room) {
    int end = Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
    return text.substring(0, end) + "…";
  }
}

package dev.cloudmend.terraform.hcl;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints values and blocks as {@code terraform fmt} leaves them, with line feeds and from the first
 * column.
 */
public final class HclText {

  private static final int WIDEST_LIST = 80;

  private HclText() {}

  /** A text in quotes, with every char that means something to HCL escaped. */
  public static String string(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || c == 127) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return template(text.append('"').toString());
  }

  /**
   * What stands for itself in a template: <code>${</code> and <code>%{</code> with their sign
   * doubled.
   */
  static String template(String text) {
    return text.replace("${", "$${").replace("%{", "%%{");
  }

  /** A whole number. */
  public static String number(long value) {
    return Long.toString(value);
  }

  /** A number, without an exponent. */
  public static String number(BigDecimal value) {
    return value.toPlainString();
  }

  /** {@code true} or {@code false}. */
  public static String bool(boolean value) {
    return Boolean.toString(value);
  }

  /**
   * A tuple of expressions that are printed already: on one line if they fit into 80 columns, else
   * a line each.
   */
  public static String list(List<String> expressions) {
    String line = "[" + String.join(", ", expressions) + "]";
    if (line.length() <= WIDEST_LIST && line.indexOf('\n') < 0) {
      return line;
    }
    StringBuilder text = new StringBuilder("[\n");
    expressions.forEach(
        each -> text.append(Snippet.expression(each).indented("  ", "\n")).append(",\n"));
    return text.append(']').toString();
  }

  /**
   * An object of expressions that are printed already, a line each, in the map's order; keys are
   * quoted where they must be.
   */
  public static String object(Map<String, String> expressions) {
    if (expressions.isEmpty()) {
      return "{}";
    }
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    expressions.forEach(
        (key, value) -> entries.add(Map.entry(isName(key) ? key : string(key), value)));
    return "{\n" + aligned(entries, "  ") + "\n}";
  }

  /** Arguments of a body, a line each, in the map's order, without a last line end. */
  public static String arguments(Map<String, String> expressions) {
    expressions.keySet().forEach(HclText::requireName);
    return aligned(List.copyOf(expressions.entrySet()), "");
  }

  /**
   * A block.
   *
   * @param body arguments and blocks as printed here, or empty
   */
  public static String block(String type, List<String> labels, String body) {
    requireName(type);
    StringBuilder text = new StringBuilder(type);
    labels.forEach(label -> text.append(' ').append(string(label)));
    return body.isBlank()
        ? text.append(" {}").toString()
        : text.append(" {\n")
            .append(Snippet.body(body).indented("  ", "\n"))
            .append("\n}")
            .toString();
  }

  private static String aligned(List<Map.Entry<String, String>> entries, String indentation) {
    List<Snippet> values =
        entries.stream().map(entry -> Snippet.expression(entry.getValue())).toList();
    List<String> lines = new ArrayList<>();
    int widest = 0;
    for (int at = 0; at < entries.size(); at++) {
      if (at == 0 || !values.get(at - 1).joinsRun()) {
        widest = widest(entries, values, at);
      }
      String name = entries.get(at).getKey();
      int padding = values.get(at).joinsRun() ? widest - Columns.of(name) : 0;
      lines.add(
          indentation
              + name
              + " ".repeat(padding)
              + " = "
              + values.get(at).continued(indentation, "\n"));
    }
    return String.join("\n", lines);
  }

  private static int widest(
      List<Map.Entry<String, String>> entries, List<Snippet> values, int first) {
    int widest = 0;
    for (int at = first; at < entries.size() && values.get(at).joinsRun(); at++) {
      widest = Math.max(widest, Columns.of(entries.get(at).getKey()));
    }
    return widest;
  }

  private static void requireName(String name) {
    if (!isName(name)) {
      throw new HclException(
          "the new text", new Position(1, 1), "no name", "letters, digits, \"_\" and \"-\"");
    }
  }

  static boolean isName(String key) {
    Scanner scanner = new Scanner("", key);
    return scanner.looksAtName() && scanner.name("").length() == key.length();
  }
}

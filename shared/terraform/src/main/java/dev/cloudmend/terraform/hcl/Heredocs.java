package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import java.util.List;

/** Writes the lines of a heredoc. */
final class Heredocs {

  private Heredocs() {}

  static Edit content(HclFile file, Heredoc heredoc, String content) {
    String value = content.replace("\r\n", "\n");
    value = value.isEmpty() || value.endsWith("\n") ? value : value + "\n";
    String present = file.text(heredoc.content());
    if (heredoc
        .string()
        .map(text -> text.replace("\r\n", "\n"))
        .filter(value::equals)
        .isPresent()) {
      return new Edit(heredoc.content(), present);
    }
    if (value.lines().anyMatch(line -> line.strip().equals(heredoc.marker()))) {
      throw refusal(file, heredoc, "a line that would end the heredoc");
    }
    String indentation = heredoc.indented() ? indentation(file, heredoc, present) : "";
    String lines = indented(HclText.template(value), indentation);
    if (heredoc.indented() && !Template.withoutIndentation(lines).equals(HclText.template(value))) {
      throw refusal(file, heredoc, "lines whose common indentation \"<<-\" would take away");
    }
    return new Edit(heredoc.content(), lines.replace("\n", file.lineEnd()));
  }

  /**
   * An expression's span, for a heredoc with the blanks after its marker, which only a heredoc may
   * have.
   */
  static Span withBlanks(HclFile file, Expression expression) {
    int end = expression.span().end();
    while (expression instanceof Heredoc && " \t".indexOf(file.text().charAt(end)) >= 0) {
      end++;
    }
    return new Span(expression.span().start(), end);
  }

  private static String indentation(HclFile file, Heredoc heredoc, String present) {
    List<String> lines = present.lines().filter(line -> !line.isBlank()).toList();
    if (!lines.isEmpty()) {
      String first = lines.getFirst();
      return first.substring(0, first.length() - first.stripLeading().length());
    }
    return new Place(file).indentation(heredoc.content().end()) + "  ";
  }

  private static String indented(String value, String indentation) {
    StringBuilder text = new StringBuilder();
    value
        .lines()
        .forEach(line -> text.append(line.isBlank() ? "" : indentation).append(line).append('\n'));
    return text.toString();
  }

  private static HclException refusal(HclFile file, Heredoc heredoc, String what) {
    return new HclException(
        file.path(),
        file.position(heredoc.span().start()),
        what,
        "lines that the heredoc can hold");
  }
}

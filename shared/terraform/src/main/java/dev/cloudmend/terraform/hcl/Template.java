package dev.cloudmend.terraform.hcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a quoted text or heredoc. */
public sealed interface Template {

  /** Where it is written. */
  Span span();

  /**
   * Text.
   *
   * @param value without escapes
   */
  record Text(Span span, String value) implements Template {}

  /** <code>${value}</code>. */
  record Interpolation(Span span, Expression value) implements Template {}

  /**
   * <code>%{if c}</code>, <code>%{for v in c}</code> and what closes them.
   *
   * @param keyword {@code if}, {@code else}, {@code endif}, {@code for} or {@code endfor}
   * @param variables those of a {@code for}
   * @param value the condition or the collection
   */
  record Directive(Span span, String keyword, List<String> variables, Optional<Expression> value)
      implements Template {
    public Directive {
      variables = List.copyOf(variables);
    }
  }

  /** The whole text, if all parts are text. */
  static Optional<String> literal(List<Template> parts) {
    StringBuilder value = new StringBuilder();
    for (Template part : parts) {
      if (!(part instanceof Text text)) {
        return Optional.empty();
      }
      value.append(text.value());
    }
    return Optional.of(value.toString());
  }

  /** The expressions in interpolations and directives. */
  static List<Expression> expressions(List<Template> parts) {
    List<Expression> found = new ArrayList<>();
    for (Template part : parts) {
      switch (part) {
        case Text text -> {}
        case Interpolation interpolation -> found.add(interpolation.value());
        case Directive directive -> directive.value().ifPresent(found::add);
      }
    }
    return found;
  }

  /**
   * What {@code <<-} makes of its lines: the smallest indentation of the lines that are not blank
   * is taken from each of those.
   */
  static String withoutIndentation(String content) {
    List<String> lines = content.lines().toList();
    int smallest =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(Template::indentation)
            .min()
            .orElse(0);
    StringBuilder value = new StringBuilder();
    int at = 0;
    while (at < content.length()) {
      int next = content.indexOf('\n', at) + 1;
      int end = next == 0 ? content.length() : next;
      String line = content.substring(at, end);
      value.append(line, line.isBlank() ? 0 : smallest, line.length());
      at = end;
    }
    return value.toString();
  }

  private static int indentation(String line) {
    int at = 0;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}

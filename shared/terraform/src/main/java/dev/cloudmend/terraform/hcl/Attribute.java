package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Literal;
import java.util.Optional;

/**
 * An argument of a block: {@code name = value}.
 *
 * @param span from the name to the value's last char
 * @param nameSpan the name alone
 */
public record Attribute(Span span, Span nameSpan, String name, Expression value)
    implements BodyItem {

  /**
   * The value when it is a text, number, boolean or {@code null} written out, as a text without
   * quotes.
   */
  public Optional<String> literal() {
    return value instanceof Literal literal ? Optional.of(literal.text()) : value.string();
  }
}

package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.BooleanValue;
import dev.cloudmend.terraform.hcl.Expression.NullValue;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of an object.
 *
 * @param span from the key to the value's last char, without the comma
 * @param key as written: a bare name is a {@link Reference} without steps that refers to nothing
 */
public record ObjectEntry(Span span, Expression key, Expression value) {

  /** The key when it is a bare name or a text without interpolation. */
  public Optional<String> name() {
    return switch (key) {
      case Reference reference when reference.steps().isEmpty() -> Optional.of(reference.root());
      case NullValue literal -> Optional.of(literal.text());
      case BooleanValue literal -> Optional.of(literal.text());
      case Expression.Quoted quoted -> quoted.string();
      default -> Optional.empty();
    };
  }

  Stream<Expression> expressions() {
    boolean bare = key instanceof Reference reference && reference.steps().isEmpty();
    return bare ? Stream.of(value) : Stream.of(key, value);
  }
}

package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.ObjectEntry;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a rule, which stand in a body or in an object.
 *
 * @param body the body; else {@code object} is there
 * @param iterator the name in them that stands for a round of a {@code for_each}
 * @param element the round, where it is known
 */
record Fields(
    ResourceBlock resource,
    Optional<Body> body,
    Optional<ObjectValue> object,
    Optional<String> iterator,
    Optional<Element> element) {

  static Fields of(ResourceBlock resource, Body body) {
    return new Fields(
        resource, Optional.of(body), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Fields of(ResourceBlock resource, ObjectValue object) {
    return new Fields(
        resource, Optional.empty(), Optional.of(object), Optional.empty(), Optional.empty());
  }

  /** The same in a round of a {@code for_each}. */
  Fields in(String iteratorName, Optional<Element> round) {
    return new Fields(resource, body, object, Optional.of(iteratorName), round);
  }

  /** What is written for an argument. */
  Optional<Expression> written(String name) {
    return body.map(b -> b.attribute(name).map(a -> a.value()))
        .orElseGet(() -> object.orElseThrow().entry(name).map(ObjectEntry::value));
  }

  /** Whether an argument depends on the round. */
  boolean varies(String name) {
    return iterator.isPresent()
        && written(name).filter(e -> Element.isUsedIn(iterator.get(), e)).isPresent();
  }

  /** What an argument comes to. */
  Value value(String name) {
    Optional<Expression> expression = written(name);
    return expression.isEmpty() ? new Value.Unset() : value(expression.get());
  }

  /** What an expression of the rule comes to. */
  Value value(Expression expression) {
    return follow(expression)
        .map(Located::value)
        .orElseGet(() -> new Value.Unknown("it differs from round to round"));
  }

  /** Where an expression's value is written, as far as the round's own values lead there. */
  Optional<Located> follow(Expression expression) {
    if (iterator.isPresent() && Element.isUsedIn(iterator.get(), expression)) {
      Optional<Located> followed = element.flatMap(round -> round.follow(expression));
      return followed.isPresent() || !(expression instanceof Expression.Tuple)
          ? followed
          : Optional.of(here(expression));
    }
    return Optional.of(here(expression));
  }

  private Located here(Expression expression) {
    return new Located(resource.module(), resource.file(), expression, List.of());
  }
}

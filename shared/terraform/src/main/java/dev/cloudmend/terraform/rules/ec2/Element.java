package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.ObjectEntry;
import dev.cloudmend.terraform.hcl.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round of a {@code for_each}.
 *
 * @param iterator the name that stands for it in the content, such as {@code ingress} or {@code
 *     each}
 * @param collection the list or object that is gone through
 * @param entry its entry, where it is an object
 * @param value what the round is given
 */
record Element(String iterator, Located collection, Optional<ObjectEntry> entry, Expression value) {

  /** The rounds, in the order of the source. */
  static List<Element> of(String iterator, Located collection) {
    return switch (collection.expression()) {
      case Tuple tuple ->
          tuple.elements().stream()
              .map(each -> new Element(iterator, collection, Optional.empty(), each))
              .toList();
      case ObjectValue object ->
          object.entries().stream()
              .map(each -> new Element(iterator, collection, Optional.of(each), each.value()))
              .toList();
      default -> List.of();
    };
  }

  /** Whether an expression depends on the round. */
  static boolean isUsedIn(String iterator, Expression expression) {
    return expression.references().stream().anyMatch(r -> r.root().equals(iterator));
  }

  /**
   * What an expression of the content stands for in this round, where that is written out: {@code
   * ingress.value}, {@code ingress.value.port}, {@code ingress.value["port"]}.
   */
  Optional<Located> follow(Expression expression) {
    if (!(expression instanceof Reference reference) || !reference.root().equals(iterator)) {
      return Optional.empty();
    }
    List<String> names = reference.steps().stream().flatMap(Element::name).toList();
    if (names.size() != reference.steps().size() || names.isEmpty()) {
      return Optional.empty();
    }
    if (names.equals(List.of("key"))) {
      return Optional.of(collection.with(entry.map(ObjectEntry::key).orElse(value)));
    }
    return names.getFirst().equals("value")
        ? member(value, names.subList(1, names.size())).map(collection::with)
        : Optional.empty();
  }

  private static Optional<Expression> member(Expression of, List<String> names) {
    if (names.isEmpty()) {
      return Optional.of(of);
    }
    return of instanceof ObjectValue object
        ? object
            .entry(names.getFirst())
            .flatMap(entry -> member(entry.value(), names.subList(1, names.size())))
        : Optional.empty();
  }

  private static Stream<String> name(Step step) {
    return switch (step) {
      case Step.Name name -> Stream.of(name.name());
      case Step.Index index -> index.key().string().stream();
      case Step.Splat splat -> Stream.of();
    };
  }
}

package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who speaks of what in a module. */
public final class Mentions {

  private Mentions() {}

  /** The arguments, of blocks of any kind, that speak of a resource. */
  public static List<Expression> of(ResourceBlock resource) {
    return resource.module().files().stream()
        .flatMap(file -> expressions(file.body()))
        .filter(resource::isMeantBy)
        .toList();
  }

  /** How often a module speaks of a name such as {@code var.ranges}. */
  public static long of(Module module, String name) {
    return module.files().stream().mapToLong(file -> in(file.body(), name)).sum();
  }

  /** How often a body, with the blocks in it, speaks of a name. */
  public static long in(Body body, String name) {
    List<String> wanted = List.of(name.split("\\.", -1));
    return expressions(body)
        .flatMap(expression -> expression.references().stream())
        .map(Reference::names)
        .filter(names -> names.size() >= wanted.size())
        .filter(names -> names.subList(0, wanted.size()).equals(wanted))
        .count();
  }

  /** The name of the local value that an expression is and nothing else. */
  public static Optional<String> localName(Expression expression) {
    return expression instanceof Reference reference
            && reference.root().equals("local")
            && reference.names().size() == 2
            && reference.steps().size() == 1
        ? Optional.of(reference.names().get(1))
        : Optional.empty();
  }

  private static Stream<Expression> expressions(Body body) {
    return Stream.concat(
        body.attributes().stream().map(attribute -> attribute.value()),
        body.blocks().stream().flatMap(inner -> expressions(inner.body())));
  }
}

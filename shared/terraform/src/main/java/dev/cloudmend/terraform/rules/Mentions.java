package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who speaks of what in a module. */
public final class Mentions {

  private Mentions() {}

  /** An expression and the file that it stands in. */
  public record InFile(HclFile file, Expression expression) {}

  /** The arguments, of blocks of any kind, that speak of a resource. */
  public static List<Expression> of(ResourceBlock resource) {
    return resource.module().files().stream()
        .flatMap(file -> expressions(file.body()))
        .filter(resource::isMeantBy)
        .toList();
  }

  /** What a local value of a module is given. */
  public static Optional<InFile> local(Module module, String name) {
    return module.files().stream()
        .flatMap(
            file ->
                file.blocks("locals").stream()
                    .flatMap(locals -> locals.attribute(name).stream())
                    .map(given -> new InFile(file, given.value())))
        .findFirst();
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

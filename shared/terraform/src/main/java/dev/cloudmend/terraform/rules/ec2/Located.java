package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.Origin;
import dev.cloudmend.terraform.project.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An expression and the module whose names it speaks of.
 *
 * @param by the way to it from where it is used, as {@link Origin#by()}
 */
record Located(Module module, HclFile file, Expression expression, List<String> by) {

  /** What is written at an origin; nothing where its file belongs to no module of the project. */
  static Optional<Located> of(Module user, Origin origin) {
    Path folder = Path.of(origin.file().path()).getParent();
    return user.project()
        .module(folder == null ? Path.of("") : folder)
        .map(module -> new Located(module, origin.file(), origin.expression(), origin.by()));
  }

  Value value() {
    return module.value(file, expression);
  }

  /** Another expression of the same file. */
  Located with(Expression other) {
    return new Located(module, file, other, by);
  }

  /**
   * The list or object behind a name, brackets or a conversion, if it is written out in one place.
   */
  Optional<Located> collection() {
    return switch (expression) {
      case Expression.Tuple tuple -> Optional.of(this);
      case Expression.ObjectValue object -> Optional.of(this);
      case Expression.Parenthesised inner -> with(inner.inner()).collection();
      case Expression.Call call
          when (call.name().equals("toset") || call.name().equals("tolist"))
              && call.arguments().size() == 1 ->
          with(call.arguments().getFirst()).collection();
      case Expression.Reference reference ->
          value() instanceof Value.Known known && known.origins().size() == 1
              ? of(module, known.origins().getFirst())
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}

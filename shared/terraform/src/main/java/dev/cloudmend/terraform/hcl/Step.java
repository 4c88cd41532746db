package dev.cloudmend.terraform.hcl;

import java.util.ArrayList;
import java.util.List;

/** One step of a traversal. */
public sealed interface Step {

  /** {@code .name}, or {@code .0} as Terraform 0.11 wrote an index. */
  record Name(String name) implements Step {}

  /** {@code [key]}. */
  record Index(Expression key) implements Step {}

  /**
   * {@code [*]} or {@code .*}.
   *
   * @param full whether it is the bracketed one
   */
  record Splat(boolean full) implements Step {}

  /** The root and the names after it, up to the first step that is none. */
  static List<String> names(String root, List<Step> steps) {
    List<String> names = new ArrayList<>(List.of(root));
    for (Step step : steps) {
      if (!(step instanceof Name name)) {
        break;
      }
      names.add(name.name());
    }
    return List.copyOf(names);
  }

  /** The keys of the indexes. */
  static List<Expression> expressions(List<Step> steps) {
    List<Expression> keys = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Index index) {
        keys.add(index.key());
      }
    }
    return keys;
  }
}

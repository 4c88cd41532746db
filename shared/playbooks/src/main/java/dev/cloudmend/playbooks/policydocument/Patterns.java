package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * The actions or the resources that a statement speaks of.
 *
 * @param negated whether all but these, as in {@code NotAction}
 * @param arns whether they are resources, which are matched by the parts of an ARN
 * @param values the patterns, none of which another one covers
 */
record Patterns(boolean negated, boolean arns, SortedSet<String> values) {

  static Optional<Patterns> actions(JsonNode statement) {
    return either(statement, "Action", "NotAction", false);
  }

  static Optional<Patterns> resources(JsonNode statement) {
    return either(statement, "Resource", "NotResource", true);
  }

  /** Whether these are all that the others are, and maybe more. */
  boolean cover(Patterns others) {
    if (negated) {
      return others.negated && others.containAll(values);
    }
    return others.negated ? values.contains("*") : containAll(others.values);
  }

  private boolean containAll(Collection<String> others) {
    return others.stream().allMatch(other -> isCovered(other, values, arns));
  }

  private static boolean isCovered(String value, Collection<String> by, boolean arns) {
    BiPredicate<String, String> covers = arns ? Globs::coversArn : Globs::covers;
    return by.stream().anyMatch(pattern -> covers.test(pattern, value));
  }

  private static Optional<Patterns> either(
      JsonNode statement, String name, String negation, boolean arns) {
    if (statement.has(name) && statement.has(negation)) {
      throw new PolicyException("a statement has both " + name + " and " + negation);
    }
    boolean negated = statement.has(negation);
    if (!negated && !statement.has(name)) {
      return Optional.empty();
    }
    var values = new TreeSet<String>();
    for (String text : Texts.of(statement.get(negated ? negation : name), name)) {
      // Names of actions are the same in any case, resources are not.
      String value = arns ? text : text.toLowerCase(Locale.ROOT);
      values.add(value.replaceAll("\\*{2,}", "*"));
    }
    return Optional.of(new Patterns(negated, arns, withoutCovered(values, arns)));
  }

  private static SortedSet<String> withoutCovered(SortedSet<String> values, boolean arns) {
    var kept = new TreeSet<>(values);
    for (String value : values) {
      List<String> others = kept.stream().filter(other -> !other.equals(value)).toList();
      if (isCovered(value, others, arns)) {
        kept.remove(value);
      }
    }
    return kept;
  }
}

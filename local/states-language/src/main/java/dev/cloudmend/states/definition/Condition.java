package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.ValuePath;
import java.util.List;

/** What a rule of a Choice state asks. */
public sealed interface Condition {

  /**
   * Whether it holds.
   *
   * @throws EvaluationException {@code States.Runtime} when a variable is missing; only IsPresent
   *     may ask for one that is not there
   */
  boolean holds(Scope scope);

  /** Every one; the first that does not hold ends the question. */
  record And(List<Condition> conditions) implements Condition {

    @Override
    public boolean holds(Scope scope) {
      return conditions.stream().allMatch(condition -> condition.holds(scope));
    }
  }

  /** At least one; the first that holds ends the question. */
  record Or(List<Condition> conditions) implements Condition {

    @Override
    public boolean holds(Scope scope) {
      return conditions.stream().anyMatch(condition -> condition.holds(scope));
    }
  }

  /** The opposite. */
  record Not(Condition condition) implements Condition {

    @Override
    public boolean holds(Scope scope) {
      return !condition.holds(scope);
    }
  }

  /** Whether a variable is there at all. */
  record IsPresent(ValuePath variable, boolean expected) implements Condition {

    @Override
    public boolean holds(Scope scope) {
      return variable.read(scope.input(), scope.context()).isPresent() == expected;
    }
  }

  /** A comparison with a value of the definition. */
  record Comparison(ValuePath variable, Operator operator, JsonNode operand) implements Condition {

    @Override
    public boolean holds(Scope scope) {
      return operator.test(required(variable, scope), operand);
    }
  }

  /** A comparison with another value of the data. */
  record PathComparison(ValuePath variable, Operator operator, ValuePath operand)
      implements Condition {

    @Override
    public boolean holds(Scope scope) {
      return operator.test(required(variable, scope), required(operand, scope));
    }
  }

  private static JsonNode required(ValuePath path, Scope scope) {
    return path.read(scope.input(), scope.context())
        .orElseThrow(
            () ->
                new EvaluationException(
                    ErrorNames.RUNTIME,
                    "Invalid path '"
                        + path
                        + "': The choice state's condition path references an invalid value."));
  }
}

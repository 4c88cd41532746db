package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.ValuePath;

/** A whole number that the definition gives, or names a path to. */
public sealed interface WholeNumber {

  /**
   * The number.
   *
   * @param field the definition's field, for the message
   * @param least the smallest value allowed
   * @throws EvaluationException {@code States.Runtime} when the path leads to no such number
   */
  int resolve(Scope scope, String field, int least);

  /** A number of the definition, already checked. */
  record Fixed(int value) implements WholeNumber {

    @Override
    public int resolve(Scope scope, String field, int least) {
      return value;
    }
  }

  /** A number of the data. */
  record At(ValuePath path) implements WholeNumber {

    @Override
    public int resolve(Scope scope, String field, int least) {
      JsonNode value =
          path.read(scope.input(), scope.context())
              .orElseThrow(() -> failure("The %s '%s' leads to no value", field));
      if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
        throw failure("The %s '%s' does not lead to a whole number of at least " + least, field);
      }
      return value.intValue();
    }

    private EvaluationException failure(String message, String field) {
      return new EvaluationException(ErrorNames.RUNTIME, message.formatted(field, path));
    }
  }
}

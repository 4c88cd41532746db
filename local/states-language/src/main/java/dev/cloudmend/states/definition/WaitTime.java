package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.ValuePath;
import java.time.Instant;

/** Until when a Wait state waits. */
public sealed interface WaitTime {

  /**
   * The end of the wait.
   *
   * @param entered when the state was entered
   */
  Instant end(Scope scope, Instant entered);

  /** A number of seconds after the state was entered. */
  record After(WholeNumber seconds) implements WaitTime {

    @Override
    public Instant end(Scope scope, Instant entered) {
      return entered.plusSeconds(seconds.resolve(scope, "SecondsPath", 0));
    }
  }

  /** A moment that the definition gives. */
  record Moment(Instant instant) implements WaitTime {

    @Override
    public Instant end(Scope scope, Instant entered) {
      return instant;
    }
  }

  /** A moment that the data gives. */
  record MomentAt(ValuePath path) implements WaitTime {

    @Override
    public Instant end(Scope scope, Instant entered) {
      return path.read(scope.input(), scope.context())
          .filter(JsonNode::isTextual)
          .flatMap(value -> Timestamps.parse(value.textValue()))
          .orElseThrow(
              () ->
                  new EvaluationException(
                      ErrorNames.RUNTIME,
                      "The TimestampPath '" + path + "' does not lead to a timestamp"));
    }
  }
}

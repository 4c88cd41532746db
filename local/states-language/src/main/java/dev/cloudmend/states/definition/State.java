package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.intrinsics.Expression;
import dev.cloudmend.states.intrinsics.PayloadTemplate;
import dev.cloudmend.states.paths.ValuePath;
import java.util.List;
import java.util.Optional;

/** A state of a machine. */
public sealed interface State {

  String name();

  /** How data comes into the state and leaves it. */
  DataFlow flow();

  /** The value of the definition's {@code Type} field. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** What is tried again, in order; empty where the type has no Retry. */
  default List<Retrier> retriers() {
    return List.of();
  }

  /** What is caught, in order; empty where the type has no Catch. */
  default List<Catcher> catchers() {
    return List.of();
  }

  /**
   * Hands its input on, or a fixed result.
   *
   * @param next empty when the state ends its machine
   */
  record Pass(String name, DataFlow flow, Optional<String> next, Optional<JsonNode> result)
      implements State {}

  /** Has work done outside. */
  record Task(
      String name,
      DataFlow flow,
      Optional<String> next,
      TaskResource resource,
      Optional<WholeNumber> timeoutSeconds,
      Optional<WholeNumber> heartbeatSeconds,
      List<Retrier> retriers,
      List<Catcher> catchers)
      implements State {}

  /** Goes on where the first rule that holds says. */
  record Choice(String name, DataFlow flow, List<Rule> rules, Optional<String> otherwise)
      implements State {

    /** A condition and where it leads. */
    public record Rule(Condition condition, String next) {}
  }

  /** Lets time pass. */
  record Wait(String name, DataFlow flow, Optional<String> next, WaitTime until) implements State {}

  /** Ends its machine well. */
  record Succeed(String name, DataFlow flow) implements State {}

  /** Ends its machine with an error; both parts may be absent. */
  record Fail(String name, DataFlow flow, Optional<Expression> error, Optional<Expression> cause)
      implements State {}

  /** Runs every branch on the same input; its result is the array of their outputs. */
  record Parallel(
      String name,
      DataFlow flow,
      Optional<String> next,
      List<Program> branches,
      List<Retrier> retriers,
      List<Catcher> catchers)
      implements State {}

  /**
   * Runs one program for each element of an array; its result is the array of their outputs.
   *
   * @param itemSelector makes the input of an iteration; absent: the element itself
   * @param maxConcurrency most iterations at a time, 0 for the service's own limit
   */
  record Map(
      String name,
      DataFlow flow,
      Optional<String> next,
      ValuePath itemsPath,
      Optional<PayloadTemplate> itemSelector,
      Program processor,
      WholeNumber maxConcurrency,
      List<Retrier> retriers,
      List<Catcher> catchers)
      implements State {}
}

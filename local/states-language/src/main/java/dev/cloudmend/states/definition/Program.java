package dev.cloudmend.states.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * States and where to begin: a whole machine, a branch of a Parallel state, or a Map's processor.
 *
 * @param startAt name of the first state
 * @param states by name, in the order of the definition
 * @param timeoutSeconds longest time an execution may take; only a whole machine has one
 */
public record Program(String startAt, Map<String, State> states, OptionalInt timeoutSeconds) {

  public Program {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }

  /** The state of that name; a definition that was read has every state that it names. */
  public State state(String name) {
    return Objects.requireNonNull(states.get(name), name);
  }
}

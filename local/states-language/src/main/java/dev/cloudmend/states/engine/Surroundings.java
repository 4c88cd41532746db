package dev.cloudmend.states.engine;

import dev.cloudmend.states.intrinsics.RandomSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an interpreter gives to the executions that it runs.
 *
 * @param handlers the handler of a service integration, by name
 */
public record Surroundings(
    Function<String, Optional<TaskHandler>> handlers,
    InterpreterClock clock,
    RandomSource random) {}

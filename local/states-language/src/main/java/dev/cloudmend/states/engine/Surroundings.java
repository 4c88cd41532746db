package dev.cloudmend.states.engine;

import dev.cloudmend.states.intrinsics.RandomSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an interpreter gives to the executions that it runs.
 *
 * @param handlers the handler of a service integration, by name
 * @param longestSleep an execution that only lets time pass, longer than this, is laid into the
 *     store meanwhile
 */
public record Surroundings(
    Function<String, Optional<TaskHandler>> handlers,
    InterpreterClock clock,
    RandomSource random,
    Duration longestSleep) {}

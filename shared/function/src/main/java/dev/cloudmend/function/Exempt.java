package dev.cloudmend.function;

import dev.cloudmend.model.Outcome;

/**
 * Why a violation is left alone.
 *
 * @param outcome {@link Outcome#IGNORED} where somebody said so, {@link Outcome#BLOCKED} where
 *     nobody knows whether somebody did
 * @param reason who said so and why, or what stands in the way of knowing
 */
public record Exempt(Outcome outcome, String reason) {}

package dev.cloudmend.store;

import java.time.Instant;

/**
 * The stop switch is on.
 *
 * @param by who switched it on
 * @param at when
 * @param reason why
 */
public record Stop(String by, Instant at, String reason) {}

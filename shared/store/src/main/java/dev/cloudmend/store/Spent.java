package dev.cloudmend.store;

import java.time.Instant;

/**
 * How much of a budget is used.
 *
 * @param which what it is the budget of: {@code account 123456789012}, {@code playbook …} or {@code
 *     all changes}
 * @param used how many live changes were made in this window
 * @param limit how many may be made without a yes
 * @param windowEnds when the next window begins
 */
public record Spent(String which, int used, int limit, Instant windowEnds) {}

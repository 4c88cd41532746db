package dev.cloudmend.aws;

import java.time.Duration;

/**
 * How long a call may take and how often it is tried.
 *
 * @param total for one call with all its attempts
 * @param attempt for one attempt
 * @param connect for the connection of one attempt
 * @param attempts the most attempts of one call; 1 for no retry
 */
public record CallLimits(Duration total, Duration attempt, Duration connect, int attempts) {

  /** 20 seconds for a call, 10 for an attempt, 5 to connect, three attempts. */
  public static final CallLimits STANDARD =
      new CallLimits(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(5), 3);
}

package dev.cloudmend.claude;

import java.time.Duration;

/**
 * How long a question may take and how often it is sent.
 *
 * @param total for one question with all its attempts and the pauses between them
 * @param attempt for one attempt; an answer comes in one piece, so it has to be written by then
 * @param connect for the connection of one attempt
 * @param attempts the most attempts
 * @param pause the longest first pause after throttling; each further one is twice as long, and
 *     after other faults they are a quarter of that
 */
public record AskLimits(
    Duration total, Duration attempt, Duration connect, int attempts, Duration pause) {

  /**
   * Within the 60 seconds that the state machine gives the diagnoser. At some 60 tokens a second an
   * ordinary answer takes 10 to 15 seconds and a long one 25; shorter attempts would cut it off
   * again and again, and each is paid for.
   */
  public static final AskLimits STANDARD =
      new AskLimits(
          Duration.ofSeconds(40),
          Duration.ofSeconds(25),
          Duration.ofSeconds(3),
          4,
          Duration.ofSeconds(2));
}

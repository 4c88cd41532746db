package dev.cloudmend.states.definition;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * When and how often a failed state is tried again.
 *
 * @param errorEquals names of the errors it is for
 * @param intervalSeconds wait before the first retry
 * @param maxAttempts most retries; 0 means never
 * @param backoffRate factor by which the wait grows, at least 1
 * @param maxDelaySeconds longest wait
 * @param fullJitter whether the wait is a random part of what it would be
 * @see <a href="https://states-language.net/spec.html#errors">Errors</a>
 */
public record Retrier(
    List<String> errorEquals,
    int intervalSeconds,
    int maxAttempts,
    double backoffRate,
    OptionalInt maxDelaySeconds,
    boolean fullJitter) {

  /**
   * The wait before a retry.
   *
   * @param attemptsBefore how often this retrier has tried already
   */
  public Duration delay(int attemptsBefore, RandomGenerator random) {
    double seconds = intervalSeconds * Math.pow(backoffRate, attemptsBefore);
    double capped = Math.min(seconds, maxDelaySeconds.orElse(TaskResource.MAX_SECONDS));
    double jittered = fullJitter ? random.nextDouble() * capped : capped;
    return Duration.ofMillis(Math.round(jittered * 1000));
  }
}

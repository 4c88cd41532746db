package dev.cloudmend.endpoint.events;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * How events are delivered.
 *
 * @param data the folder for events that were accepted and are not delivered yet
 * @param clock the time of events
 * @param pause before a delivery that failed that many times is tried again
 * @param functionRetries the pauses before a function that failed is called again; that is Lambda's
 *     own, apart from the rule's retry policy
 * @param log is told, in one line, what went wrong where no caller hears of it
 */
public record EventSettings(
    Path data,
    Clock clock,
    IntFunction<Duration> pause,
    List<Duration> functionRetries,
    Consumer<String> log) {

  private static final long LONGEST_PAUSE_MILLIS = 5 * 60 * 1000;
  private static final int LARGEST_EXPONENT = 9;

  public EventSettings {
    functionRetries = List.copyOf(functionRetries);
  }

  /** With pauses that double from a second to five minutes, and vary by chance. */
  public static EventSettings of(Path data, Consumer<String> log) {
    return new EventSettings(
        data,
        Clock.systemUTC(),
        EventSettings::backOff,
        List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)),
        log);
  }

  private static Duration backOff(int failures) {
    long full = Math.min(LONGEST_PAUSE_MILLIS, 1000L << Math.min(failures - 1, LARGEST_EXPONENT));
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}

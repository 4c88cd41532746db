package dev.cloudmend.testing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * What is to be done with some requests: those that match, after a number of them that are let
 * through, for a number of times.
 */
final class Interception {

  private final Predicate<RecordedRequest> matches;
  private final long first;
  private final long last;
  private final Runnable before;
  private final Optional<Fault> fault;
  private final AtomicLong seen = new AtomicLong();

  private Interception(
      Predicate<RecordedRequest> matches,
      long skip,
      long times,
      Runnable before,
      Optional<Fault> fault) {
    this.matches = matches;
    this.first = skip + 1;
    this.last = skip + times;
    this.before = before;
    this.fault = fault;
  }

  static Interception fault(
      Predicate<RecordedRequest> matches, long skip, long times, Fault fault) {
    return new Interception(matches, skip, times, () -> {}, Optional.of(fault));
  }

  static Interception before(Predicate<RecordedRequest> matches, Runnable action) {
    return new Interception(matches, 0, 1, action, Optional.empty());
  }

  /** Counts the request if it matches, and says whether it is one of those that are meant. */
  boolean takes(RecordedRequest request) {
    if (!matches.test(request)) {
      return false;
    }
    long number = seen.incrementAndGet();
    return number >= first && number <= last;
  }

  Runnable action() {
    return before;
  }

  Optional<Fault> fault() {
    return fault;
  }
}

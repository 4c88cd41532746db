package dev.cloudmend.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Pauses between tries of a write that met another one: random, longer every time, and only until a
 * limit of real time is over.
 */
final class Backoff {

  /** How long a write is tried; well below the time that a function has. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final long FIRST = Duration.ofMillis(5).toNanos();
  private static final long LONGEST = Duration.ofSeconds(1).toNanos();

  private final long end;
  private long most = FIRST;

  Backoff(Duration limit) {
    end = System.nanoTime() + limit.toNanos();
  }

  /** Waits; false when the time is over or the thread is interrupted. */
  boolean pause() {
    if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
      return false;
    }
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST / 2, most + 1));
    most = Math.min(most * 2, LONGEST);
    return true;
  }
}

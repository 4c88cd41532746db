package dev.cloudmend.states.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock for tests: whoever sleeps moves it on, and nobody waits. Time stands still while tasks
 * run, unless they move it themselves.
 */
public final class VirtualClock implements InterpreterClock {

  private Instant now;

  public VirtualClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void sleepUntil(Instant moment) {
    if (moment.isAfter(now)) {
      now = moment;
    }
  }

  /** Lets time pass. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }
}

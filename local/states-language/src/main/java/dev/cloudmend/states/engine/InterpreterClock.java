package dev.cloudmend.states.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that Wait states, retries and time-outs go by. */
public interface InterpreterClock {

  Instant now();

  /**
   * Returns when the moment has come, at once when it is past.
   *
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  void sleepUntil(Instant moment) throws InterruptedException;

  /** The time of this machine. */
  static InterpreterClock system() {
    InstantSource source = InstantSource.system();
    return new InterpreterClock() {
      @Override
      public Instant now() {
        return source.instant();
      }

      @Override
      public void sleepUntil(Instant moment) throws InterruptedException {
        Thread.sleep(Duration.between(now(), moment));
      }
    };
  }
}

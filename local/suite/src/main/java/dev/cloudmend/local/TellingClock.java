package dev.cloudmend.local;

import dev.cloudmend.states.engine.InterpreterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The system's clock, that tells whoever waits when the state machine does. */
final class TellingClock implements InterpreterClock {

  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final InterpreterClock clock = InterpreterClock.system();
  private final Consumer<String> progress;

  TellingClock(Consumer<String> progress) {
    this.progress = progress;
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void sleepUntil(Instant moment) throws InterruptedException {
    Duration time = Duration.between(clock.now(), moment);
    if (time.compareTo(WORTH_TELLING) > 0) {
      progress.accept("waiting %d s to look or to try again".formatted(time.toSeconds()));
    }
    clock.sleepUntil(moment);
  }
}

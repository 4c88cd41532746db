package dev.cloudmend.emulators;

import java.time.Duration;

/** Waits between two looks at something that another process does. */
final class Pause {

  private Pause() {}

  /**
   * Waits.
   *
   * @throws EmulatorException when the thread is interrupted; the interrupt flag stays set
   */
  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmulatorException("Interrupted while waiting", e);
    }
  }
}

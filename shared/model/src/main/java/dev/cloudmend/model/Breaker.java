package dev.cloudmend.model;

import java.time.Duration;

/**
 * When a fix stops being made by itself because somebody keeps taking it back: a tug-of-war between
 * two automations has no winner, so a person is asked.
 *
 * @param fixes how many fixes of one resource by one playbook trip it; at least one
 * @param window within how long; whole seconds, at least one
 */
public record Breaker(int fixes, Duration window) {

  /** Three fixes within a day. */
  public static final Breaker DEFAULT = new Breaker(3, Duration.ofDays(1));

  public Breaker {
    if (fixes < 1) {
      throw new IllegalArgumentException("a breaker trips after one fix or more, not " + fixes);
    }
    if (window.getSeconds() < 1 || window.getNano() != 0) {
      throw new IllegalArgumentException(
          "the window of a breaker is whole seconds, at least one, not " + window);
    }
  }
}

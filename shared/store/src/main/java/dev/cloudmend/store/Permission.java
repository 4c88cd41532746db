package dev.cloudmend.store;

import java.time.Instant;

/** Whether one live change may be made now. */
public sealed interface Permission {

  /**
   * It may, and it has been counted.
   *
   * @param windowEnds the window that it was counted in
   */
  record Granted(Instant windowEnds) implements Permission {}

  /** The stop switch is on. */
  record Stopped(Stop stop) implements Permission {}

  /**
   * A budget is used up.
   *
   * @param which what it is the budget of, for a person: {@code account 123456789012}, {@code
   *     playbook …} or {@code all changes}
   * @param limit how many changes it allows
   * @param windowEnds when the next window begins
   */
  record OverBudget(String which, int limit, Instant windowEnds) implements Permission {}
}

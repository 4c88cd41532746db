package dev.cloudmend.model;

import java.time.Duration;

/**
 * How many live changes may be made by themselves.
 *
 * <p>Windows are fixed: they begin at whole multiples of their length since 1970, so within any
 * stretch of that length there may be up to twice as many. Another length begins to count anew.
 *
 * @param perAccount in one account, within a window
 * @param perPlaybook by one playbook in all accounts, within a window
 * @param total in all, within a window
 * @param window how long a window is; whole seconds, at least one
 */
public record Limits(int perAccount, int perPlaybook, int total, Duration window) {

  /** 50 in an account, 50 by a playbook, 100 in all, each hour. */
  public static final Limits DEFAULT = new Limits(50, 50, 100, Duration.ofHours(1));

  public Limits {
    if (perAccount < 0 || perPlaybook < 0 || total < 0) {
      throw new IllegalArgumentException("limits of changes are 0 or more");
    }
    if (window.getSeconds() < 1 || window.getNano() != 0) {
      throw new IllegalArgumentException(
          "the window of a limit is whole seconds, at least one, not " + window);
    }
  }
}

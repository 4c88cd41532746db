package dev.cloudmend.store;

import java.time.Instant;

/**
 * That calls are about to be made. It is written before the first one, so after a crash it tells
 * whose work the live state is.
 *
 * @param hash the hash of the change
 * @param kind {@link #APPLY} or {@link #UNDO}
 * @param at when
 * @param done whether the calls were all made
 */
public record Intent(String hash, String kind, Instant at, boolean done) {

  public static final String APPLY = "APPLY";
  public static final String UNDO = "UNDO";

  public Intent {
    if (!kind.equals(APPLY) && !kind.equals(UNDO)) {
      throw new IllegalArgumentException("an intent is APPLY or UNDO, not " + kind);
    }
  }
}

package dev.cloudmend.store;

import java.time.Instant;

/**
 * A person's word that a failure is accepted for a time.
 *
 * @param id {@code exc-} and hex
 * @param scope what it is for
 * @param reason why, for whoever reads the audit trail
 * @param author who says so
 * @param since from when
 * @param until to when, exclusive
 */
public record Exemption(
    String id, ExemptionScope scope, String reason, String author, Instant since, Instant until) {

  public Exemption {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an exception needs a reason");
    }
    if (!until.isAfter(since)) {
      throw new IllegalArgumentException(
          "an exception ends after it begins, not at " + until + " when it begins at " + since);
    }
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }
}

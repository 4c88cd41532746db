package dev.cloudmend.store;

import dev.cloudmend.model.Outcome;
import java.time.Instant;
import java.util.Optional;

/** The answer to a claim. */
public sealed interface ClaimResult {

  /** It is the caller's. */
  record Claimed() implements ClaimResult {}

  /**
   * It is not.
   *
   * @param owner the id of the event that has it
   * @param incidentId the incident that is or was worked on
   * @param closedAs how that one ended; empty while it is open
   * @param since when it was claimed
   */
  record Held(String owner, String incidentId, Optional<Outcome> closedAs, Instant since)
      implements ClaimResult {}
}

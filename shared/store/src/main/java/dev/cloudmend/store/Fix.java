package dev.cloudmend.store;

import dev.cloudmend.model.Finding;
import java.time.Instant;

/**
 * That a resource was fixed.
 *
 * @param incidentId the incident that fixed it
 * @param at when
 * @param by who ran the fix
 * @param brokenBy who had made the change that it fixed, as far as the finding told: a principal's
 *     ARN, or the finding's source
 */
public record Fix(String incidentId, Instant at, String by, String brokenBy) {

  /** Who made the change that a finding is about, as far as it tells. */
  public static String brokenBy(Finding finding) {
    return finding.actor() == null ? finding.source() : finding.actor().principal();
  }
}

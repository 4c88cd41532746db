package dev.cloudmend.store;

import java.util.List;

/**
 * What a check of the whole audit log found.
 *
 * @param entries how many entries there are
 * @param chains how many chains have entries
 * @param problems what is wrong, with chain, sequence and incident; empty when the log is whole
 */
public record AuditVerification(long entries, int chains, List<String> problems) {

  public AuditVerification {
    problems = List.copyOf(problems);
  }

  /** Whether no entry was changed, removed, moved or added past the store. */
  public boolean holds() {
    return problems.isEmpty();
  }
}

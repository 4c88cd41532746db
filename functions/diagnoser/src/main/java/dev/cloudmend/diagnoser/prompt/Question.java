package dev.cloudmend.diagnoser.prompt;

import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.playbooks.PlaybookInfo;
import java.util.List;

/** What Claude is to explain. */
public sealed interface Question {

  Finding finding();

  /** A finding that a playbook answers to, and the fix that is planned for it. */
  record Planned(Finding finding, PlaybookInfo playbook, Change change) implements Question {}

  /**
   * A finding that no playbook answers to.
   *
   * @param candidates the playbooks for this type of resource, of which one may be suggested
   */
  record Unmatched(Finding finding, List<PlaybookInfo> candidates) implements Question {

    public Unmatched {
      candidates = List.copyOf(candidates);
    }
  }
}

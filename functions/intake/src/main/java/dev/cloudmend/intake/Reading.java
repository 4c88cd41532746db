package dev.cloudmend.intake;

import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.playbooks.Playbook;
import java.util.List;

/** What a source makes of an event. */
sealed interface Reading {

  Finding finding();

  /** A failure, or a change to look at, and the playbooks that answer to it in catalogue order. */
  record Failure(Finding finding, List<Playbook> playbooks) implements Reading {}

  /** A failure that no playbook answers to. */
  record Unmatched(Finding finding) implements Reading {}

  /**
   * A check that passed, and the playbooks that answer to it in catalogue order: they may have an
   * incident open, which the live resource has the last word on.
   *
   * @param reason the source's word for it
   */
  record Passed(Finding finding, List<Playbook> playbooks, String reason) implements Reading {}

  /** Nothing to do, and why. */
  record Settled(Finding finding, Outcome outcome, String reason) implements Reading {}
}

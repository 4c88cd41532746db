package dev.cloudmend.intake;

import java.util.List;

/** Reads the events of one sender. */
interface Source {

  /** Whether the event is of this sender and kind. */
  boolean reads(Envelope envelope);

  /**
   * Makes findings of it, at least one.
   *
   * @param envelope the event's outer members
   * @param reader the whole event; problems are collected there
   * @throws UnreadableEventException when it cannot be read
   */
  List<Reading> read(Envelope envelope, EventReader reader);
}

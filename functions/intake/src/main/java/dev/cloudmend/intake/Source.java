package dev.cloudmend.intake;

/** Reads the events of one sender. */
interface Source {

  /** Whether the event is of this sender and kind. */
  boolean reads(Envelope envelope);

  /**
   * Makes a finding of it.
   *
   * @param envelope the event's outer members
   * @param reader the whole event; problems are collected there
   * @throws UnreadableEventException when it cannot be read
   */
  Reading read(Envelope envelope, EventReader reader);
}

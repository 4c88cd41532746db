package dev.cloudmend.model;

/** How well a change can be taken back. */
public enum Reversibility {
  /** Undo gives the state before, exactly. */
  EXACT,
  /**
   * Undo gives a state of the same effect; ids may differ, or {@code afterUndo} says what differs.
   */
  EQUIVALENT,
  /** There is no way back. */
  NONE
}

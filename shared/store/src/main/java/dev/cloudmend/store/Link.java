package dev.cloudmend.store;

/**
 * What an incident has to do with an older one.
 *
 * @param kind how they belong together
 * @param incidentId the older one
 */
public record Link(Kind kind, String incidentId) {

  /** How two incidents belong together. */
  public enum Kind {
    /** The same failure of the same state: the older one is handled. */
    DUPLICATE_OF,
    /** The resource was fixed by the older one and failed again. */
    FOLLOWS,
    /** The source says that it passed, and so the older one was closed. */
    CLOSES
  }
}

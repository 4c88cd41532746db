package dev.cloudmend.function;

/**
 * The note that Cloudmend leaves on a finding of Security Hub, and knows again when it comes back.
 */
public final class OwnNote {

  /** What its {@code UpdatedBy} says. */
  public static final String AUTHOR = "cloudmend";

  private OwnNote() {}
}

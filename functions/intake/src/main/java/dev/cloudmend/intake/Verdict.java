package dev.cloudmend.intake;

/** What a tool says of a check of one resource. */
sealed interface Verdict {

  /** It failed, and nobody has settled it. */
  record Failed() implements Verdict {}

  /**
   * It passed: there is nothing to fix, and what is still open of it may be closed.
   *
   * @param reason the tool's word for it
   */
  record Passed(String reason) implements Verdict {}

  /**
   * There is nothing to fix, for another reason than that it passed.
   *
   * @param reason which
   */
  record Settled(String reason) implements Verdict {}
}

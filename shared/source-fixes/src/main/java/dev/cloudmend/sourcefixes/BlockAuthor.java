package dev.cloudmend.sourcefixes;

/** Writes new text for a block that no rule mends. What it writes is checked, never trusted. */
@FunctionalInterface
public interface BlockAuthor {

  /** What came of a question. */
  sealed interface Answer {

    /** A text was written. */
    record Written(BlockProposal proposal) implements Answer {}

    /**
     * None was.
     *
     * @param reason why, for a person; has neither the block's words nor the answer's
     */
    record None(String reason) implements Answer {}
  }

  /** Asks for the text. Whatever goes wrong is an answer, never an exception. */
  Answer write(BlockQuestion question);
}

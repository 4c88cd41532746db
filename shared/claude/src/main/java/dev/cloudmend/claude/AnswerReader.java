package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads the answer to one prompt.
 *
 * @param <A> what the answer is read as
 */
@FunctionalInterface
public interface AnswerReader<A> {

  /**
   * Reads the input that the model gave to the tool.
   *
   * @return the answer, bounded, with what was redacted put back
   * @throws UnusableAnswerException when the input is not what was asked for
   */
  A read(JsonNode input);
}

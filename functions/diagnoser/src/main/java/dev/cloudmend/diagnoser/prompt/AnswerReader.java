package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Diagnosis;

/** Reads the answer to one prompt. */
@FunctionalInterface
public interface AnswerReader {

  /**
   * Reads the input that the model gave to the tool.
   *
   * @return a diagnosis by Claude, bounded, with what was redacted put back, without a {@code call}
   * @throws UnusableAnswerException when it does not keep to the schema, names another target or an
   *     unknown playbook
   */
  Diagnosis read(JsonNode input);
}

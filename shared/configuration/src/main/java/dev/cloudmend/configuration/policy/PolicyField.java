package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One field of the document that rules are matched with.
 *
 * @param path such as {@code finding.severity}
 * @param type what stands in it
 * @param description one line for a person
 * @param values all values that it can have; empty = any
 * @param value what stands in it for an input; absent where there is nothing
 */
public record PolicyField(
    String path,
    Type type,
    String description,
    Set<String> values,
    Function<PolicyInput, Optional<JsonNode>> value) {

  public PolicyField {
    values = Set.copyOf(values);
  }

  /** What stands in a field. */
  public enum Type {
    TEXT("text"),
    LIST("list of text"),
    FLAG("true or false");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    /** The type for a person. */
    public String words() {
      return words;
    }
  }
}

package dev.cloudmend.terraform.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What an expression comes to, as far as the source alone can tell. */
public sealed interface Value {

  /**
   * It is known.
   *
   * @param value as Terraform would write it in JSON
   * @param origins where it is written out, which is all that has to be edited to change it; more
   *     than one where several callers of a module give the same
   */
  record Known(JsonNode value, List<Origin> origins) implements Value {
    public Known {
      origins = List.copyOf(origins);
    }
  }

  /** Nothing is written, or {@code null}: the provider's default holds. */
  record Unset() implements Value {}

  /**
   * It cannot be told.
   *
   * @param reason why, for a person
   */
  record Unknown(String reason) implements Value {}

  /** The text, number or boolean as a text, where it is known and one of these. */
  default Optional<String> text() {
    return this instanceof Known known && known.value.isValueNode()
        ? Optional.of(known.value.asText())
        : Optional.empty();
  }

  /** Whether it is known to be true; Terraform takes the text {@code "true"} for it. */
  default boolean isTrue() {
    return text().filter("true"::equals).isPresent();
  }

  /** Whether it is not set, or known to be other than true. */
  default boolean isCertainlyNotTrue() {
    return this instanceof Unset || text().filter(t -> !t.equals("true")).isPresent();
  }
}

package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of requests. */
final class Bodies {

  private Bodies() {}

  /**
   * A text that has to be there.
   *
   * @param resource what the request is about, for the refusal
   */
  static String text(JsonNode body, String field, String resource) {
    return optionalText(body, field, resource)
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () ->
                new RefusedException(
                    Answer.invalid(resource, field, "missing_field", field + " is missing")));
  }

  /** A text that may be left out or null. */
  static Optional<String> optionalText(JsonNode body, String field, String resource) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new RefusedException(
          Answer.invalid(resource, field, "invalid", field + " is not a string"));
    }
    return Optional.of(value.asText());
  }

  /** A list of texts; one that is left out is empty. */
  static List<String> texts(JsonNode body, String field, String resource) {
    JsonNode values = body.path(field);
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values) {
      if (!value.isTextual()) {
        throw new RefusedException(
            Answer.invalid(resource, field, "invalid", field + " is not a list of strings"));
      }
      texts.add(value.asText());
    }
    return texts;
  }
}

package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.states.paths.JsonData;
import org.jspecify.annotations.Nullable;

/** Members of a request. */
final class Parameters {

  private Parameters() {}

  /**
   * A member that has to be there.
   *
   * @throws ServiceException ValidationException
   */
  static String required(ObjectNode request, String name) {
    String value = optional(request, name);
    if (value == null || value.isEmpty()) {
      throw new ServiceException(
          400, "ValidationException", "Value at '" + name + "' must not be null");
    }
    return value;
  }

  static @Nullable String optional(ObjectNode request, String name) {
    return request.path(name).isTextual() ? request.path(name).asText() : null;
  }

  /**
   * JSON that is given as text.
   *
   * @param code the error when it is none
   * @throws ServiceException that error
   */
  static JsonNode json(String text, String code) {
    try {
      return JsonData.parse(text);
    } catch (JsonProcessingException e) {
      throw new ServiceException(400, code, "Not JSON: " + e.getOriginalMessage());
    }
  }
}

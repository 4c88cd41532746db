package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Ruler;

/** TestEventPattern. */
final class EventPatterns {

  private static final List<String> MANDATORY =
      List.of("id", "account", "source", "time", "region", "resources", "detail-type");

  private EventPatterns() {}

  /**
   * Whether an event matches a pattern.
   *
   * @throws ServiceException InvalidEventPatternException, or ValidationException for the event
   */
  static boolean matches(String pattern, String event) {
    check(pattern);
    ObjectNode parsed;
    try {
      parsed = Json.parseObject(event);
    } catch (ModelException e) {
      throw invalidEvent("it " + e.getMessage());
    }
    for (String field : MANDATORY) {
      if (!parsed.has(field)) {
        throw invalidEvent(field + " is missing");
      }
    }
    try {
      return Ruler.matchesRule(event, pattern);
    } catch (Exception e) {
      throw invalidEvent("it cannot be matched");
    }
  }

  private static void check(String pattern) {
    String problem;
    try {
      problem = JsonRuleCompiler.check(pattern);
    } catch (RuntimeException e) {
      problem = e.getMessage();
    }
    if (problem != null) {
      throw new ServiceException(
          400, "InvalidEventPatternException", "Event pattern is not valid. Reason: " + problem);
    }
  }

  private static ServiceException invalidEvent(String reason) {
    return new ServiceException(
        400, "ValidationException", "Parameter Event is not valid. Reason: " + reason);
  }
}

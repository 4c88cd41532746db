package dev.cloudmend.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/** The deployed event patterns, matched by EventBridge's own library. */
public final class EventRules {

  private final Machine machine = Machine.builder().build();

  public EventRules(Map<String, ObjectNode> patterns) {
    patterns.forEach(
        (name, pattern) -> {
          try {
            machine.addRule(name, pattern.toString());
          } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("event pattern " + name + " is not valid", e);
          }
        });
  }

  /** The names of the patterns that an event matches. */
  public List<String> matching(ObjectNode event) {
    try {
      return machine.rulesForJSONEvent(event.toString()).stream().sorted().toList();
    } catch (Exception e) {
      throw new IllegalStateException("event-ruler cannot read the event: " + e.getMessage(), e);
    }
  }
}

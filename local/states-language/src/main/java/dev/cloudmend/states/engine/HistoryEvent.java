package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;

/**
 * Something that happened in an execution, as GetExecutionHistory tells it.
 *
 * @param id counts from 1
 * @param previousEventId the event that led to this one, 0 for none
 * @param type for example {@code TaskStateEntered}
 * @param details the members of the API's details object for that type; input, output and
 *     parameters are JSON here, not text
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">
 *     HistoryEvent</a>
 */
public record HistoryEvent(
    long id, long previousEventId, Instant timestamp, String type, JsonNode details) {

  JsonNode toJson() {
    ObjectNode node = JsonData.object();
    node.put("id", id);
    node.put("previousEventId", previousEventId);
    node.put("timestamp", timestamp.toString());
    node.put("type", type);
    node.set("details", details);
    return node;
  }

  static HistoryEvent fromJson(JsonNode node) {
    return new HistoryEvent(
        node.path("id").longValue(),
        node.path("previousEventId").longValue(),
        Instant.parse(node.path("timestamp").asText()),
        node.path("type").asText(),
        node.path("details"));
  }
}

package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;

/**
 * An event on a bus, before its rules were looked at.
 *
 * @param ingested when it was accepted, ISO 8601
 * @param forwarded whether it came from another bus
 */
record AcceptedEvent(Bus bus, ObjectNode event, String ingested, boolean forwarded) {

  /** The same event may come to several buses. */
  String key() {
    return event.path("id").asText()
        + "\n"
        + bus.account()
        + "\n"
        + bus.region()
        + "\n"
        + bus.name();
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("account", bus.account()).put("region", bus.region()).put("bus", bus.name());
    json.put("ingested", ingested).put("forwarded", forwarded);
    return json.set("event", event);
  }

  static AcceptedEvent ofJson(ObjectNode json) {
    return new AcceptedEvent(
        new Bus(
            json.path("account").asText(), json.path("region").asText(), json.path("bus").asText()),
        json.withObject("/event"),
        json.path("ingested").asText(),
        json.path("forwarded").asBoolean());
  }
}

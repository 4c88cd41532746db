package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.time.Duration;
import java.time.Instant;

/**
 * One event on its way to one target.
 *
 * @param event whole
 * @param bus where the rule is
 * @param target as the API tells it
 * @param ingested when the event was accepted, ISO 8601
 * @param forwarded whether the event came from another bus already
 * @param failures how often the target did not take it
 * @param functionFailures how often the function took it and failed
 */
record Delivery(
    ObjectNode event,
    Bus bus,
    String ruleName,
    String ruleArn,
    ObjectNode target,
    String ingested,
    boolean forwarded,
    int failures,
    int functionFailures) {

  private static final int MOST_ATTEMPTS = 185;
  private static final int LONGEST_AGE = 86_400;

  static Delivery of(AcceptedEvent accepted, Rule rule, ObjectNode target) {
    return new Delivery(
        accepted.event(),
        accepted.bus(),
        rule.name(),
        rule.arn(),
        target,
        accepted.ingested(),
        accepted.forwarded(),
        0,
        0);
  }

  /** The same event, rule and target have the same key, also after a restart. */
  String key() {
    return eventId() + "\n" + ruleArn + "\n" + target.path("Id").asText();
  }

  String eventId() {
    return event.path("id").asText();
  }

  String targetArn() {
    return target.path("Arn").asText();
  }

  int mostRetries() {
    return target.path("RetryPolicy").path("MaximumRetryAttempts").asInt(MOST_ATTEMPTS);
  }

  /** After it nothing is tried again. */
  Instant end() {
    int age = target.path("RetryPolicy").path("MaximumEventAgeInSeconds").asInt(LONGEST_AGE);
    return Instant.parse(ingested).plus(Duration.ofSeconds(age));
  }

  Delivery failedAgain() {
    return new Delivery(
        event, bus, ruleName, ruleArn, target, ingested, forwarded, failures + 1, functionFailures);
  }

  Delivery functionFailedAgain() {
    return new Delivery(
        event, bus, ruleName, ruleArn, target, ingested, forwarded, failures, functionFailures + 1);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.set("event", event);
    json.put("account", bus.account()).put("region", bus.region()).put("bus", bus.name());
    json.put("ruleName", ruleName).put("ruleArn", ruleArn);
    json.set("target", target);
    json.put("ingested", ingested).put("forwarded", forwarded);
    return json.put("failures", failures).put("functionFailures", functionFailures);
  }

  static Delivery ofJson(ObjectNode json) {
    return new Delivery(
        json.withObject("/event"),
        new Bus(
            json.path("account").asText(), json.path("region").asText(), json.path("bus").asText()),
        json.path("ruleName").asText(),
        json.path("ruleArn").asText(),
        json.withObject("/target"),
        json.path("ingested").asText(),
        json.path("forwarded").asBoolean(),
        json.path("failures").asInt(),
        json.path("functionFailures").asInt());
  }
}

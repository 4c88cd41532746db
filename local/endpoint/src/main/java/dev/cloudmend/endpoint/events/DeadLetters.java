package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.model.Json;

/**
 * Sends what could not be delivered to the target's dead-letter queue, with the reason.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html">Using
 *     dead-letter queues</a>
 */
final class DeadLetters {

  private static final int ATTEMPTS = 3;

  private final Targets targets;
  private final EventSettings settings;

  DeadLetters(Targets targets, EventSettings settings) {
    this.targets = targets;
    this.settings = settings;
  }

  /**
   * Sends the original event.
   *
   * @return false when there is no queue, or it does not take the message
   */
  boolean keep(Delivery delivery, Attempt.Refused refused, Exhausted exhausted)
      throws InterruptedException {
    String queue = delivery.target().path("DeadLetterConfig").path("Arn").asText("");
    if (queue.split(":", -1).length != 6) {
      return false;
    }
    ObjectNode attributes = attributes(delivery, refused, exhausted);
    for (int attempt = 1; ; attempt++) {
      try {
        targets.send(queue, delivery.event().toString(), MissingNode.getInstance(), attributes);
        return true;
      } catch (ServiceException e) {
        if (attempt == ATTEMPTS || e.status() < 500) {
          settings.log().accept("The dead-letter queue " + queue + " takes nothing: " + e.code());
          return false;
        }
        Thread.sleep(settings.pause().apply(attempt));
      }
    }
  }

  private static ObjectNode attributes(
      Delivery delivery, Attempt.Refused refused, Exhausted exhausted) {
    ObjectNode attributes = Json.object();
    put(attributes, "RULE_ARN", delivery.ruleArn());
    put(attributes, "TARGET_ARN", delivery.targetArn());
    put(attributes, "ERROR_CODE", refused.code());
    put(attributes, "ERROR_MESSAGE", refused.message());
    if (!exhausted.condition().isEmpty()) {
      put(attributes, "EXHAUSTED_RETRY_CONDITION", exhausted.condition());
    }
    put(attributes, "RETRY_ATTEMPTS", Integer.toString(delivery.failures()));
    return attributes;
  }

  private static void put(ObjectNode attributes, String name, String value) {
    attributes.putObject(name).put("DataType", "String").put("StringValue", value);
  }
}

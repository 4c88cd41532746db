package dev.cloudmend.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The events that a deployment keeps for a person: what Intake could not read or nobody could
 * record ({@code unprocessed}), and what EventBridge could not deliver ({@code dead-letters}).
 */
public final class WaitingEvents {

  private static final int AT_ONCE = 10;

  /** How long a message that was looked at stays hidden from others, in seconds. */
  private static final int HIDDEN = 60;

  private final StackClients clients;
  private final StackParts parts;

  WaitingEvents(StackClients clients, StackParts parts) {
    this.clients = clients;
    this.parts = parts;
  }

  /**
   * One of them.
   *
   * @param id the message's id
   * @param queue the queue's name in the deployment
   * @param sentAt since when it waits, in epoch milliseconds
   * @param reason why
   * @param event the event; absent where the message holds none for the state machine
   */
  public record Waiting(
      String id, String queue, long sentAt, String reason, @Nullable ObjectNode event) {}

  /**
   * How the replay of one of them went.
   *
   * @param waiting the event
   * @param execution the execution that was started; absent where none was
   * @param problem why none was started
   */
  public record Replayed(Waiting waiting, @Nullable String execution, @Nullable String problem) {}

  /**
   * Looks at what waits; nothing is taken away.
   *
   * @param limit the most messages of each queue
   */
  public List<Waiting> list(int limit) {
    var found = new ArrayList<Waiting>();
    try (SqsClient sqs = clients.sqs()) {
      received(sqs, limit)
          .forEach(
              (message, waiting) -> {
                found.add(waiting);
                giveBack(sqs, waiting.queue(), message);
              });
    } catch (SdkException e) {
      throw Stack.failure("the queues cannot be read", e);
    }
    return List.copyOf(found);
  }

  /**
   * Starts an execution for each, and takes away those for which that worked.
   *
   * @param ids only these; empty = all
   * @param limit the most messages of each queue
   */
  public List<Replayed> replay(List<String> ids, int limit) {
    var replayed = new ArrayList<Replayed>();
    try (SqsClient sqs = clients.sqs();
        SfnClient stepFunctions = clients.stepFunctions()) {
      received(sqs, limit)
          .forEach(
              (message, waiting) -> {
                if (!ids.isEmpty() && !ids.contains(waiting.id())) {
                  giveBack(sqs, waiting.queue(), message);
                  return;
                }
                Replayed result = start(stepFunctions, waiting);
                if (result.problem() == null) {
                  sqs.deleteMessage(
                      r ->
                          r.queueUrl(parts.queues().get(waiting.queue()))
                              .receiptHandle(message.receiptHandle()));
                } else {
                  giveBack(sqs, waiting.queue(), message);
                }
                replayed.add(result);
              });
    } catch (SdkException e) {
      throw Stack.failure("the replay stopped after " + replayed.size() + " events", e);
    }
    return List.copyOf(replayed);
  }

  private Replayed start(SfnClient stepFunctions, Waiting waiting) {
    if (waiting.event() == null) {
      return new Replayed(
          waiting, null, "it holds no event for the state machine; look at it in the queue");
    }
    ObjectNode input = Json.object();
    input.set("event", waiting.event());
    input.set("run", Json.object());
    // The message's id: pressed twice it is one replay.
    String name = "replay-" + waiting.id();
    try {
      String execution =
          stepFunctions
              .startExecution(
                  r ->
                      r.stateMachineArn(parts.stateMachine("remediation"))
                          .name(name)
                          .input(input.toString()))
              .executionArn();
      return new Replayed(waiting, execution, null);
    } catch (ExecutionAlreadyExistsException e) {
      return new Replayed(waiting, name, null);
    } catch (SdkException e) {
      return new Replayed(waiting, null, String.valueOf(e.getMessage()));
    }
  }

  private Map<Message, Waiting> received(SqsClient sqs, int limit) {
    var found = new LinkedHashMap<Message, Waiting>();
    parts
        .queues()
        .forEach(
            (name, url) -> {
              int left = limit;
              while (left > 0) {
                int most = Math.min(AT_ONCE, left);
                List<Message> messages =
                    sqs.receiveMessage(
                            r ->
                                r.queueUrl(url)
                                    .maxNumberOfMessages(most)
                                    .visibilityTimeout(HIDDEN)
                                    .waitTimeSeconds(1)
                                    .messageSystemAttributeNames(
                                        MessageSystemAttributeName.SENT_TIMESTAMP)
                                    .messageAttributeNames("All"))
                        .messages();
                if (messages.isEmpty()) {
                  break;
                }
                messages.forEach(message -> found.put(message, waiting(name, message)));
                left -= messages.size();
              }
            });
    return found;
  }

  private void giveBack(SqsClient sqs, String queue, Message message) {
    sqs.changeMessageVisibility(
        r ->
            r.queueUrl(parts.queues().get(queue))
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(0));
  }

  private static Waiting waiting(String queue, Message message) {
    String sent = message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0");
    JsonNode body = body(message.body());
    return new Waiting(
        message.messageId(),
        queue,
        Long.parseLong(sent),
        reason(message, body),
        event(body).orElse(null));
  }

  private static JsonNode body(String text) {
    try {
      return Json.parse(text);
    } catch (ModelException e) {
      return MissingNode.getInstance();
    }
  }

  /** What the state machine kept has its input inside; EventBridge keeps the input itself. */
  private static Optional<ObjectNode> event(JsonNode body) {
    for (JsonNode place : List.of(body.at("/input/event"), body.path("event"), body)) {
      if (place instanceof ObjectNode event && event.hasNonNull("detail-type")) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private static String reason(Message message, JsonNode body) {
    if (body.hasNonNull("caught")) {
      JsonNode caught = body.path("caught");
      return caught.path("Error").asText() + ": " + detail(caught.path("Cause").asText());
    }
    return Optional.ofNullable(message.messageAttributes().get("ERROR_MESSAGE"))
        .map(value -> value.stringValue())
        .orElse("EventBridge could not deliver it");
  }

  private static String detail(String cause) {
    try {
      return Json.parse(cause).path("errorMessage").asText(cause);
    } catch (ModelException e) {
      return cause;
    }
  }
}

package dev.cloudmend.endpoint.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ExecutionStarter;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.states.paths.PathSyntaxException;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Gives events to targets: state machines, functions, queues and other buses. */
final class Targets {

  private static final Pattern MISSING =
      Pattern.compile(".*(DoesNotExist|NotFound|NonExistent).*", Pattern.DOTALL);
  private static final Pattern THROTTLED =
      Pattern.compile(".*(Throttl|TooManyRequests|LimitExceeded).*", Pattern.DOTALL);

  private final Upstream upstream;
  private final ExecutionStarter executions;
  private final FunctionCaller functions;
  private final Consumer<AcceptedEvent> buses;

  /**
   * Makes it.
   *
   * @param buses takes events for other buses
   */
  Targets(
      Upstream upstream,
      ExecutionStarter executions,
      FunctionCaller functions,
      Consumer<AcceptedEvent> buses) {
    this.upstream = upstream;
    this.executions = executions;
    this.functions = functions;
    this.buses = buses;
  }

  /** Tries once. */
  Attempt deliver(Delivery delivery) throws InterruptedException {
    try {
      return deliver(delivery, TargetInput.of(delivery));
    } catch (ModelException e) {
      return new Attempt.Refused("INVALID_JSON", "The target's input is not JSON", false);
    } catch (PathSyntaxException e) {
      return new Attempt.Refused("INVALID_PARAMETER", "A path of the target is not valid", false);
    } catch (ServiceException e) {
      return refused(e);
    }
  }

  private Attempt deliver(Delivery delivery, String input) throws InterruptedException {
    String arn = delivery.targetArn();
    String[] parts = arn.split(":", 6);
    String service = parts.length == 6 ? parts[2] : "";
    return switch (service) {
      case "states" -> start(delivery, Json.parse(input));
      case "lambda" -> call(arn, Json.parse(input));
      case "sqs" -> {
        send(arn, input, delivery.target().path("SqsParameters"), Json.object());
        yield new Attempt.Delivered();
      }
      case "events" -> forward(delivery, input);
      default ->
          new Attempt.Refused("SDK_CLIENT_ERROR", "Targets of this kind get no events here", false);
    };
  }

  private Attempt start(Delivery delivery, JsonNode input) {
    // The event's id and a UUID, as in AWS; here always the same one, so that a delivery that is
    // repeated after a crash starts nothing twice.
    String name = delivery.eventId() + "_" + UUID.nameUUIDFromBytes(delivery.key().getBytes(UTF_8));
    try {
      executions.start(delivery.targetArn(), name, input);
    } catch (ServiceException e) {
      if (!e.code().equals("ExecutionAlreadyExists")) {
        throw e;
      }
    }
    return new Attempt.Delivered();
  }

  private Attempt call(String arn, JsonNode input) throws InterruptedException {
    FunctionCaller.Result result = functions.invoke(arn, input);
    return result.error().isEmpty()
        ? new Attempt.Delivered()
        : new Attempt.FunctionFailed(result.payload().path("errorType").asText("unknown"));
  }

  private Attempt forward(Delivery delivery, String input) {
    if (!Bus.isArn(delivery.targetArn())) {
      return new Attempt.Refused("SDK_CLIENT_ERROR", "The target is no event bus", false);
    }
    if (delivery.forwarded()) {
      return new Attempt.Refused(
          "THIRD_ACCOUNT_HOP_DETECTED", "The event came from another bus already", false);
    }
    Bus bus = Bus.of(delivery.targetArn(), "", "");
    ObjectNode event = Json.parseObject(input);
    buses.accept(new AcceptedEvent(bus, event, delivery.ingested(), true));
    return new Attempt.Delivered();
  }

  /**
   * Sends a message to a queue.
   *
   * @throws ServiceException when the queue does not take it
   */
  void send(String queue, String body, JsonNode parameters, ObjectNode attributes) {
    String[] parts = queue.split(":", 6);
    Upstream.Caller caller = upstream.callerOf(parts[4], parts[3]);
    String url =
        upstream
            .call(
                caller,
                "sqs",
                "GetQueueUrl",
                Json.object().put("QueueName", parts[5]).put("QueueOwnerAWSAccountId", parts[4]))
            .path("QueueUrl")
            .asText();
    ObjectNode message = Json.object().put("QueueUrl", url).put("MessageBody", body);
    if (parameters.hasNonNull("MessageGroupId")) {
      message.set("MessageGroupId", parameters.path("MessageGroupId"));
    }
    if (!attributes.isEmpty()) {
      message.set("MessageAttributes", attributes);
    }
    upstream.call(caller, "sqs", "SendMessage", message);
  }

  private static Attempt refused(ServiceException e) {
    String message = e.code() + ": " + e.getMessage();
    if (e.status() == 404 || MISSING.matcher(e.code()).matches()) {
      return new Attempt.Refused("NO_RESOURCE", message, false);
    }
    if (e.status() == 403 || e.code().startsWith("AccessDenied")) {
      return new Attempt.Refused("NO_PERMISSIONS", message, false);
    }
    if (e.status() == 429 || THROTTLED.matcher(e.code()).matches()) {
      return new Attempt.Refused("THROTTLING", message, true);
    }
    return e.status() >= 500
        ? new Attempt.Refused("ERROR_FROM_TARGET", message, true)
        : new Attempt.Refused("INVALID_PARAMETER", message, false);
  }
}

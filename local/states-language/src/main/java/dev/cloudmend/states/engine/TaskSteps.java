package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.definition.State;
import dev.cloudmend.states.definition.TaskResource;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Task states: calls their handlers, and takes in what handlers and token holders answer. */
final class TaskSteps {

  private final Run run;
  private final Steps steps;

  TaskSteps(Run run, Steps steps) {
    this.run = run;
    this.steps = steps;
  }

  void begin(Branch branch, State.Task task) {
    TaskResource resource = task.resource();
    String token =
        resource.waitForTaskToken()
            ? TaskToken.create(run.execution.arn(), run.surroundings.random())
            : null;
    Scope scope = run.scope(branch, token);
    Scope selected = scope.withInput(task.flow().select(scope));
    JsonNode input = Steps.checked(task.flow().effectiveInput(scope), task.name());
    Optional<Integer> timeout =
        task.timeoutSeconds().map(n -> n.resolve(selected, "TimeoutSecondsPath", 1));
    Optional<Integer> heartbeat =
        task.heartbeatSeconds().map(n -> n.resolve(selected, "HeartbeatSecondsPath", 1));
    TaskHandler handler =
        run.surroundings
            .handlers()
            .apply(resource.integration())
            .orElseThrow(
                () ->
                    new EvaluationException(
                        ErrorNames.RUNTIME,
                        "Nothing here handles '" + resource.integration() + "'"));
    schedule(branch, resource, input, timeout, heartbeat);

    Instant now = run.now();
    var call =
        new Activity.Call(
            run.threads.nextAttempt(),
            token,
            timeout.map(now::plusSeconds).orElse(null),
            heartbeat.orElse(0));
    call.beat(now);
    run.become(branch, new Activity.Calling(call));
    run.threads.start(call.attempt, handler, resource.integration(), parameters(resource, input));
  }

  private void schedule(
      Branch branch,
      TaskResource resource,
      JsonNode input,
      Optional<Integer> timeout,
      Optional<Integer> heartbeat) {
    ObjectNode scheduled = JsonData.object();
    if (resource.function()) {
      scheduled.put("resource", resource.arn());
      scheduled.set("input", input);
    } else {
      scheduled.setAll(named(resource));
      scheduled.set("parameters", input);
    }
    timeout.ifPresent(seconds -> scheduled.put("timeoutInSeconds", seconds));
    heartbeat.ifPresent(seconds -> scheduled.put("heartbeatInSeconds", seconds));
    run.event(branch, prefix(resource) + "Scheduled", scheduled);
    run.event(branch, prefix(resource) + "Started", named(resource));
  }

  /** A function's own ARN as Resource is called as the lambda:invoke integration would. */
  private static JsonNode parameters(TaskResource resource, JsonNode input) {
    if (!resource.function()) {
      return input;
    }
    ObjectNode invoke = JsonData.object();
    invoke.put("FunctionName", resource.arn());
    invoke.set("Payload", input);
    return invoke;
  }

  /** A handler has returned. */
  void handlerEnded(Message.TaskEnded message) {
    run.threads.ended(message.attempt());
    for (Branch branch : run.leaves()) {
      if (branch.current().activity instanceof Activity.Calling(var call)
          && call.attempt == message.attempt()) {
        steps.attempt(branch, () -> handlerEnded(branch, call, message));
        return;
      }
    }
  }

  private void handlerEnded(Branch branch, Activity.Call call, Message.TaskEnded message) {
    Instant expiry = call.expiry();
    if (expiry != null && !message.at().isBefore(expiry)) {
      expire(branch, call);
    } else if (message.failure() != null) {
      fail(branch, failure(message.failure()), "Failed");
    } else if (message.result() != null) {
      returned(branch, call, message.result());
    }
  }

  private void returned(Branch branch, Activity.Call call, JsonNode answer) {
    TaskResource resource = resource(branch);
    JsonNode payload = answer.get("Payload");
    JsonNode result = resource.function() && payload != null ? payload : answer;
    if (call.token == null) {
      succeed(branch, result);
      return;
    }
    run.event(branch, "TaskSubmitted", withOutput(resource, result));
    run.become(branch, new Activity.AwaitingToken(call));
  }

  /** Takes an answer for a token; false when no task waits for it. */
  boolean answered(Message.Answer answer) {
    for (Branch branch : run.leaves()) {
      Activity.Call call = call(branch);
      if (call != null && answer.token().equals(call.token)) {
        switch (answer) {
          case Message.Heartbeat heartbeat -> call.beat(run.now());
          case Message.Success success ->
              steps.attempt(branch, () -> succeed(branch, success.output()));
          case Message.Refusal refusal -> fail(branch, failure(refusal.failure()), "Failed");
        }
        return true;
      }
    }
    return false;
  }

  private static Activity.@Nullable Call call(Branch branch) {
    return switch (branch.current().activity) {
      case Activity.Calling(var call) -> call;
      case Activity.AwaitingToken(var call) -> call;
      default -> null;
    };
  }

  private void succeed(Branch branch, JsonNode result) {
    TaskResource resource = resource(branch);
    if (JsonData.exceedsLimit(result)) {
      fail(
          branch,
          Failure.tooLarge(resource.function() ? resource.arn() : resource.service()),
          "Failed");
      return;
    }
    run.event(branch, prefix(resource) + "Succeeded", withOutput(resource, result));
    steps.complete(branch, result);
  }

  /** The task has used up its time, or its holder no longer gives signs of life. */
  void expire(Branch branch, Activity.Call call) {
    fail(branch, Failure.timeout(call.lacksHeartbeat()), "TimedOut");
  }

  private void fail(Branch branch, Failure failure, String event) {
    TaskResource resource = resource(branch);
    ObjectNode details = named(resource);
    details.setAll(failure.details());
    run.event(branch, prefix(resource) + event, details);
    steps.fail(branch, failure);
  }

  private static Failure failure(Message.TaskError error) {
    return new Failure(error.error(), error.cause(), false);
  }

  private static TaskResource resource(Branch branch) {
    return ((State.Task) branch.current().state).resource();
  }

  private static String prefix(TaskResource resource) {
    return resource.function() ? "LambdaFunction" : "Task";
  }

  private static ObjectNode named(TaskResource resource) {
    ObjectNode details = JsonData.object();
    if (!resource.function()) {
      details.put("resourceType", resource.service());
      details.put("resource", resource.historyName());
    }
    return details;
  }

  private static ObjectNode withOutput(TaskResource resource, JsonNode output) {
    ObjectNode details = named(resource);
    details.set("output", output);
    return details;
  }
}

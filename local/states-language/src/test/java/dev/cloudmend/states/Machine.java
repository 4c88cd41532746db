package dev.cloudmend.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.ExecutionStore;
import dev.cloudmend.states.durable.InMemoryExecutionStore;
import dev.cloudmend.states.engine.HistoryEvent;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.engine.TaskHandler;
import dev.cloudmend.states.engine.VirtualClock;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A state machine under test, on a virtual clock that begins at {@link #START}. */
public final class Machine {

  public static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  public static final String ARN =
      "arn:aws:states:us-east-1:123456789012:stateMachine:machine-under-test";

  public final VirtualClock clock = new VirtualClock(START);

  private final StateMachineDefinition definition;
  private final Map<String, TaskHandler> handlers = new HashMap<>();
  private ExecutionStore store = new InMemoryExecutionStore();

  private Machine(String json) {
    definition = StateMachineDefinition.parse(json);
  }

  public static Machine of(String json) {
    return new Machine(json);
  }

  public Machine handling(String integration, TaskHandler handler) {
    handlers.put(integration, handler);
    return this;
  }

  /** What lambda:invoke answers with, given FunctionName and Payload. */
  public Machine lambda(Lambda lambda) {
    return handling(
        "lambda:invoke",
        (integration, parameters) -> {
          JsonNode payload =
              lambda.invoke(parameters.path("FunctionName").asText(), parameters.path("Payload"));
          return JsonData.object().put("StatusCode", 200).set("Payload", payload);
        });
  }

  public Machine storedIn(ExecutionStore value) {
    store = value;
    return this;
  }

  public Interpreter interpreter() {
    return Interpreter.builder().tasks(handlers).clock(clock).executionStore(store).build();
  }

  public ExecutionResult run(String input) {
    return interpreter().start(definition, ARN, "run", json(input));
  }

  public static JsonNode json(String text) {
    try {
      return JsonData.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static List<String> types(ExecutionResult result) {
    return result.history().stream().map(HistoryEvent::type).toList();
  }

  /** A function of a machine under test. */
  @FunctionalInterface
  public interface Lambda {
    JsonNode invoke(String functionName, JsonNode payload)
        throws TaskFailedException, InterruptedException;
  }
}

package dev.cloudmend.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.assessor.AssessorHandler;
import dev.cloudmend.auditwriter.AuditWriterHandler;
import dev.cloudmend.decider.DeciderHandler;
import dev.cloudmend.diagnoser.DiagnoserHandler;
import dev.cloudmend.intake.IntakeHandler;
import dev.cloudmend.model.Json;
import dev.cloudmend.propener.PrOpenerHandler;
import dev.cloudmend.remediator.RemediatorHandler;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.engine.TaskHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The suite's functions, called as Lambda calls them: serialised JSON in, serialised JSON or an
 * error document out.
 */
final class Functions implements TaskHandler, AutoCloseable {

  private static final Map<String, Function<Map<String, Object>, RequestStreamHandler>> HANDLERS =
      Map.of(
          "intake", IntakeHandler::new,
          "assessor", AssessorHandler::new,
          "diagnoser", DiagnoserHandler::new,
          "decider", DeciderHandler::new,
          "remediator", RemediatorHandler::new,
          "pr-opener", PrOpenerHandler::new,
          "audit-writer", AuditWriterHandler::new);

  private final Map<String, Object> settings;
  private final Map<String, RequestStreamHandler> started = new ConcurrentHashMap<>();

  Functions(Map<String, Object> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Step Functions' {@code lambda:invoke}: parameters {@code FunctionName} and {@code Payload}. */
  @Override
  public JsonNode run(String integration, JsonNode parameters) throws TaskFailedException {
    String name = parameters.path("FunctionName").asText();
    JsonNode payload = invoke(name, parameters.path("Payload"));
    ObjectNode result = Json.object();
    result.put("StatusCode", 200);
    result.put("ExecutedVersion", "$LATEST");
    result.set("Payload", payload);
    return result;
  }

  /**
   * Calls a function.
   *
   * @throws TaskFailedException with the class name of what it threw, and its error document
   */
  JsonNode invoke(String name, JsonNode input) throws TaskFailedException {
    var out = new ByteArrayOutputStream();
    try {
      handler(name)
          .handleRequest(
              new ByteArrayInputStream(input.toString().getBytes(StandardCharsets.UTF_8)),
              out,
              new LocalContext(name));
      return Json.parse(out.toString(StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      ObjectNode cause = Json.object();
      cause.put("errorMessage", String.valueOf(e.getMessage()));
      cause.put("errorType", e.getClass().getName());
      throw new TaskFailedException(e.getClass().getName(), cause.toString());
    }
  }

  private RequestStreamHandler handler(String name) throws TaskFailedException {
    var make = HANDLERS.get(name);
    if (make == null) {
      throw new TaskFailedException(
          "Lambda.ResourceNotFoundException", "there is no function " + name);
    }
    return started.computeIfAbsent(name, n -> make.apply(settings));
  }

  @Override
  public void close() {
    for (RequestStreamHandler handler : started.values()) {
      if (handler instanceof dev.cloudmend.function.JsonFunction<?, ?> function) {
        function.close();
      }
    }
  }
}

package dev.cloudmend.auditwriter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Lambda function {@code audit-writer}. */
public final class AuditWriterHandler extends JsonFunction<AuditWriterHandler.Input, JsonNode> {

  /**
   * What the state machine asks for.
   *
   * @param action {@code open} or {@code close}
   * @param incident with {@code open}: the incident
   * @param execution with {@code open}: the execution's ARN
   * @param state with {@code close}: the incident's state, with {@code failedStep} and {@code
   *     caught} where a Catch put them
   */
  public record Input(
      String action,
      @Nullable Incident incident,
      @Nullable String execution,
      @Nullable JsonNode state) {}

  private final AuditWriter writer = bean(AuditWriter.class);

  public AuditWriterHandler() {
    this(Map.of());
  }

  public AuditWriterHandler(Map<String, Object> settings) {
    super(Input.class, settings);
  }

  @Override
  protected JsonNode handle(Input input) {
    return switch (input.action()) {
      case "open" ->
          Json.toTree(
              writer.open(
                  required(input.incident(), "incident"),
                  required(input.execution(), "execution")));
      case "close" -> {
        JsonNode state = required(input.state(), "state");
        Closed closed =
            writer.close(
                Json.fromTree(state, IncidentState.class),
                Optional.ofNullable(state.get("failedStep")).map(JsonNode::asText),
                Optional.ofNullable(state.get("caught")));
        new EndMetrics().closed(closed);
        yield Json.toTree(closed);
      }
      default ->
          throw new ModelException(
              "the action '" + input.action() + "' is not known; expected open or close");
    };
  }

  @Override
  protected String correlationOf(Input input) {
    if (input.incident() != null) {
      return input.incident().incidentId();
    }
    return input.state() == null ? "" : input.state().path("incidentId").asText("");
  }
}

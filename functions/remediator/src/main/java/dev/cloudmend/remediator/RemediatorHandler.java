package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Lambda function {@code remediator}. */
public final class RemediatorHandler extends JsonFunction<RemediatorHandler.Input, JsonNode> {

  /**
   * What a state machine asks for.
   *
   * @param action {@code apply} or {@code verify} with an {@link IncidentState}, {@code undo} or
   *     {@code verify-undo} with an {@link UndoState}
   * @param state the state; of {@code undo} what the person asked for
   * @param execution of {@code undo} the execution that does it
   */
  public record Input(String action, JsonNode state, @Nullable String execution) {}

  private final Remediator remediator = bean(Remediator.class);
  private final Undoer undoer = bean(Undoer.class);

  public RemediatorHandler() {
    this(Map.of());
  }

  public RemediatorHandler(Map<String, Object> settings) {
    super(Input.class, settings);
  }

  @Override
  protected JsonNode handle(Input input) {
    JsonNode state = input.state();
    return Json.toTree(
        switch (input.action()) {
          case "apply" -> remediator.apply(Json.fromTree(state, IncidentState.class));
          case "verify" -> remediator.verify(Json.fromTree(state, IncidentState.class));
          case "undo" -> undoer.undo(Json.fromTree(request(input), UndoState.class));
          case "verify-undo" -> undoer.verify(Json.fromTree(state, UndoState.class));
          default ->
              throw new ModelException(
                  "the action '"
                      + input.action()
                      + "' is not known; expected apply, verify, undo or verify-undo");
        });
  }

  /** What the person asked for does not say which execution it became. */
  private static JsonNode request(Input input) {
    if (!(input.state() instanceof ObjectNode asked)) {
      throw new ModelException("the state of an undo is no object");
    }
    ObjectNode request = asked.deepCopy();
    request.put("execution", required(input.execution(), "execution"));
    return request;
  }

  @Override
  protected String correlationOf(Input input) {
    return input.state().path("incidentId").asText("");
  }
}

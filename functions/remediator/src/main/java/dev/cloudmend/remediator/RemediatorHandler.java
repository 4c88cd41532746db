package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.Map;

/** The Lambda function {@code remediator}. */
public final class RemediatorHandler extends JsonFunction<RemediatorHandler.Input, JsonNode> {

  /**
   * What a state machine asks for.
   *
   * @param action {@code apply} or {@code verify} with an {@link IncidentState}, {@code undo} or
   *     {@code verify-undo} with an {@link UndoState}
   * @param state the state
   */
  public record Input(String action, JsonNode state) {}

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
          case "undo" -> undoer.undo(Json.fromTree(state, UndoState.class));
          case "verify-undo" -> undoer.verify(Json.fromTree(state, UndoState.class));
          default ->
              throw new ModelException(
                  "the action '"
                      + input.action()
                      + "' is not known; expected apply, verify, undo or verify-undo");
        });
  }

  @Override
  protected String correlationOf(Input input) {
    return input.state().path("incidentId").asText("");
  }
}

package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Lambda function {@code pr-opener}. */
public final class PrOpenerHandler extends JsonFunction<PrOpenerHandler.Input, JsonNode> {

  /**
   * What is asked for.
   *
   * @param action {@code open}, by the state machine; or {@code sweep}, by the clock
   * @param state with {@code open}: the incident's {@link IncidentState}
   */
  public record Input(String action, @Nullable JsonNode state) {}

  private final Opener opener = bean(Opener.class);
  private final Sweep sweep = bean(Sweep.class);

  public PrOpenerHandler() {
    this(Map.of());
  }

  public PrOpenerHandler(Map<String, Object> settings) {
    super(Input.class, settings);
  }

  @Override
  protected JsonNode handle(Input input) {
    return Json.toTree(
        switch (input.action()) {
          case "open" ->
              opener.open(Json.fromTree(required(input.state(), "state"), IncidentState.class));
          case "sweep" -> sweep.sweep();
          default ->
              throw new ModelException(
                  "the action '"
                      + Text.shown(input.action(), 100)
                      + "' is not known; expected open or sweep");
        });
  }

  @Override
  protected String correlationOf(Input input) {
    return input.state() == null ? "sweep" : input.state().path("incidentId").asText("");
  }
}

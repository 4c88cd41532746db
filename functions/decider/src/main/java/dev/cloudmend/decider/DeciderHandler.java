package dev.cloudmend.decider;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import java.util.Map;

/** The Lambda function {@code decider}. */
public final class DeciderHandler extends JsonFunction<IncidentState, IncidentState> {

  private final Decider decider = bean(Decider.class);

  public DeciderHandler() {
    this(Map.of());
  }

  public DeciderHandler(Map<String, Object> settings) {
    super(IncidentState.class, settings);
  }

  @Override
  protected IncidentState handle(IncidentState state) {
    return decider.decide(state);
  }

  @Override
  protected String correlationOf(IncidentState state) {
    return state.incidentId();
  }
}

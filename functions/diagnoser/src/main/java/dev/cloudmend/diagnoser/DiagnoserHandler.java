package dev.cloudmend.diagnoser;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import java.util.Map;

/** The Lambda function {@code diagnoser}. */
public final class DiagnoserHandler extends JsonFunction<IncidentState, IncidentState> {

  private final Diagnoser diagnoser = bean(Diagnoser.class);

  public DiagnoserHandler() {
    this(Map.of());
  }

  public DiagnoserHandler(Map<String, Object> settings) {
    super(IncidentState.class, settings);
  }

  @Override
  protected IncidentState handle(IncidentState state) {
    return diagnoser.diagnose(state);
  }

  @Override
  protected String correlationOf(IncidentState state) {
    return state.incidentId();
  }
}

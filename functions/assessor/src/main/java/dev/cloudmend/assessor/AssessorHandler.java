package dev.cloudmend.assessor;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import java.util.Map;

/** The Lambda function {@code assessor}. */
public final class AssessorHandler extends JsonFunction<IncidentState, IncidentState> {

  private final Assessor assessor = bean(Assessor.class);

  public AssessorHandler() {
    this(Map.of());
  }

  public AssessorHandler(Map<String, Object> settings) {
    super(IncidentState.class, settings);
  }

  @Override
  protected IncidentState handle(IncidentState state) {
    return assessor.assess(state);
  }

  @Override
  protected String correlationOf(IncidentState state) {
    return state.incidentId();
  }
}

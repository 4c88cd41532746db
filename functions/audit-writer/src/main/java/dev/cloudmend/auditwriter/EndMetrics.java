package dev.cloudmend.auditwriter;

import dev.cloudmend.function.FunctionMetrics;
import java.util.Map;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** How incidents end, and whether they may end with a change, in CloudWatch. */
final class EndMetrics implements Closer.Told {

  /** One incident, by its outcome. */
  @Override
  public void closed(Closed closed) {
    FunctionMetrics.send(
        Map.of("outcome", closed.outcome().name()),
        metrics -> metrics.addMetric("IncidentsClosed", 1, MetricUnit.COUNT));
  }

  @Override
  public void stopSwitch(boolean on) {
    FunctionMetrics.send(
        Map.of(), metrics -> metrics.addMetric("StopSwitch", on ? 1 : 0, MetricUnit.COUNT));
  }
}

package dev.cloudmend.auditwriter;

import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** How incidents end, in CloudWatch. */
final class EndMetrics {

  private EndMetrics() {}

  /** Elsewhere than in Lambda the metrics library would look for an agent on the network. */
  static void count(Closed closed) {
    if (System.getenv("AWS_LAMBDA_FUNCTION_NAME") == null) {
      return;
    }
    Metrics metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace("Cloudmend");
    metrics.addDimension("outcome", closed.outcome().name());
    metrics.addMetric("IncidentsClosed", 1, MetricUnit.COUNT);
    metrics.flush();
  }
}

package dev.cloudmend.diagnoser;

import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Diagnosis.Origin;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** What asking Claude takes, in CloudWatch. */
final class DiagnosisMetrics {

  private DiagnosisMetrics() {}

  /** Elsewhere than in Lambda the metrics library would look for an agent on the network. */
  static void count(Diagnosis diagnosis) {
    if (System.getenv("AWS_LAMBDA_FUNCTION_NAME") == null) {
      return;
    }
    Metrics metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace("Cloudmend");
    metrics.addDimension("origin", diagnosis.origin().name());
    ModelCall call = diagnosis.call();
    if (call != null) {
      metrics.addMetric("DiagnosisMillis", (double) call.millis(), MetricUnit.MILLISECONDS);
      metrics.addMetric("DiagnosisInputTokens", call.inputTokens(), MetricUnit.COUNT);
      metrics.addMetric("DiagnosisOutputTokens", call.outputTokens(), MetricUnit.COUNT);
    }
    metrics.addMetric(
        "DiagnosisFallback", diagnosis.origin() == Origin.PLAYBOOK ? 1 : 0, MetricUnit.COUNT);
    metrics.flush();
  }
}

package dev.cloudmend.diagnoser;

import dev.cloudmend.function.FunctionMetrics;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Diagnosis.Origin;
import java.util.Map;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** What asking Claude takes, in CloudWatch. */
final class DiagnosisMetrics {

  private DiagnosisMetrics() {}

  static void count(Diagnosis diagnosis) {
    FunctionMetrics.send(
        Map.of("origin", diagnosis.origin().name()),
        metrics -> {
          ModelCall call = diagnosis.call();
          if (call != null) {
            metrics.addMetric("DiagnosisMillis", (double) call.millis(), MetricUnit.MILLISECONDS);
            metrics.addMetric("DiagnosisInputTokens", call.inputTokens(), MetricUnit.COUNT);
            metrics.addMetric("DiagnosisOutputTokens", call.outputTokens(), MetricUnit.COUNT);
          }
          metrics.addMetric(
              "DiagnosisFallback", diagnosis.origin() == Origin.PLAYBOOK ? 1 : 0, MetricUnit.COUNT);
        });
  }
}

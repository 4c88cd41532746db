package dev.cloudmend.propener;

import dev.cloudmend.function.FunctionMetrics;
import dev.cloudmend.model.Diagnosis.ModelCall;
import java.util.Map;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** What asking Claude for a block takes, in CloudWatch. */
final class AuthorMetrics {

  private AuthorMetrics() {}

  static void count(ModelCall call) {
    FunctionMetrics.send(
        Map.of(),
        metrics -> {
          metrics.addMetric("BlockMillis", (double) call.millis(), MetricUnit.MILLISECONDS);
          metrics.addMetric("BlockInputTokens", call.inputTokens(), MetricUnit.COUNT);
          metrics.addMetric("BlockOutputTokens", call.outputTokens(), MetricUnit.COUNT);
        });
  }
}

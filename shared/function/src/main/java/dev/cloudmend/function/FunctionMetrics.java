package dev.cloudmend.function;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;

/** Metrics of the functions, in CloudWatch. */
public final class FunctionMetrics {

  private static final String NAMESPACE = "Cloudmend";

  private FunctionMetrics() {}

  /**
   * Sends metrics, in Lambda. Elsewhere nothing is sent and {@code content} is not called: the
   * metrics library would look for an agent on the network.
   *
   * @param dimensions by name, beside {@code Deployment}, the deployment's prefix ({@code
   *     CLOUDMEND_DEPLOYMENT}); an alarm has to name all of them
   * @param content adds the metrics
   */
  public static void send(Map<String, String> dimensions, Consumer<Metrics> content) {
    if (System.getenv("AWS_LAMBDA_FUNCTION_NAME") == null) {
      return;
    }
    var all = new TreeMap<>(dimensions);
    all.put("Deployment", deployment());
    Metrics metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace(NAMESPACE);
    // One that is added otherwise becomes a set of its own, beside sets that the library makes.
    metrics.setDefaultDimensions(DimensionSet.of(all));
    content.accept(metrics);
    metrics.flush();
  }

  private static String deployment() {
    return Optional.ofNullable(System.getenv("CLOUDMEND_DEPLOYMENT"))
        .filter(name -> !name.isBlank())
        .orElse("cloudmend");
  }
}

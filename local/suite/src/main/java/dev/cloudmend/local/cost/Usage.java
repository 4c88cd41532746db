package dev.cloudmend.local.cost;

import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Json;
import java.util.Map;
import java.util.Objects;

/**
 * What findings and an idle deployment take.
 *
 * @param measuredAt the day on which it was measured
 * @param finding the finding that it was measured with
 * @param scenarios by {@link #scenario}'s name: what one finding takes
 * @param question what is sent to Claude about one finding
 * @param memory function -> megabytes, as Terraform sets them
 * @param idle what is there without a finding
 * @param metrics custom metrics of findings, without Claude
 * @param metricsWithClaude the same where Claude is asked
 * @param assumed what was not measured, by name
 */
public record Usage(
    String measuredAt,
    String finding,
    Map<String, Scenario> scenarios,
    Question question,
    Map<String, Integer> memory,
    Idle idle,
    Map<String, Integer> metrics,
    Map<String, Integer> metricsWithClaude,
    Map<String, Assumption> assumed) {

  /** A year's hours over twelve. */
  static final double HOURS_A_MONTH = 730;

  private static final double MINUTES = 60;

  /** Claude's smallest prompt that is kept in the cache, in tokens. */
  private static final int LEAST_CACHED = 1024;

  public Usage {
    scenarios = Map.copyOf(scenarios);
    memory = Map.copyOf(memory);
    metrics = Map.copyOf(metrics);
    metricsWithClaude = Map.copyOf(metricsWithClaude);
    assumed = Map.copyOf(assumed);
  }

  /**
   * What one finding takes, from the event to the close.
   *
   * @param transitions state transitions
   * @param stateMachineLogBytes what Step Functions logs
   * @param eventBytes the event
   * @param storedBytes what stays in the tables, indexes included
   * @param functions by name
   */
  public record Scenario(
      long transitions,
      long stateMachineLogBytes,
      long eventBytes,
      long storedBytes,
      Map<String, Calls> functions) {

    public Scenario {
      functions = Map.copyOf(functions);
    }
  }

  /**
   * The calls of a function for one finding.
   *
   * @param calls how many
   * @param readUnits DynamoDB's read request units, all calls together
   * @param writeUnits its write request units, all calls together
   * @param millis the median of a call to a warm function on the machine that measured
   */
  public record Calls(int calls, double readUnits, double writeUnits, double millis) {}

  /**
   * A question to Claude.
   *
   * @param model the model or inference profile that is asked by default
   * @param fixedCharacters the part that is the same in each, which can be cached
   * @param findingCharacters the rest
   */
  public record Question(String model, int fixedCharacters, int findingCharacters) {}

  /**
   * What is there without a finding.
   *
   * @param alarmMetrics metrics that alarms look at; CloudWatch bills them, not the alarms
   * @param alarmMetricsOfClaude those that are added where Claude is asked
   * @param dashboards how many
   * @param hourlyMetrics custom metrics that the sweep sends
   * @param sweepReadUnits DynamoDB's read request units of a sweep
   */
  public record Idle(
      int alarmMetrics,
      int alarmMetricsOfClaude,
      int dashboards,
      int hourlyMetrics,
      double sweepReadUnits) {}

  /**
   * A figure that was not measured.
   *
   * @param why why it is as it is
   */
  public record Assumption(double value, String why) {}

  /** The figures that come with Cloudmend. */
  public static Usage standard() {
    return Json.fromTree(Json.parse(Prices.resource("usage.json")), Usage.class);
  }

  Scenario scenario(boolean isApplied, boolean asksClaude) {
    String name = scenarioName(isApplied, asksClaude);
    return Objects.requireNonNull(scenarios.get(name), name);
  }

  static String scenarioName(boolean isApplied, boolean asksClaude) {
    return (isApplied ? "applied" : "planned") + (asksClaude ? "WithClaude" : "");
  }

  double assumed(String name) {
    return Objects.requireNonNull(assumed.get(name), name).value();
  }

  /**
   * A call to Claude about one finding, in tokens.
   *
   * @param findsCached whether the fixed part is still in the cache from the question before
   */
  public ModelCall call(boolean findsCached) {
    int fixed = tokens(question.fixedCharacters());
    int rest = tokens(question.findingCharacters());
    boolean isCacheable = fixed >= LEAST_CACHED;
    return new ModelCall(
        question.model(),
        "",
        "",
        1,
        Math.round(assumed("claudeMillis")),
        isCacheable ? rest : fixed + rest,
        tokens(assumed("answerCharacters")),
        isCacheable && findsCached ? fixed : 0,
        isCacheable && !findsCached ? fixed : 0,
        null);
  }

  /**
   * The share of questions that find the fixed part in the cache, if findings come at random times.
   *
   * @param findings how many in the month
   */
  public double cachedShare(long findings) {
    double before = findings * assumed("cacheMinutes") / (HOURS_A_MONTH * MINUTES);
    return 1 - Math.exp(-before);
  }

  private int tokens(double characters) {
    return (int) Math.ceil(characters / assumed("charactersPerToken"));
  }
}

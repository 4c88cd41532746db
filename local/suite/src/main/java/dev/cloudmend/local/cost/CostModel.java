package dev.cloudmend.local.cost;

import static dev.cloudmend.local.cost.Usage.HOURS_A_MONTH;

import dev.cloudmend.local.cost.Usage.Calls;
import dev.cloudmend.local.cost.Usage.Idle;
import dev.cloudmend.local.cost.Usage.Scenario;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Puts prices and measured figures together. */
public final class CostModel {

  private static final double BYTES_A_GB = 1e9;
  private static final double MB_A_GB = 1024;
  private static final double MILLIS = 1000;
  private static final String CLOSER = "closer";

  private final Prices prices;
  private final Usage usage;

  public CostModel(Prices prices, Usage usage) {
    this.prices = prices;
    this.usage = usage;
  }

  /**
   * What a month costs, tokens of Claude apart.
   *
   * @param findings how many in the month
   * @param applied the share of them that is applied, from 0 to 1; the others are planned
   * @param asksClaude whether Claude is asked about each
   * @param takesFreeTier whether the always-free tiers are taken off, as if nothing else in the
   *     account used them
   */
  public Map<Part, Double> month(
      long findings, double applied, boolean asksClaude, boolean takesFreeTier) {
    var counted = new Counted();
    idle(counted, asksClaude);
    findings(counted, usage.scenario(true, asksClaude), findings * applied, asksClaude);
    findings(counted, usage.scenario(false, asksClaude), findings * (1 - applied), asksClaude);
    Map<String, Integer> metrics = asksClaude ? usage.metricsWithClaude() : usage.metrics();
    metrics
        .values()
        .forEach(
            series ->
                // A metric is billed for the hours in which something was sent.
                counted.add(
                    Part.LOGS, "metricHour", Math.min((double) findings, series * HOURS_A_MONTH)));
    return counted.cost(takesFreeTier);
  }

  private void idle(Counted counted, boolean asksClaude) {
    Idle idle = usage.idle();
    counted.add(
        Part.FIXED,
        "alarmMetric",
        idle.alarmMetrics() + (asksClaude ? idle.alarmMetricsOfClaude() : 0));
    counted.add(Part.FIXED, "dashboard", idle.dashboards());
    counted.add(Part.FIXED, "metricHour", idle.hourlyMetrics() * HOURS_A_MONTH);
    counted.add(Part.FIXED, "lambdaRequest", HOURS_A_MONTH);
    counted.add(
        Part.FIXED,
        "lambdaGbSecond",
        HOURS_A_MONTH
            * gbSeconds(CLOSER, usage.assumed("sweepMillis") + usage.assumed("restoreMillis")));
    counted.add(Part.FIXED, "readUnit", HOURS_A_MONTH * idle.sweepReadUnits());
    logs(counted, Part.FIXED, HOURS_A_MONTH * usage.assumed("functionLogBytes"));
    counted.add(Part.FIXED, "s3Put", usage.assumed("trailFiles"));
    counted.add(Part.FIXED, "s3Gb", usage.assumed("trailGb"));
  }

  private void findings(Counted counted, Scenario one, double number, boolean asksClaude) {
    counted.add(Part.STATE_MACHINE, "transition", number * one.transitions());
    double calls = 0;
    for (var function : one.functions().entrySet()) {
      Calls its = function.getValue();
      calls += its.calls();
      double billed =
          its.millis() * slower(function.getKey())
              + usage.assumed("restoreMillis")
              + (asksClaude && function.getKey().equals("diagnoser")
                  ? usage.assumed("claudeMillis")
                  : 0);
      counted.add(
          Part.FUNCTIONS,
          "lambdaGbSecond",
          number * its.calls() * gbSeconds(function.getKey(), billed));
      counted.add(Part.TABLES, "readUnit", number * its.readUnits());
      counted.add(Part.TABLES, "writeUnit", number * its.writeUnits());
    }
    counted.add(Part.FUNCTIONS, "lambdaRequest", number * calls);
    double stored = number * one.storedBytes() * usage.assumed("monthsKept") / BYTES_A_GB;
    counted.add(Part.TABLES, "tableGb", stored);
    counted.add(Part.TABLES, "recoveryGb", stored);
    counted.add(Part.EVENTS, "customEvent", number);
    counted.add(Part.EVENTS, "archivedGb", number * one.eventBytes() / BYTES_A_GB);
    counted.add(Part.EVENTS, "archiveGb", number * one.eventBytes() / BYTES_A_GB);
    logs(
        counted,
        Part.LOGS,
        number * (one.stateMachineLogBytes() + calls * usage.assumed("functionLogBytes")));
    counted.add(Part.LOGS, "trace", number * usage.assumed("traces"));
  }

  private void logs(Counted counted, Part part, double bytes) {
    counted.add(part, "logGb", bytes / BYTES_A_GB);
    counted.add(part, "logStorageGb", bytes * usage.assumed("logMonths") / BYTES_A_GB);
  }

  /** How much slower a function with little memory, and so a share of a CPU, is than one CPU. */
  private double slower(String function) {
    return Math.max(1, usage.assumed("oneCpuMb") / memory(function));
  }

  private double gbSeconds(String function, double millis) {
    return memory(function) / MB_A_GB * millis / MILLIS;
  }

  private double memory(String function) {
    Integer megabytes = usage.memory().get(function);
    if (megabytes == null) {
      throw new IllegalStateException("the memory of " + function + " is not in the figures");
    }
    return megabytes;
  }

  /** Units by part and by what is counted. */
  private final class Counted {

    private final Map<Part, Map<String, Double>> units = new EnumMap<>(Part.class);

    void add(Part part, String what, double number) {
      units.computeIfAbsent(part, p -> new HashMap<>()).merge(what, number, Double::sum);
    }

    Map<Part, Double> cost(boolean takesFreeTier) {
      var free = new HashMap<String, Double>();
      var dollars = new EnumMap<Part, Double>(Part.class);
      for (Part part : Part.values()) {
        double sum = 0;
        for (var counted : units.getOrDefault(part, Map.of()).entrySet()) {
          Price price = prices.of(counted.getKey());
          double left = takesFreeTier ? free.getOrDefault(counted.getKey(), price.free()) : 0;
          double taken = Math.min(left, counted.getValue());
          free.put(counted.getKey(), left - taken);
          sum += price.of(counted.getValue() - taken);
        }
        dollars.put(part, sum);
      }
      return dollars;
    }
  }
}

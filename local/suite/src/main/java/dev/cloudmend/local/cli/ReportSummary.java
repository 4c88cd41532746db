package dev.cloudmend.local.cli;

import dev.cloudmend.local.IncidentReport;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.local.report.ProwlerFinding.Status;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of a report: how many findings of which check ended how. It keeps numbers and the
 * first plans, however large the report.
 */
final class ReportSummary {

  /** A report's own names, so somebody else chooses how many there are. */
  private static final int MOST_CHECKS = 2_000;

  private static final int MOST_PLANS = 200;
  private static final int MOST_ROWS = 20;
  private static final int NAME = 80;
  private static final String OTHERS = "(other checks)";

  private final Map<Status, Long> skipped = new EnumMap<>(Status.class);
  private final Map<String, Long> unsupported = new HashMap<>();
  private final Map<String, Map<Outcome, Long>> ended = new LinkedHashMap<>();
  private final List<String> plans = new ArrayList<>();
  private long findings;
  private long plansLeftOut;

  /** Whether there was any finding. */
  boolean isOfAReport() {
    return findings > 0;
  }

  /** Counts a finding, whatever becomes of it. */
  void finding() {
    findings++;
  }

  /** Counts one that is no failure. */
  void skipped(Status status) {
    skipped.merge(status, 1L, Long::sum);
  }

  /** Counts one that no playbook answers to. */
  void unsupported(String check) {
    String name = Text.shown(check, NAME);
    boolean isNamed = unsupported.size() < MOST_CHECKS || unsupported.containsKey(name);
    unsupported.merge(isNamed ? name : OTHERS, 1L, Long::sum);
  }

  /** Counts an incident. */
  void ended(IncidentReport report) {
    String check = report.finding() == null ? "-" : report.finding().check();
    ended
        .computeIfAbsent(Text.shown(check, NAME), c -> new EnumMap<>(Outcome.class))
        .merge(report.outcome(), 1L, Long::sum);
    Change change = report.change();
    if (change == null) {
      return;
    }
    if (plans.size() == MOST_PLANS) {
      plansLeftOut++;
      return;
    }
    plans.add(
        "  %s  %s  %s%n    %s%n    %s"
            .formatted(
                report.outcome(),
                report.incidentId(),
                Console.shown(change.target().arn().toString()),
                Console.shown(change.summary()),
                change.hash()));
  }

  /** For {@code --json}. */
  Map<String, Object> document() {
    var document = new LinkedHashMap<String, Object>();
    document.put("findings", findings);
    document.put("skipped", skipped);
    document.put("unsupported", new TreeMap<>(unsupported));
    var outcomes = new ArrayList<Map<String, Object>>();
    ended.forEach(
        (check, counts) ->
            counts.forEach(
                (outcome, count) ->
                    outcomes.add(Map.of("check", check, "outcome", outcome, "count", count))));
    document.put("outcomes", outcomes);
    return document;
  }

  void print(Console console) {
    console.line(
        "%s findings: %s skipped%s, %s of a check without playbook"
            .formatted(
                number(findings),
                number(sum(skipped)),
                skipped.isEmpty() ? "" : " (" + counts(skipped) + ")",
                number(sum(unsupported))));
    console.line();
    if (!ended.isEmpty() || !unsupported.isEmpty()) {
      table(console);
    }
    if (!plans.isEmpty()) {
      console.line("Plans");
      plans.forEach(console::line);
      if (plansLeftOut > 0) {
        console.line("  and " + number(plansLeftOut) + " more: 'cloudmend audit list', or --json");
      }
      console.line();
    }
  }

  private void table(Console console) {
    var columns = new TreeSet<Outcome>();
    ended.values().forEach(counts -> columns.addAll(counts.keySet()));
    if (!unsupported.isEmpty()) {
      columns.add(Outcome.UNSUPPORTED);
    }
    var rows = new LinkedHashMap<>(ended);
    mostUnsupported()
        .forEach(
            name ->
                rows.merge(
                    name,
                    Map.of(Outcome.UNSUPPORTED, unsupported.getOrDefault(name, 0L)),
                    (ran, counted) -> ran));
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    var head = new StringBuilder(padded("check", width));
    columns.forEach(outcome -> head.append("  ").append(outcome));
    console.line(console.styled(Style.BOLD, head.toString()));
    rows.forEach(
        (check, counts) -> {
          var line = new StringBuilder(padded(check, width));
          for (Outcome outcome : columns) {
            String cell = counts.containsKey(outcome) ? number(counts.get(outcome)) : "-";
            line.append("  ").append(padLeft(cell, outcome.name().length()));
          }
          console.line(line.toString());
        });
    if (unsupported.size() > MOST_ROWS) {
      long shown = mostUnsupported().stream().mapToLong(n -> unsupported.getOrDefault(n, 0L)).sum();
      console.line(
          "and %s findings of %s more checks without playbook; --json names them"
              .formatted(number(sum(unsupported) - shown), number(unsupported.size() - MOST_ROWS)));
    }
    console.line();
  }

  private List<String> mostUnsupported() {
    return unsupported.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_ROWS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String counts(Map<?, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> number(count.getValue()) + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}

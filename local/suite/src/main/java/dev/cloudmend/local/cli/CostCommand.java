package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.local.cli.Console.Style;
import dev.cloudmend.local.cost.CostModel;
import dev.cloudmend.local.cost.Part;
import dev.cloudmend.local.cost.Prices;
import dev.cloudmend.local.cost.Usage;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description =
        "What a deployment costs a month, from dated prices and measured figures. An estimate, not a bill: docs/cost.md says what it counts.")
final class CostCommand implements Callable<Integer> {

  private static final List<Long> USUAL = List.of(100L, 3_000L, 30_000L);
  private static final long MOST = 10_000_000;
  private static final int ALL = 100;
  private static final int LEAST_WIDTH = 9;
  private static final int SHOWN = 50;

  @Option(
      names = "--findings",
      paramLabel = "N",
      description = "Findings a month; may be given more than once. Default: 100, 3000, 30000.")
  private List<String> findings = new ArrayList<>();

  @Option(
      names = "--claude",
      negatable = true,
      description = "Only with, or only without, Claude. Default: both.")
  private @Nullable Boolean claude;

  @Option(
      names = "--applied",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description =
          "How many of a hundred findings are applied; the others are planned. Default: ${DEFAULT-VALUE}.")
  private String applied = "100";

  @Option(
      names = "--free-tier",
      description =
          "Take AWS's always-free tiers off, as if nothing else in the account used them.")
  private boolean freeTier;

  @Option(names = "--json", description = "Write exactly one JSON document to standard output.")
  private boolean json;

  private final Console console;

  CostCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Long> wanted =
        findings.isEmpty()
            ? USUAL
            : findings.stream()
                .map(text -> number("--findings", text, 1, MOST))
                .distinct()
                .toList();
    long percent = number("--applied", applied, 0, ALL);
    double share = (double) percent / ALL;
    Prices prices = Prices.standard();
    Usage usage = Usage.standard();
    var model = new CostModel(prices, usage);
    double fresh = dollars(usage.call(false));
    double cached = dollars(usage.call(true));
    var rows = new ArrayList<Row>();
    for (long number : wanted) {
      Map<Part, Double> without = model.month(number, share, false, freeTier);
      double questions = number * (fresh + usage.cachedShare(number) * (cached - fresh));
      rows.add(
          new Row(
              number,
              without,
              sum(without),
              sum(model.month(number, share, true, freeTier)) + questions,
              prices.rival(number).orElse(null)));
    }
    if (json) {
      console.json(document(rows, percent, prices));
    } else {
      print(rows, percent, prices);
    }
    return 0;
  }

  private static double dollars(ModelCall call) {
    return TokenPrices.standard()
        .of(call)
        .orElseThrow(() -> new IllegalStateException("no token prices of " + call.model()));
  }

  private static long number(String option, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is out of range is.
    }
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s has '%s'; expected a whole number from %d to %d",
            option,
            Text.shown(text, SHOWN),
            least,
            most));
  }

  private static double sum(Map<Part, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private boolean showsWithout() {
    return claude == null || !claude;
  }

  private boolean showsWith() {
    return claude == null || claude;
  }

  private Map<String, Object> document(List<Row> rows, long percent, Prices prices) {
    var document = new LinkedHashMap<String, Object>();
    document.put("currency", "USD");
    document.put("per", "month");
    document.put("region", prices.region());
    document.put("pricesAsOf", prices.asOf());
    document.put("tokenPricesAsOf", TokenPrices.standard().asOf());
    document.put("appliedPercent", percent);
    document.put("freeTier", freeTier);
    document.put("rows", rows.stream().map(this::fields).toList());
    document.put("unconfirmedPrices", prices.unconfirmed());
    return document;
  }

  private Map<String, Object> fields(Row row) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("findings", row.findings());
    row.parts().forEach((part, dollars) -> fields.put(part.id(), cents(dollars)));
    if (showsWithout()) {
      fields.put("withoutClaude", cents(row.withoutClaude()));
    }
    if (showsWith()) {
      fields.put("claude", cents(row.withClaude() - row.withoutClaude()));
      fields.put("withClaude", cents(row.withClaude()));
    }
    if (row.rival() != null) {
      fields.put("rival", cents(row.rival()));
    }
    return fields;
  }

  private void print(List<Row> rows, long percent, Prices prices) {
    List<String> head = new ArrayList<>(List.of("findings"));
    for (Part part : Part.values()) {
      head.add(part.title());
    }
    if (showsWithout()) {
      head.add("total");
    }
    if (showsWith()) {
      head.addAll(List.of("Claude", "with Claude"));
    }
    head.add("rival");
    console.line(console.styled(Style.BOLD, line(head, head)));
    for (Row row : rows) {
      console.line(line(head, cells(row)));
    }
    console.line();
    console.line(
        "US$ a month in %s, prices as of %s; %s%% of the findings applied, the others planned; %s"
            .formatted(
                prices.region(),
                prices.asOf(),
                percent,
                freeTier
                    ? "free tiers taken off, as if nothing else used them."
                    : "free tiers not taken off."));
    console.line(
        "rival: a rival's published figure for as many findings. What is counted: docs/cost.md.");
    console.line("Not confirmed on AWS's pages: " + String.join("; ", prices.unconfirmed()) + ".");
  }

  private List<String> cells(Row row) {
    List<String> cells =
        new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d", row.findings())));
    row.parts().values().forEach(dollars -> cells.add(cents(dollars).toPlainString()));
    if (showsWithout()) {
      cells.add(cents(row.withoutClaude()).toPlainString());
    }
    if (showsWith()) {
      cells.add(cents(row.withClaude() - row.withoutClaude()).toPlainString());
      cells.add(cents(row.withClaude()).toPlainString());
    }
    cells.add(row.rival() == null ? "-" : cents(row.rival()).toPlainString());
    return cells;
  }

  private static String line(List<String> head, List<String> cells) {
    var line = new StringBuilder();
    for (int i = 0; i < head.size(); i++) {
      int width = Math.max(LEAST_WIDTH, head.get(i).length());
      line.append(i == 0 ? "" : "  ")
          .append(" ".repeat(Math.max(0, width - cells.get(i).length())));
      line.append(cells.get(i));
    }
    return line.toString();
  }

  private static BigDecimal cents(double dollars) {
    return BigDecimal.valueOf(dollars).setScale(2, RoundingMode.HALF_UP);
  }

  /**
   * A month with a number of findings, in US dollars.
   *
   * @param parts what it costs without Claude
   * @param rival what a rival published for as many findings, where it did
   */
  private record Row(
      long findings,
      Map<Part, Double> parts,
      double withoutClaude,
      double withClaude,
      @Nullable Double rival) {}
}

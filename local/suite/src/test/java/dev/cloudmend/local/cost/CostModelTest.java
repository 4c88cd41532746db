package dev.cloudmend.local.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.local.cost.Usage.Calls;
import dev.cloudmend.model.Diagnosis.ModelCall;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CostModelTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

  private final Prices prices = Prices.standard();
  private final Usage usage = Usage.standard();
  private final CostModel model = new CostModel(prices, usage);

  @Test
  void transitionsCostWhatTheirPriceSays() {
    assertThat(model.month(1000, 1, false, false).get(Part.STATE_MACHINE))
        .isCloseTo(usage.scenario(true, false).transitions() * 0.025, ROUNDING);
  }

  @Test
  void unitsCostWhatTheirPriceSaysAndAYearsItemsAreKept() {
    double reads = 0;
    double writes = 0;
    for (Calls calls : usage.scenario(false, false).functions().values()) {
      reads += calls.readUnits();
      writes += calls.writeUnits();
    }
    double gigabytes = usage.scenario(false, false).storedBytes() * 12 / 1e9;

    assertThat(model.month(1_000_000, 0, false, false).get(Part.TABLES))
        .isCloseTo(
            reads * 0.125 + writes * 0.625 + gigabytes * 1_000_000 * (0.25 + 0.20),
            Percentage.withPercentage(0.001));
  }

  @Test
  void aFunctionsMillisecondsAreThoseOfItsShareOfACpu() {
    Calls intake = Objects.requireNonNull(usage.scenario(false, false).functions().get("intake"));
    var alone =
        new Usage(
            usage.measuredAt(),
            usage.finding(),
            Map.of(
                "planned", new Usage.Scenario(0, 0, 0, 0, Map.of("intake", intake)),
                "applied", new Usage.Scenario(0, 0, 0, 0, Map.of())),
            usage.question(),
            usage.memory(),
            usage.idle(),
            usage.metrics(),
            usage.metricsWithClaude(),
            usage.assumed());
    double billed = intake.millis() * 1769 / 512 + usage.assumed("restoreMillis");

    assertThat(new CostModel(prices, alone).month(1_000_000, 0, false, false).get(Part.FUNCTIONS))
        .isCloseTo(
            0.20 + 1_000_000 * 0.5 * billed / 1000 * 0.0000133334,
            Percentage.withPercentage(0.001));
  }

  @Test
  void aMetricIsBilledForTheHoursInWhichItIsSent() {
    double one = logs(1);

    assertThat(logs(2) - one).as("an hour more of each metric").isCloseTo(one, ROUNDING);
    double many = logs(10_000_000) - logs(9_000_000);
    assertThat(many).as("past all hours only logs and traces grow").isLessThan(1e5 * one);
  }

  @Test
  void withClaudeTheFixedPartOfAQuestionIsWrittenToTheCacheOrReadFromIt() {
    ModelCall fresh = usage.call(false);
    ModelCall cached = usage.call(true);

    assertThat(fresh.cacheWriteTokens()).isPositive().isEqualTo(cached.cacheReadTokens());
    assertThat(fresh.cacheReadTokens()).isZero();
    assertThat(cached.cacheWriteTokens()).isZero();
    assertThat(cached.inputTokens()).isEqualTo(fresh.inputTokens());
    assertThat(usage.cachedShare(100)).isBetween(0.01, 0.02);
    assertThat(usage.cachedShare(30_000)).isBetween(0.96, 0.98);
  }

  @Test
  void everyPriceHasAPageOfAws() {
    assertThat(prices.prices().values())
        .isNotEmpty()
        .allSatisfy(
            price -> {
              assertThat(URI.create(price.url())).hasScheme("https").hasHost("aws.amazon.com");
              assertThat(price.url()).contains("/pricing/");
              assertThat(price.service()).isNotBlank();
              assertThat(price.unit()).isNotBlank();
              assertThat(price.dollars()).isNotNegative();
              assertThat(price.per()).isPositive();
              assertThat(price.free()).isNotNegative();
            });
    assertThat(prices.asOf()).matches("\\d{4}-\\d\\d-\\d\\d");
  }

  @Property(tries = 200)
  void moreFindingsNeverCostLess(
      @ForAll @LongRange(min = 1, max = 1_000_000) long findings,
      @ForAll @DoubleRange(min = 0, max = 1) double applied,
      @ForAll boolean asksClaude,
      @ForAll boolean freeTier) {
    Map<Part, Double> more = model.month(findings + 1, applied, asksClaude, freeTier);

    model
        .month(findings, applied, asksClaude, freeTier)
        .forEach((part, dollars) -> assertThat(more.get(part)).isGreaterThanOrEqualTo(dollars));
  }

  @Property(tries = 200)
  void freeTiersNeverMakeItDearerNorNegative(
      @ForAll @LongRange(min = 1, max = 1_000_000) long findings,
      @ForAll @DoubleRange(min = 0, max = 1) double applied,
      @ForAll boolean asksClaude) {
    Map<Part, Double> full = model.month(findings, applied, asksClaude, false);

    model
        .month(findings, applied, asksClaude, true)
        .forEach(
            (part, dollars) ->
                assertThat(dollars)
                    .isNotNegative()
                    .isLessThanOrEqualTo(Objects.requireNonNull(full.get(part)) + 1e-9));
  }

  private double logs(long findings) {
    return Objects.requireNonNull(model.month(findings, 1, false, false).get(Part.LOGS));
  }
}

package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.local.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostCommandTest {

  private static final List<String> PARTS =
      List.of("fixed", "stateMachine", "functions", "tables", "eventsAndQueues", "logsAndMetrics");

  @ParameterizedTest
  @ValueSource(strings = {"cost", "cost --findings 300 --no-claude", "cost --free-tier"})
  void thePagesTablesAreWhatTheCommandPrints(String command) throws IOException {
    Terminal.Result printed = Terminal.run((Object[]) command.split(" ", -1));

    assertThat(printed.code()).isZero();
    assertThat(Files.readString(ProjectFiles.ofLauncher().root().resolve("docs/cost.md")))
        .as("docs/cost.md")
        .contains("```text\n$ ./cloudmend " + command + "\n" + printed.out() + "```\n");
  }

  @Test
  void withoutANumberTheUsualOnesAreShownBesideTheRival() {
    JsonNode rows = Terminal.run("cost", "--json").json().path("rows");

    assertThat(rows.findValuesAsText("findings")).containsExactly("100", "3000", "30000");
    assertThat(rows.get(0).has("rival")).isFalse();
    assertThat(rows.get(1).path("rival").asDouble()).isEqualTo(26.83);
    assertThat(rows.get(2).path("rival").asDouble()).isEqualTo(261.90);
  }

  @Test
  void numbersAreShownInTheirOrderAndOnce() {
    JsonNode rows =
        Terminal.run("cost", "--json", "--findings", "7", "--findings", "300", "--findings", "7")
            .json()
            .path("rows");

    assertThat(rows.findValuesAsText("findings")).containsExactly("7", "300");
    assertThat(rows.get(1).path("rival").asDouble()).isEqualTo(3.33);
  }

  @ParameterizedTest
  @CsvSource({"100,100", "3000,50", "30000,0"})
  void theTotalIsThatOfTheParts(String findings, String applied) {
    JsonNode row = row("--findings", findings, "--applied", applied);

    double parts = PARTS.stream().mapToDouble(part -> row.path(part).asDouble()).sum();
    assertThat(row.path("withoutClaude").asDouble()).isCloseTo(parts, roundingOf(PARTS.size()));
    assertThat(row.path("withClaude").asDouble())
        .isCloseTo(
            row.path("withoutClaude").asDouble() + row.path("claude").asDouble(), roundingOf(2));
  }

  @Test
  void aPlanIsCheaperThanAFix() {
    assertThat(row("--applied", "0", "--findings", "30000").path("withoutClaude").asDouble())
        .isLessThan(row("--findings", "30000").path("withoutClaude").asDouble());
  }

  @Test
  void freeTiersAreTakenOffOnRequestOnly() {
    assertThat(row("--free-tier", "--findings", "100").path("fixed").asDouble())
        .isLessThan(row("--findings", "100").path("fixed").asDouble() - 3);
    assertThat(Terminal.run("cost").out()).contains("free tiers not taken off");
    assertThat(Terminal.run("cost", "--free-tier").out()).contains("free tiers taken off");
  }

  @Test
  void onlyTheSideThatIsAskedForIsShown() {
    assertThat(Terminal.run("cost", "--no-claude").out().lines().findFirst().orElseThrow())
        .contains(" total ")
        .doesNotContain("Claude");
    assertThat(Terminal.run("cost", "--claude").out().lines().findFirst().orElseThrow())
        .contains("with Claude")
        .doesNotContain(" total ");
    assertThat(row("--no-claude").has("claude")).isFalse();
    assertThat(row("--claude").has("withoutClaude")).isFalse();
  }

  @Test
  void pricesThatWereNotConfirmedAreNamed() {
    JsonNode unconfirmed = Terminal.run("cost", "--json").json().path("unconfirmedPrices");

    assertThat(unconfirmed).isNotEmpty();
    assertThat(StreamSupport.stream(unconfirmed.spliterator(), false).map(JsonNode::asText))
        .allSatisfy(name -> assertThat(Terminal.run("cost").out()).contains(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "many", "", "10000001", "99999999999999999999"})
  void aNumberOfFindingsThatIsNoneIsRefused(String findings) {
    Terminal.Result result = Terminal.run("cost", "--findings=" + findings);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("--findings has '" + findings + "'; expected a whole number from 1 to 10000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "101", "half"})
  void aShareThatIsNoneIsRefused(String applied) {
    Terminal.Result result = Terminal.run("cost", "--json", "--applied=" + applied);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/errors/0/message").asText())
        .isEqualTo("--applied has '" + applied + "'; expected a whole number from 0 to 100");
  }

  private static JsonNode row(String... options) {
    Object[] arguments = new Object[options.length + 2];
    arguments[0] = "cost";
    arguments[1] = "--json";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Terminal.run(arguments).json().path("rows").get(0);
  }

  private static Offset<Double> roundingOf(int figures) {
    return Offset.offset((figures + 1) * 0.005);
  }
}

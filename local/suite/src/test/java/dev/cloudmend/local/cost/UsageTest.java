package dev.cloudmend.local.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.Answers;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.cost.CountingTables.Units;
import dev.cloudmend.local.cost.Usage.Calls;
import dev.cloudmend.local.cost.Usage.Question;
import dev.cloudmend.local.cost.Usage.Scenario;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The figures in usage.json are those that are measured. What was measured last is left in
 * target/usage/, times included, to be taken over.
 */
@WithEmulatedAccount
class UsageTest {

  private static final int WARM_UP = 4;
  private static final int COUNTED = 10;
  private static final Percentage TIMESTAMPS_AND_IDS = Percentage.withPercentage(5);
  private static final List<String> TEXTS = List.of("rootCause", "impact", "explanation");
  private static final String FILLING = " Objects may be read.";
  private static final Path MEASURED =
      ProjectFiles.ofLauncher().root().resolve("local/suite/target/usage");

  private final URI endpoint;
  private final Usage usage = Usage.standard();

  UsageTest(EmulatedAccount emulated) {
    emulated.reset();
    this.endpoint = emulated.endpoint();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void whatAFindingTakesIsWhatIsMeasured(boolean isApplied, boolean asksClaude) throws Exception {
    String name = Usage.scenarioName(isApplied, asksClaude);
    try (var measurement =
        new Measurement(
            endpoint,
            "cloudmend-demo-reports-",
            isApplied,
            asksClaude ? Optional.of(answer()) : Optional.empty())) {
      Scenario measured = measurement.handle(WARM_UP, COUNTED);
      keep(name, measured);

      Scenario told = usage.scenario(isApplied, asksClaude);
      assertThat(told.transitions()).isEqualTo(measured.transitions());
      assertThat(counts(told)).isEqualTo(counts(measured));
      assertThat(told.storedBytes()).isCloseTo(measured.storedBytes(), TIMESTAMPS_AND_IDS);
      assertThat(told.eventBytes()).isCloseTo(measured.eventBytes(), TIMESTAMPS_AND_IDS);
      assertThat(told.stateMachineLogBytes())
          .isCloseTo(measured.stateMachineLogBytes(), TIMESTAMPS_AND_IDS);
      if (asksClaude) {
        Question asked = measurement.question();
        keep("question", asked);
        assertThat(usage.question().model()).isEqualTo(asked.model());
        assertThat(usage.question().fixedCharacters()).isEqualTo(asked.fixedCharacters());
        assertThat(usage.question().findingCharacters())
            .isCloseTo(asked.findingCharacters(), TIMESTAMPS_AND_IDS);
      }
    }
  }

  @Test
  void whatASweepReadsIsWhatIsMeasured() throws IOException {
    try (var measurement = new Measurement(endpoint, "none-", false, Optional.empty())) {
      assertThat(measurement.sweep()).isEqualTo(new Units(usage.idle().sweepReadUnits(), 0));
    }
  }

  @Test
  void memoryIsWhatTerraformGivesTheFunctions() throws IOException {
    var memory = new TreeMap<String, Integer>();
    Pattern.compile("(?m)^    ([a-z-]+) +=.* memory = (\\d+),")
        .matcher(terraform("functions"))
        .results()
        .forEach(found -> memory.put(found.group(1), Integer.valueOf(found.group(2))));

    assertThat(usage.memory()).isEqualTo(memory).hasSize(8);
  }

  @Test
  void alarmsAndDashboardsAreThoseOfTerraform() throws IOException {
    String alarms = terraform("alarms");
    long machines = stateMachines();
    long ends =
        count("\"Executions(Failed|TimedOut|Aborted)\"", firstLine(alarms, "execution_ends"));
    long functions = usage.memory().size();
    long queues = count("(?m)^    (unprocessed|dead-letters) += ", terraform("bus"));

    assertThat(usage.idle().alarmMetrics())
        .as("executions that fail, throttles, roll-backs, queues, silence, stop switch")
        .isEqualTo(Math.toIntExact(machines * ends + functions + 1 + queues + 1 + 1));
    assertThat(usage.idle().alarmMetricsOfClaude())
        .as("fall-backs, and each error of Bedrock")
        .isEqualTo(
            Math.toIntExact(
                1 + count("\"Invocation\\w+\"", firstLine(alarms, "for name in [\"Inv"))));
    assertThat(usage.idle().dashboards())
        .isEqualTo(Math.toIntExact(count("resource \"aws_cloudwatch_dashboard\"", alarms)));
    assertThat(count("resource \"aws_cloudwatch_metric_alarm\"", alarms)).isEqualTo(3);
    assertThat(count("(?m)^        description = ", alarms))
        .as("kinds of counted alarms")
        .isEqualTo(4);
  }

  private static long stateMachines() throws IOException {
    try (var files =
        Files.list(ProjectFiles.ofLauncher().root().resolve("infra-terraform/state-machine"))) {
      return files.count();
    }
  }

  private static String terraform(String module) throws IOException {
    return Files.readString(
        ProjectFiles.ofLauncher()
            .root()
            .resolve("infra-terraform/modules")
            .resolve(module)
            .resolve("main.tf"));
  }

  private static String firstLine(String text, String has) {
    return text.lines().filter(line -> line.contains(has)).findFirst().orElseThrow();
  }

  private static long count(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  /** Calls and units, without the times. */
  private static Map<String, Calls> counts(Scenario scenario) {
    var counts = new TreeMap<String, Calls>();
    scenario
        .functions()
        .forEach(
            (name, its) ->
                counts.put(name, new Calls(its.calls(), its.readUnits(), its.writeUnits(), 0)));
    return counts;
  }

  /** An answer of the length that the figures assume. */
  private Function<JsonNode, JsonNode> answer() {
    int length = (int) usage.assumed("answerCharacters");
    return request -> {
      ObjectNode answer = (ObjectNode) Answers.of("high").apply(request);
      int missing = (length - answer.toString().length()) / TEXTS.size();
      for (String text : TEXTS) {
        answer.put(text, answer.path(text).asText() + FILLING.repeat(missing / FILLING.length()));
      }
      return answer;
    };
  }

  private static void keep(String name, Object measured) throws IOException {
    Files.createDirectories(MEASURED);
    Files.writeString(MEASURED.resolve(name + ".json"), Json.pretty(measured));
  }
}

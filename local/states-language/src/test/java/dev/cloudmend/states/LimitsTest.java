package dev.cloudmend.states;

import static dev.cloudmend.states.Failing.catching;
import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.paths.JsonData;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Limits of time, of size and of history. */
class LimitsTest {

  private static String kilobytes(int count) {
    return "x".repeat(count * 1024);
  }

  @Test
  void aTaskThatTakesTooLongTimesOut() {
    var machine = Machine.of(catching("\"States.Timeout\"", "\"TimeoutSeconds\": 60,"));
    machine.lambda(
        (name, payload) -> {
          machine.clock.advance(Duration.ofSeconds(60));
          return payload;
        });

    var result = machine.run("{}");

    assertThat(result.output()).contains(json("{\"Error\": \"States.Timeout\"}"));
    assertThat(Machine.types(result)).contains("TaskTimedOut").doesNotContain("TaskSucceeded");
  }

  @Test
  void theTimeOutMayComeFromTheData() {
    var machine = Machine.of(catching("\"States.Timeout\"", "\"TimeoutSecondsPath\": \"$.max\","));
    machine.lambda(
        (name, payload) -> {
          machine.clock.advance(Duration.ofSeconds(5));
          return TextNode.valueOf("done");
        });

    assertThat(machine.run("{\"max\": 6}").output().orElseThrow().path("Payload"))
        .isEqualTo(json("\"done\""));
    assertThat(
            Machine.of(catching("\"States.ALL\"", "\"TimeoutSecondsPath\": \"$.max\","))
                .lambda((name, payload) -> payload)
                .run("{\"max\": \"soon\"}")
                .error())
        .contains("States.Runtime");
  }

  @Test
  void aTaskThatNeverReturnsIsInterruptedWhenItsTimeIsUp() throws Exception {
    var interrupted = new CountDownLatch(1);
    var definition =
        StateMachineDefinition.parse(catching("\"States.Timeout\"", "\"TimeoutSeconds\": 1,"));
    var interpreter =
        Interpreter.builder()
            .tasks(
                Map.of(
                    "lambda:invoke",
                    (integration, parameters) -> {
                      try {
                        new CountDownLatch(1).await();
                      } finally {
                        interrupted.countDown();
                      }
                      return parameters;
                    }))
            .build();

    var result = interpreter.start(definition, Machine.ARN, "hangs", json("{}"));

    assertThat(result.output()).contains(json("{\"Error\": \"States.Timeout\"}"));
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anExecutionThatTakesTooLongTimesOutWhateverIsCaught() {
    var machine =
        Machine.of(
            """
            {"TimeoutSeconds": 100, "StartAt": "P", "States": {
              "P": {"Type": "Parallel", "Branches": [{"StartAt": "W", "States": {
                  "W": {"Type": "Wait", "Seconds": 101, "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Q"}], "End": true},
              "Q": {"Type": "Pass", "End": true}}}
            """);

    var result = machine.run("{}");

    assertThat(result.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(Machine.types(result)).endsWith("ExecutionTimedOut");
    assertThat(result.stopTime()).contains(Machine.START.plusSeconds(100));
  }

  @Test
  void aResultOverTheLimitIsCaughtByItsNameOnly() {
    Machine.Lambda large = (name, payload) -> TextNode.valueOf(kilobytes(256));

    var named = Machine.of(catching("\"States.DataLimitExceeded\"", "")).lambda(large).run("{}");
    var all = Machine.of(catching("\"States.ALL\"", "")).lambda(large).run("{}");

    assertThat(named.output().orElseThrow().path("Error").asText())
        .isEqualTo("States.DataLimitExceeded");
    assertThat(all.error()).contains("States.DataLimitExceeded");
    assertThat(all.cause())
        .contains(
            "The state/task 'lambda' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
  }

  @Test
  void theLimitCountsBytesOfUtf8() {
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}}
            """);
    // With the quotes: 262,144 bytes exactly, then one character of two bytes in place of one.
    String fits = "x".repeat(JsonData.MAX_PAYLOAD_BYTES - 2);

    assertThat(machine.lambda((name, payload) -> TextNode.valueOf(fits)).run("1").status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(
            Machine.of(machineOfOnePass())
                .lambda((name, payload) -> TextNode.valueOf(fits.substring(1) + "é"))
                .run("1")
                .error())
        .contains("States.DataLimitExceeded");
  }

  private static String machineOfOnePass() {
    return """
        {"StartAt": "T", "States": {"T": {"Type": "Task",
          "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}}
        """;
  }

  @Test
  void anOutputOverTheLimitFailsTheState() {
    var machine =
        Machine.of(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Pass", "ResultPath": "$.again",
              "End": true}}}
            """);

    assertThat(machine.run("{\"a\": \"" + kilobytes(200) + "\"}").error())
        .contains("States.DataLimitExceeded");
  }

  @Test
  void resultsOfAMapThatAddUpOverTheLimitFailIt() {
    var machine =
        Machine.of(
            """
            {"StartAt": "M", "States": {
              "M": {"Type": "Map", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "D"}],
                "ItemProcessor": {"StartAt": "T", "States": {"T": {"Type": "Task",
                  "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                  "End": true}}}, "Next": "D"},
              "D": {"Type": "Pass", "End": true}}}
            """);

    var result =
        machine.lambda((name, payload) -> TextNode.valueOf(kilobytes(100))).run("[1, 2, 3]");

    assertThat(result.error()).contains("States.DataLimitExceeded");
  }

  @Test
  void anInputOverTheLimitIsNotStarted() {
    assertThatThrownBy(
            () ->
                Machine.of(machineOfOnePass())
                    .lambda((n, p) -> p)
                    .run("\"" + kilobytes(256) + "\""))
        .isInstanceOf(ExecutionRequestException.class)
        .hasMessage("The input has more than 262144 bytes");
  }

  @Test
  void aMachineThatGoesRoundForEverEndsAtTheHistorysLimit() {
    var machine =
        Machine.of(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Choice", "Choices": [
                {"Variable": "$.stop", "IsPresent": true, "Next": "B"}], "Default": "C"},
              "B": {"Type": "Succeed"},
              "C": {"Type": "Pass", "Next": "A"}}}
            """);

    var result = machine.run("{}");

    assertThat(result.error()).contains("States.Runtime");
    assertThat(result.history().size()).isBetween(24_990, 25_000);
  }
}

package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.paths.JsonData;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

  /** One task, whose Catch takes the given names and leads to a state that keeps the error. */
  private static String catching(String names, String moreFields) {
    return """
        {"StartAt": "T", "States": {
          "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", %s
            "Catch": [{"ErrorEquals": [%s], "Next": "Caught"}], "End": true},
          "Caught": {"Type": "Pass", "End": true}}}
        """
        .formatted(moreFields, names);
  }

  private static Machine.Lambda failing(String error) {
    return (name, payload) -> {
      throw new TaskFailedException(error, "why");
    };
  }

  private static String kilobytes(int count) {
    return "x".repeat(count * 1024);
  }

  @ParameterizedTest
  @CsvSource({
    "MyError, MyError, true",
    "MyError, Other, false",
    "MyError, States.ALL, true",
    "MyError, States.TaskFailed, true",
    "States.Permissions, States.TaskFailed, true",
    "States.Runtime, States.ALL, false",
    "States.Runtime, States.Runtime, false",
    "States.DataLimitExceeded, States.ALL, false",
    "States.DataLimitExceeded, States.TaskFailed, false",
    "States.DataLimitExceeded, States.DataLimitExceeded, true",
    "States.Timeout, States.TaskFailed, false",
    "States.Timeout, States.Timeout, true",
    "States.Timeout, States.ALL, true",
  })
  void aCatcherTakesWhatItNames(String error, String name, boolean caught) {
    var result = Machine.of(catching("\"" + name + "\"", "")).lambda(failing(error)).run("{}");

    assertThat(result.status())
        .isEqualTo(caught ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED);
  }

  @Test
  void theFirstCatcherThatMatchesWins() {
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {
              "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Catch": [{"ErrorEquals": ["A", "B"], "Next": "First"},
                          {"ErrorEquals": ["B"], "Next": "Second"},
                          {"ErrorEquals": ["States.ALL"], "Next": "Third"}], "End": true},
              "First": {"Type": "Pass", "Result": 1, "End": true},
              "Second": {"Type": "Pass", "Result": 2, "End": true},
              "Third": {"Type": "Pass", "Result": 3, "End": true}}}
            """);

    assertThat(machine.lambda(failing("B")).run("{}").output()).contains(json("1"));
  }

  @Test
  void theCatchersResultPathAddsToTheStatesRawInput() {
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {
              "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "InputPath": "$.inner", "Parameters": {"FunctionName": "f"},
                "ResultPath": "$.result",
                "Catch": [{"ErrorEquals": ["E"], "ResultPath": "$.problem.found",
                           "Next": "Caught"}], "End": true},
              "Caught": {"Type": "Pass", "End": true}}}
            """);

    assertThat(machine.lambda(failing("E")).run("{\"inner\": {\"a\": 1}}").output())
        .contains(
            json(
                """
                {"inner": {"a": 1}, "problem": {"found": {"Error": "E", "Cause": "why"}}}
                """));
  }

  @Test
  void aPathThatLeadsNowhereEndsTheExecutionWhateverIsCaught() {
    var result =
        Machine.of(
                catching(
                    "\"States.ALL\"",
                    "\"Parameters\": {\"FunctionName\": \"f\", \"x.$\": \"$.secret.missing\"},"))
            .lambda((name, payload) -> payload)
            .run("{\"secret\": \"s3cr3t\"}");

    assertThat(result.error()).contains("States.Runtime");
    assertThat(result.cause().orElseThrow())
        .isEqualTo(
            "An error occurred while executing the state 'T' (entered at the event id #2). The"
                + " JSONPath '$.secret.missing' specified for the field 'x.$' could not be found in"
                + " the input");
  }

  @Test
  void aMissingVariableOfAChoiceEndsTheExecution() {
    var machine =
        Machine.of(
            """
            {"StartAt": "C", "States": {
              "C": {"Type": "Choice", "Choices": [
                {"Variable": "$.missing", "StringEquals": "x", "Next": "D"}], "Default": "D"},
              "D": {"Type": "Pass", "End": true}}}
            """);

    assertThat(machine.run("{}").error()).contains("States.Runtime");
  }

  @Test
  void aChoiceWithoutMatchAndDefaultIsNoChoiceMatched() {
    var machine =
        Machine.of(
            """
            {"StartAt": "C", "States": {
              "C": {"Type": "Choice", "Choices": [
                {"Variable": "$.a", "NumericEquals": 1, "Next": "D"}]},
              "D": {"Type": "Pass", "End": true}}}
            """);

    assertThat(machine.run("{\"a\": 2}").error()).contains("States.NoChoiceMatched");
  }

  @Test
  void aResultPathThroughAScalarIsAResultPathMatchFailureAndCanBeCaught() {
    var result =
        Machine.of(catching("\"States.ResultPathMatchFailure\"", "\"ResultPath\": \"$.a.b\","))
            .lambda((name, payload) -> payload)
            .run("{\"a\": \"text\"}");

    assertThat(result.output().orElseThrow().path("Cause").asText())
        .isEqualTo("Unable to apply Reference Path $.a.b to the state's input: $.a cannot hold .b");
  }

  @Test
  void anIntrinsicFunctionThatCannotWorkCanBeCaught() {
    var result =
        Machine.of(
                catching(
                    "\"States.IntrinsicFailure\"",
                    "\"Parameters\": {\"x.$\": \"States.StringToJson($.text)\"},"))
            .lambda((name, payload) -> payload)
            .run("{\"text\": \"{not json\"}");

    assertThat(result.output().orElseThrow().path("Cause").asText())
        .isEqualTo(
            "The function 'States.StringToJson($.text)' had the following error: the argument at"
                + " position 0 is not valid JSON");
  }

  @Test
  void aRetriedTaskKnowsHowOftenItWasTried() {
    var seen = new java.util.concurrent.CopyOnWriteArrayList<Integer>();
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "f", "Payload.$": "$$.State.RetryCount"},
              "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}], "End": true}}}
            """);
    machine.lambda(
        (name, payload) -> {
          seen.add(payload.intValue());
          if (payload.intValue() < 2) {
            throw new TaskFailedException("Again", "");
          }
          return payload;
        });

    var result = machine.run("{}");

    assertThat(seen).containsExactly(0, 1, 2);
    assertThat(result.transitions()).isEqualTo(3);
    assertThat(machine.clock.now()).isEqualTo(Machine.START.plusSeconds(1 + 2));
  }

  @Test
  void backoffStopsGrowingAtItsLongestDelay() {
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 3, "BackoffRate": 10,
                         "MaxAttempts": 4, "MaxDelaySeconds": 50}], "End": true}}}
            """);

    var result = machine.lambda(failing("E")).run("{}");

    assertThat(result.transitions()).isEqualTo(5);
    assertThat(machine.clock.now()).isEqualTo(Machine.START.plusSeconds(3 + 30 + 50 + 50));
  }

  @Test
  void fullJitterWaitsLessThanTheBackoff() {
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 100, "MaxAttempts": 1,
                         "JitterStrategy": "FULL"}], "End": true}}}
            """);

    machine.lambda(failing("E")).run("{}");

    assertThat(machine.clock.now()).isAfter(Machine.START).isBefore(Machine.START.plusSeconds(100));
  }

  @Test
  void zeroAttemptsMeansNoRetry() {
    var calls = new AtomicInteger();
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 0},
                        {"ErrorEquals": ["States.ALL"], "MaxAttempts": 5}], "End": true}}}
            """);
    machine.lambda(
        (name, payload) -> {
          calls.incrementAndGet();
          throw new TaskFailedException("E", "");
        });

    machine.run("{}");

    assertThat(calls).hasValue(1);
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
        dev.cloudmend.states.definition.StateMachineDefinition.parse(
            catching("\"States.Timeout\"", "\"TimeoutSeconds\": 1,"));
    var interpreter =
        Interpreter.builder()
            .tasks(
                java.util.Map.of(
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
  void aHandlerThatBreaksFailsItsTaskUnderTheNameOfItsException() {
    var result =
        Machine.of(catching("\"IllegalStateException\"", ""))
            .lambda(
                (name, payload) -> {
                  throw new IllegalStateException("broken");
                })
            .run("{}");

    assertThat(result.output())
        .contains(json("{\"Error\": \"IllegalStateException\", \"Cause\": \"broken\"}"));
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

  @ParameterizedTest
  @ValueSource(strings = {"{\"n\": -1}", "{\"n\": 1.5}", "{\"n\": \"5\"}", "{}"})
  void aWaitOfNoWholeNumberOfSecondsEndsTheExecution(String input) {
    var machine =
        Machine.of(
            """
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$.n",
              "End": true}}}
            """);

    assertThat(machine.run(input).error()).contains("States.Runtime");
  }

  @Test
  void anUnknownIntegrationIsRefusedBeforeAnythingRuns() {
    var ran = new AtomicBoolean();
    var machine =
        Machine.of(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "B"},
              "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "End": true}}}
            """);
    machine.lambda(
        (name, payload) -> {
          ran.set(true);
          return payload;
        });

    assertThatThrownBy(() -> machine.run("{}"))
        .hasMessage("state machine calls 'sqs:sendMessage', which nothing here handles");
    assertThat(ran).isFalse();
  }
}

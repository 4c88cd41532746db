package dev.cloudmend.states;

import static dev.cloudmend.states.Failing.catching;
import static dev.cloudmend.states.Failing.failing;
import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.TaskFailedException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails, what is tried again, and what is caught. */
class ErrorsTest {

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
    var seen = new CopyOnWriteArrayList<Integer>();
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

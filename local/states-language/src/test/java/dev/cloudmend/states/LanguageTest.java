package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.TaskFailedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions after the States Language specification, with output and billed transitions. */
class LanguageTest {

  private static void assertSucceeded(ExecutionResult result, String output, int transitions) {
    assertThat(result.error()).as("error: %s", result.cause()).isEmpty();
    assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.output()).contains(json(output));
    assertThat(result.transitions()).isEqualTo(transitions);
  }

  @Test
  void helloWorldCallsOneFunction() {
    var machine =
        Machine.of(
            """
            {
              "Comment": "A simple minimal example of the States language",
              "StartAt": "Hello World",
              "States": {
                "Hello World": {
                  "Type": "Task",
                  "Resource": "arn:aws:lambda:us-east-1:123456789012:function:HelloWorld",
                  "End": true
                }
              }
            }
            """);
    machine.lambda((name, payload) -> TextNode.valueOf("Hello, " + payload.path("who").asText()));

    assertSucceeded(machine.run("{\"who\": \"world\"}"), "\"Hello, world\"", 1);
  }

  @Test
  void passPutsItsResultWhereResultPathSays() {
    var machine =
        Machine.of(
            """
            {
              "StartAt": "No-op",
              "States": {
                "No-op": {
                  "Type": "Pass",
                  "Result": {"x-datum": 0.381018, "y-datum": 622.2269926397355},
                  "ResultPath": "$.coords",
                  "End": true
                }
              }
            }
            """);

    assertSucceeded(
        machine.run("{\"georefOf\": \"Home\"}"),
        """
        {"georefOf": "Home", "coords": {"x-datum": 0.381018, "y-datum": 622.2269926397355}}
        """,
        1);
  }

  private static final String DISPATCHER =
      """
      {
        "StartAt": "DispatchEvent",
        "States": {
          "DispatchEvent": {
            "Type": "Choice",
            "Choices": [
              {
                "Not": {"Variable": "$.type", "StringEquals": "Private"},
                "Next": "Public"
              },
              {
                "And": [
                  {"Variable": "$.value", "IsPresent": true},
                  {"Variable": "$.value", "IsNumeric": true},
                  {"Variable": "$.value", "NumericGreaterThanEquals": 20},
                  {"Variable": "$.value", "NumericLessThan": 30}
                ],
                "Next": "ValueInTwenties"
              },
              {
                "And": [
                  {"Variable": "$.rating", "IsPresent": true},
                  {"Variable": "$.rating", "NumericGreaterThanPath": "$.auditThreshold"}
                ],
                "Next": "StartAudit"
              }
            ],
            "Default": "RecordEvent"
          },
          "Public": {"Type": "Pass", "Result": "public", "End": true},
          "ValueInTwenties": {"Type": "Pass", "Result": "twenties", "End": true},
          "StartAudit": {"Type": "Pass", "Result": "audit", "End": true},
          "RecordEvent": {"Type": "Pass", "Result": "recorded", "End": true}
        }
      }
      """;

  @Test
  void choiceTakesTheFirstRuleThatHolds() {
    assertSucceeded(Machine.of(DISPATCHER).run("{\"type\": \"Open\"}"), "\"public\"", 2);
    assertSucceeded(
        Machine.of(DISPATCHER).run("{\"type\": \"Private\", \"value\": 22}"), "\"twenties\"", 2);
    assertSucceeded(
        Machine.of(DISPATCHER).run("{\"type\": \"Private\", \"rating\": 5, \"auditThreshold\": 4}"),
        "\"audit\"",
        2);
  }

  @Test
  void choiceFallsBackToItsDefault() {
    assertSucceeded(
        Machine.of(DISPATCHER).run("{\"type\": \"Private\", \"value\": \"22\"}"),
        "\"recorded\"",
        2);
  }

  @Test
  void parallelGivesTheOutputsOfItsBranchesInOrder() {
    var machine =
        Machine.of(
            """
            {
              "StartAt": "FunWithMath",
              "States": {
                "FunWithMath": {
                  "Type": "Parallel",
                  "Branches": [
                    {"StartAt": "Add", "States": {"Add": {"Type": "Task",
                      "Resource": "arn:aws:states:::lambda:invoke",
                      "Parameters": {"FunctionName": "Add", "Payload.$": "$"},
                      "OutputPath": "$.Payload", "End": true}}},
                    {"StartAt": "Subtract", "States": {"Subtract": {"Type": "Task",
                      "Resource": "arn:aws:states:::lambda:invoke",
                      "Parameters": {"FunctionName": "Subtract", "Payload.$": "$"},
                      "OutputPath": "$.Payload", "End": true}}}
                  ],
                  "End": true
                }
              }
            }
            """);
    machine.lambda(
        (name, payload) -> {
          int left = payload.get(0).intValue();
          int right = payload.get(1).intValue();
          return json(String.valueOf(name.equals("Add") ? left + right : left - right));
        });

    assertSucceeded(machine.run("[3, 2]"), "[5, 1]", 3);
  }

  @Test
  void mapRunsItsProcessorForEveryItemAndPutsTheResultsBack() {
    var machine =
        Machine.of(
            """
            {
              "StartAt": "Validate-All",
              "States": {
                "Validate-All": {
                  "Type": "Map",
                  "InputPath": "$.detail",
                  "ItemsPath": "$.shipped",
                  "MaxConcurrency": 2,
                  "ResultPath": "$.detail.shipped",
                  "ItemSelector": {
                    "parcel.$": "$$.Map.Item.Value",
                    "position.$": "$$.Map.Item.Index",
                    "courier.$": "$.delivery-partner"
                  },
                  "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "INLINE"},
                    "StartAt": "Validate",
                    "States": {
                      "Validate": {
                        "Type": "Task",
                        "Resource": "arn:aws:lambda:us-east-1:123456789012:function:ship-val",
                        "End": true
                      }
                    }
                  },
                  "End": true
                }
              }
            }
            """);
    machine.lambda(
        (name, payload) ->
            TextNode.valueOf(
                payload.path("position").asText()
                    + payload.path("parcel").path("prod").asText()
                    + payload.path("courier").asText()));

    assertSucceeded(
        machine.run(
            """
            {"ship-date": "2016-03-14T01:59:00Z", "detail": {"delivery-partner": "UQS",
             "shipped": [{"prod": "R31"}, {"prod": "S39"}, {"prod": "R31"}]}}
            """),
        """
        {"ship-date": "2016-03-14T01:59:00Z", "detail": {"delivery-partner": "UQS",
         "shipped": ["0R31UQS", "1S39UQS", "2R31UQS"]}}
        """,
        4);
  }

  @Test
  void theOldFormOfMapWorksTheSame() {
    var machine =
        Machine.of(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map",
              "Parameters": {"n.$": "$$.Map.Item.Value"},
              "Iterator": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}},
              "End": true}}}
            """);

    assertSucceeded(machine.run("[1, 2]"), "[{\"n\": 1}, {\"n\": 2}]", 3);
  }

  @Test
  void waitsPassOnTheClock() {
    var machine =
        Machine.of(
            """
            {
              "StartAt": "Seconds",
              "States": {
                "Seconds": {"Type": "Wait", "Seconds": 10, "Next": "SecondsPath"},
                "SecondsPath": {"Type": "Wait", "SecondsPath": "$.delay", "Next": "Timestamp"},
                "Timestamp": {"Type": "Wait", "Timestamp": "2026-11-22T01:00:00Z",
                  "Next": "Past"},
                "Past": {"Type": "Wait", "Timestamp": "2016-03-14T01:59:00Z",
                  "Next": "TimestampPath"},
                "TimestampPath": {"Type": "Wait", "TimestampPath": "$.expiry", "Next": "Now"},
                "Now": {"Type": "Pass",
                  "Parameters": {"at.$": "$$.State.EnteredTime"}, "End": true}
              }
            }
            """);

    var result = machine.run("{\"delay\": 90, \"expiry\": \"2026-11-23T02:00:00+01:00\"}");

    assertSucceeded(result, "{\"at\": \"2026-11-23T01:00:00.000Z\"}", 6);
    assertThat(result.history().get(3).timestamp())
        .as("when the second wait begins")
        .isEqualTo(Machine.START.plusSeconds(10));
    assertThat(Duration.between(Machine.START, machine.clock.now()))
        .isEqualTo(Duration.ofHours(25));
  }

  @Test
  void retriersCountSeparatelyAndACatcherTakesTheRest() {
    // The specification's example: ErrorA and ErrorB share a retrier of two attempts.
    var machine =
        Machine.of(
            """
            {
              "StartAt": "X",
              "States": {
                "X": {
                  "Type": "Task",
                  "Resource": "arn:aws:states:::lambda:invoke",
                  "Retry": [
                    {"ErrorEquals": ["ErrorA", "ErrorB"], "IntervalSeconds": 1,
                     "BackoffRate": 2, "MaxAttempts": 2},
                    {"ErrorEquals": ["ErrorC"], "IntervalSeconds": 5}
                  ],
                  "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error",
                             "Next": "Z"}],
                  "End": true
                },
                "Z": {"Type": "Pass", "End": true}
              }
            }
            """);
    var errors = List.of("ErrorA", "ErrorB", "ErrorC", "ErrorB").iterator();
    machine.lambda(
        (name, payload) -> {
          throw new TaskFailedException(errors.next(), "{\"why\":\"test\"}");
        });

    assertSucceeded(
        machine.run("{\"job\": 7}"),
        """
        {"job": 7, "error": {"Error": "ErrorB", "Cause": "{\\"why\\":\\"test\\"}"}}
        """,
        5);
    assertThat(machine.clock.now()).isEqualTo(Machine.START.plusSeconds(1 + 2 + 5));
  }

  @Test
  void dataPassesThroughEveryFilterInOrder() {
    var machine =
        Machine.of(
            """
            {
              "StartAt": "Filter",
              "States": {
                "Filter": {
                  "Type": "Task",
                  "Resource": "arn:aws:states:::lambda:invoke",
                  "InputPath": "$.numbers",
                  "Parameters": {"FunctionName": "f", "Payload": {"first.$": "$[0]",
                    "rest.$": "$[1:]", "fixed": [true, {"deep.$": "$$.Execution.Name"}]}},
                  "ResultSelector": {"sum.$": "$.Payload.sum", "code.$": "$.StatusCode"},
                  "ResultPath": "$.calculated.here",
                  "OutputPath": "$.calculated",
                  "End": true
                }
              }
            }
            """);
    machine.lambda(
        (name, payload) -> {
          assertThat(payload)
              .isEqualTo(
                  json(
                      """
                      {"first": 3, "rest": [4, 5], "fixed": [true, {"deep": "run"}]}
                      """));
          return json("{\"sum\": 12, \"noise\": true}");
        });

    assertSucceeded(
        machine.run("{\"numbers\": [3, 4, 5]}"), "{\"here\": {\"sum\": 12, \"code\": 200}}", 1);
  }

  @Test
  void theContextObjectTellsOfExecutionStateMachineAndState() {
    var machine =
        Machine.of(
            """
            {"StartAt": "Ask", "States": {"Ask": {"Type": "Pass", "Parameters": {
              "id.$": "$$.Execution.Id", "name.$": "$$.Execution.Name",
              "input.$": "$$.Execution.Input", "start.$": "$$.Execution.StartTime",
              "machine.$": "$$.StateMachine.Id", "state.$": "$$.State.Name",
              "entered.$": "$$.State.EnteredTime", "retries.$": "$$.State.RetryCount"},
              "End": true}}}
            """);

    assertSucceeded(
        machine.run("[1]"),
        """
        {"id": "arn:aws:states:us-east-1:123456789012:execution:machine-under-test:run",
         "name": "run", "input": [1], "start": "2026-11-22T00:00:00.000Z",
         "machine": "arn:aws:states:us-east-1:123456789012:stateMachine:machine-under-test",
         "state": "Ask", "entered": "2026-11-22T00:00:00.000Z", "retries": 0}
        """,
        1);
  }

  @Test
  void intrinsicFunctionsFillTemplates() {
    var machine =
        Machine.of(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Pass", "Parameters": {
              "greeting.$": "States.Format('It\\\\'s {} \\\\{not you\\\\}, {}.', $.a, $.b)",
              "nested.$": "States.ArrayGetItem(States.StringSplit($.path, '/'), 1)",
              "sum.$": "States.MathAdd($.b, -1)"},
              "End": true}}}
            """);

    assertSucceeded(
        machine.run("{\"a\": \"me\", \"b\": 3, \"path\": \"x/y/z\"}"),
        "{\"greeting\": \"It's me {not you}, 3.\", \"nested\": \"y\", \"sum\": 2}",
        1);
  }

  @Test
  void failEndsTheMachineWithItsErrorAndCause() {
    var machine =
        Machine.of(
            """
            {"StartAt": "F", "States": {"F": {"Type": "Fail", "ErrorPath": "$.name",
              "CausePath": "States.Format('because of {}', $.reason)"}}}
            """);

    var result = machine.run("{\"name\": \"ErrorA\", \"reason\": \"kaiju\"}");

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(result.error()).contains("ErrorA");
    assertThat(result.cause()).contains("because of kaiju");
    assertThat(Machine.types(result))
        .containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
  }

  @Test
  void succeedEndsABranchAndNullPathsGiveEmptyObjects() {
    var machine =
        Machine.of(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "InputPath": null, "ResultPath": "$.was", "Next": "B"},
              "B": {"Type": "Pass", "Result": "dropped", "ResultPath": null, "Next": "C"},
              "C": {"Type": "Succeed", "OutputPath": "$.was"}}}
            """);

    assertSucceeded(machine.run("{\"n\": 1}"), "{}", 3);
  }

  @Test
  void theHistoryNamesEventsAsTheServiceDoes() {
    var machine =
        Machine.of(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke", "TimeoutSeconds": 60,
              "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "End": true}}}
            """);
    machine.lambda((name, payload) -> payload);

    var result = machine.run("1");

    assertThat(Machine.types(result))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded");
    assertThat(result.history()).extracting("id").containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(result.history())
        .extracting("previousEventId")
        .containsExactly(0L, 0L, 2L, 3L, 4L, 5L, 6L);
    assertThat(result.history().get(2).details())
        .isEqualTo(
            json(
                """
                {"resourceType": "lambda", "resource": "invoke",
                 "parameters": {"FunctionName": "f", "Payload": 1}, "timeoutInSeconds": 60}
                """));
  }
}

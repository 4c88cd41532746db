package dev.cloudmend.states.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionProblemsTest {

  private static List<String> problems(String json) {
    var exception =
        catchThrowableOfType(
            DefinitionException.class, () -> StateMachineDefinition.parse("flow.asl.json", json));
    assertThat(exception).as("the definition is accepted: %s", json).isNotNull();
    assertThat(exception).hasMessageStartingWith("flow.asl.json is not a usable state machine:");
    return exception.problems().stream().map(DefinitionProblem::toString).toList();
  }

  private static String machine(String state) {
    return "{\"StartAt\": \"S\", \"States\": {\"S\": "
        + state
        + ", \"D\": {\"Type\": \"Succeed\"}}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | (document): is not JSON: no content",
        "[] | (document): must be a JSON object",
        "{\"StartAt\": 1} | /StartAt: must be a string",
        "{} | (document): 'States' is missing",
        "{\"StartAt\": \"A\", \"States\": {}} | /States: must hold at least one state",
      })
  void whatIsNoMachineIsRefused(String json, String problem) {
    assertThat(problems(json)).contains(problem);
  }

  @Test
  void brokenJsonIsRefusedWithLineAndColumn() {
    assertThat(problems("{\n  \"StartAt\" \"A\"}"))
        .singleElement()
        .asString()
        .startsWith("(document): is not JSON at line 2, column ");
  }

  @Test
  void aFieldGivenTwiceIsRefused() {
    assertThat(problems("{\"StartAt\": \"A\", \"StartAt\": \"B\"}"))
        .singleElement()
        .asString()
        .contains("Duplicate");
  }

  @Test
  void deeplyNestedJsonIsRefusedWithoutAnOverflow() {
    assertThat(problems("[".repeat(100_000)))
        .singleElement()
        .asString()
        .startsWith("(document): is not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // transitions
        "{\"Type\": \"Pass\"} | /States/S: needs exactly one of Next and End",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"End\": true} | /States/S: needs exactly one of Next and End",
        "{\"Type\": \"Pass\", \"End\": false} | /States/S/End: must be true where it is given",
        "{\"Type\": \"Pass\", \"Next\": \"X\"} | /States/S/Next: there is no state 'X'",
        "{\"Type\": \"Pass\", \"End\": true} | /States/D: cannot be reached from StartAt",
        "{\"Type\": \"Pass\", \"Next\": \"S\"} | /States: no state ends the machine",
        // fields
        "{\"Type\": \"Activity\", \"End\": true} | /States/S/Type: must be Task, Pass, Choice, Wait, Succeed, Fail, Parallel or Map",
        "{\"Next\": \"D\"} | /States/S: 'Type' is missing",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Nxt\": 1} | /States/S/Nxt: is not a field that belongs here",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Retry\": []} | /States/S/Retry: is not a field that belongs here",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"a/b~c\": 1} | /States/S/a~1b~0c: is not a field that belongs here",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"ResultPath\": \"$$.x\"} | /States/S/ResultPath: a reference path must begin with one $, but is '$$.x'",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"InputPath\": \"$.length()\"} | /States/S/InputPath: functions are not supported in a path: '$.length()'",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Parameters\": {\"l\": [{\"x.$\": \"y\"}]}} | /States/S/Parameters/l/0/x.$: must be a path ($…) or an intrinsic function (States.…), but is 'y'",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Parameters\": {\"x.$\": 1}} | /States/S/Parameters/x.$: must be a string: a path or an intrinsic function",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Parameters\": {\"x\": 1, \"x.$\": \"$\"}} | /States/S/Parameters/x.$: 'x' and 'x.$' cannot both be there",
        // not supported
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Assign\": {}} | /States/S/Assign: variables (Assign) are not supported",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"Output\": 1} | /States/S/Output: belongs to JSONata, which is not supported",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"QueryLanguage\": \"JSONata\"} | /States/S/QueryLanguage: JSONata is not supported",
        "{\"Type\": \"Pass\", \"Next\": \"D\", \"InputPath\": \"$var.x\"} | /States/S/InputPath: after $ a path goes on with . or [ (variables are not supported): '$var.x'",
        // tasks
        "{\"Type\": \"Task\", \"Next\": \"D\"} | /States/S: 'Resource' is missing",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"lambda\"} | /States/S/Resource: must be arn:PARTITION:states:::SERVICE:ACTION or a Lambda function's ARN, but is 'lambda'",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:us-east-1:123456789012:activity:a\"} | /States/S/Resource: activities are not supported: 'arn:aws:states:us-east-1:123456789012:activity:a'",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::ecs:runTask.sync\"} | /States/S/Resource: '.sync' is not supported in 'arn:aws:states:::ecs:runTask.sync'",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::states:startExecution.sync:2\"} | /States/S/Resource: '.sync:2' is not supported in 'arn:aws:states:::states:startExecution.sync:2'",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Credentials\": {}} | /States/S/Credentials: Credentials are not supported",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"TimeoutSeconds\": 0} | /States/S/TimeoutSeconds: must be a whole number from 1 to 99999999",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\", \"TimeoutSeconds\": 5, \"HeartbeatSeconds\": 5} | /States/S/HeartbeatSeconds: must be smaller than TimeoutSeconds",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"HeartbeatSeconds\": 5} | /States/S/HeartbeatSeconds: is supported with .waitForTaskToken only",
        // retry and catch
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{}]} | /States/S/Retry/0: 'ErrorEquals' is missing",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{\"ErrorEquals\": [\"E\"], \"BackoffRate\": 0.5}]} | /States/S/Retry/0/BackoffRate: must be a number of at least 1.0",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 5, \"MaxDelaySeconds\": 5}]} | /States/S/Retry/0/MaxDelaySeconds: must be greater than IntervalSeconds",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Retry\": [{\"ErrorEquals\": [\"States.ALL\"]}, {\"ErrorEquals\": [\"E\"]}]} | /States/S/Retry/0/ErrorEquals: States.ALL must stand alone, and last",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Catch\": [{\"ErrorEquals\": [\"States.All\"], \"Next\": \"D\"}]} | /States/S/Catch/0/ErrorEquals: 'States.All' is not an error name of the States Language",
        "{\"Type\": \"Task\", \"Next\": \"D\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Catch\": [{\"ErrorEquals\": [\"E\"], \"Next\": \"X\"}]} | /States/S/Catch/0/Next: there is no state 'X'",
        // choice
        "{\"Type\": \"Choice\", \"Choices\": [], \"Default\": \"D\"} | /States/S/Choices: must hold at least one rule",
        "{\"Type\": \"Choice\", \"Default\": \"D\", \"Choices\": [{\"Variable\": \"$.a\", \"StringEquals\": 1, \"Next\": \"D\"}]} | /States/S/Choices/0/StringEquals: must be a string",
        "{\"Type\": \"Choice\", \"Default\": \"D\", \"Choices\": [{\"Variable\": \"$.a\", \"IsPresent\": true}]} | /States/S/Choices/0: 'Next' is missing",
        "{\"Type\": \"Choice\", \"Default\": \"D\", \"Choices\": [{\"Variable\": \"$.a[*]\", \"IsPresent\": true, \"Next\": \"D\"}]} | /States/S/Choices/0/Variable: must name one value, but is '$.a[*]'",
        "{\"Type\": \"Choice\", \"Default\": \"D\", \"Choices\": [{\"Variable\": \"$.a\", \"Next\": \"D\"}]} | /States/S/Choices/0: needs exactly one comparison, such as StringEquals; it has []",
        "{\"Type\": \"Choice\", \"Default\": \"D\", \"Choices\": [{\"Not\": {\"Variable\": \"$.a\", \"IsNull\": true, \"Next\": \"D\"}, \"Next\": \"D\"}]} | /States/S/Choices/0/Not/Next: only the outermost rule leads somewhere",
        "{\"Type\": \"Choice\", \"Default\": \"X\", \"Choices\": [{\"Variable\": \"$.a\", \"IsNull\": true, \"Next\": \"D\"}]} | /States/S/Default: there is no state 'X'",
        "{\"Type\": \"Choice\", \"Default\": \"D\", \"Choices\": [{\"Variable\": \"$.a\", \"StringMatchesPath\": \"$.b\", \"Next\": \"D\"}]} | /States/S/Choices/0: needs exactly one comparison, such as StringEquals; it has []",
        // wait
        "{\"Type\": \"Wait\", \"Next\": \"D\"} | /States/S: needs exactly one of Seconds, SecondsPath, Timestamp, TimestampPath",
        "{\"Type\": \"Wait\", \"Next\": \"D\", \"Timestamp\": \"tomorrow\"} | /States/S/Timestamp: must be a timestamp such as 2001-01-01T12:00:00Z",
        // map and parallel
        "{\"Type\": \"Map\", \"Next\": \"D\"} | /States/S: 'ItemProcessor' is missing",
        "{\"Type\": \"Map\", \"Next\": \"D\", \"ItemReader\": {}, \"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}} | /States/S/ItemReader: belongs to distributed Map, which is not supported",
        "{\"Type\": \"Map\", \"Next\": \"D\", \"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, \"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}} | /States/S/ItemProcessor/ProcessorConfig/Mode: mode DISTRIBUTED is not supported",
        "{\"Type\": \"Map\", \"Next\": \"D\", \"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"Next\": \"D\"}}}} | /States/S/ItemProcessor/States/P/Next: there is no state 'D'",
        "{\"Type\": \"Map\", \"Next\": \"D\", \"ItemProcessor\": {\"StartAt\": \"D\", \"States\": {\"D\": {\"Type\": \"Pass\", \"End\": true}}}} | /States/D: another state of the machine has the same name",
        "{\"Type\": \"Parallel\", \"Next\": \"D\", \"Branches\": []} | /States/S/Branches: must hold at least one branch",
        "{\"Type\": \"Parallel\", \"Next\": \"D\", \"Branches\": [{\"StartAt\": \"P\"}]} | /States/S/Branches/0: 'States' is missing",
      })
  void aStateThatIsNotSoundIsRefusedWithItsPlace(String state, String problem) {
    assertThat(problems(machine(state))).contains(problem);
  }

  @Test
  void everyProblemIsTold() {
    assertThat(
            problems(
                """
                {"StartAt": "Missing", "Unknown": 1, "TimeoutSeconds": "soon", "States": {
                  "A": {"Type": "Pass"}, "B": {"Type": "Wait", "End": true}}}
                """))
        .containsExactlyInAnyOrder(
            "/TimeoutSeconds: must be a whole number from 1 to 99999999",
            "/Unknown: is not a field that belongs here",
            "/States/A: needs exactly one of Next and End",
            "/States/B: needs exactly one of Seconds, SecondsPath, Timestamp, TimestampPath",
            "/StartAt: there is no state 'Missing'");
  }

  @Test
  void aSoundDefinitionKnowsTheIntegrationsItCalls() {
    var definition =
        StateMachineDefinition.parse(
            """
            {"Comment": "c", "Version": "1.0", "QueryLanguage": "JSONPath", "StartAt": "P",
             "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
               {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
                 "Resource": "arn:aws-us-gov:states:::sqs:sendMessage.waitForTaskToken"}}},
               {"StartAt": "B", "States": {"B": {"Type": "Task", "End": true,
                 "Resource": "arn:aws:states:::aws-sdk:s3:getObject"}}}]}}}
            """);

    assertThat(definition.integrations())
        .containsExactly("aws-sdk:s3:getObject", "sqs:sendMessage");
  }
}

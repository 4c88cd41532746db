package dev.cloudmend.endpoint.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.Sandbox;
import dev.cloudmend.model.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;
import software.amazon.awssdk.services.sqs.SqsClient;

final class StepFunctionsTest {

  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:";

  @TempDir private static Path folder;
  private static Sandbox sandbox;
  private static SfnClient states;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(folder);
    states = sandbox.client(SfnClient::builder);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static String machine(String name, String definition) {
    return states
        .createStateMachine(
            m ->
                m.name(name)
                    .definition(definition)
                    .roleArn("arn:aws:iam::123456789012:role/machine"))
        .stateMachineArn();
  }

  private static String task(String function) {
    return """
        {"StartAt": "Work", "States": {"Work": {"Type": "Task",
          "Resource": "arn:aws:states:::lambda:invoke",
          "Parameters": {"FunctionName": "%s", "Payload.$": "$"}, "End": true}}}
        """
        .formatted(function);
  }

  private static String asking(String function) {
    return """
        {"StartAt": "Ask", "States": {"Ask": {"Type": "Task",
          "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Parameters": {"FunctionName": "%s", "Payload": {"token.$": "$$.Task.Token"}},
          "End": true}}}
        """
        .formatted(function);
  }

  private static DescribeExecutionResponse await(
      SfnClient client, String arn, Predicate<DescribeExecutionResponse> condition) {
    Instant limit = Instant.now().plusSeconds(30);
    while (true) {
      DescribeExecutionResponse execution = client.describeExecution(e -> e.executionArn(arn));
      if (condition.test(execution)) {
        return execution;
      }
      assertThat(Instant.now()).as("%s", execution).isBefore(limit);
    }
  }

  private static DescribeExecutionResponse awaitEnd(String arn) {
    return await(states, arn, execution -> execution.status() != ExecutionStatus.RUNNING);
  }

  private static List<String> statusesTold(String execution) {
    return sandbox.events.stream()
        .map(event -> event.path("detail"))
        .filter(detail -> detail.path("executionArn").asText().equals(execution))
        .map(detail -> detail.path("status").asText())
        .toList();
  }

  private static void awaitTold(String execution, String... statuses) {
    Instant limit = Instant.now().plusSeconds(30);
    while (!statusesTold(execution).equals(List.of(statuses))) {
      assertThat(Instant.now()).as("%s", sandbox.events).isBefore(limit);
      Thread.onSpinWait();
    }
  }

  @Test
  void runsTwoFunctionsAndTellsOfItsBeginningAndItsEnd() {
    sandbox.functions.put(
        FUNCTION + "first",
        Sandbox.answering(in -> Json.object().put("n", in.path("n").asInt() + 1)));
    sandbox.functions.put(
        FUNCTION + "second:live",
        Sandbox.answering(in -> Json.object().put("n", in.path("n").asInt() * 10)));
    String machine =
        machine(
            "two-tasks",
            """
            {"StartAt": "One", "States": {
              "One": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "first", "Payload.$": "$"}, "Next": "Two"},
              "Two": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {
                  "FunctionName": "arn:aws:lambda:us-east-1:123456789012:function:second:live",
                  "Payload.$": "$.Payload"}, "End": true}}}
            """);
    String arn =
        states
            .startExecution(e -> e.stateMachineArn(machine).name("run-1").input("{\"n\": 1}"))
            .executionArn();
    assertThat(arn).isEqualTo("arn:aws:states:us-east-1:123456789012:execution:two-tasks:run-1");

    DescribeExecutionResponse ended = awaitEnd(arn);
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(Json.parse(ended.output()))
        .isEqualTo(
            Json.parse(
                """
                {"ExecutedVersion": "$LATEST", "Payload": {"n": 20}, "StatusCode": 200}
                """));
    assertThat(ended.input()).isEqualTo("{\"n\":1}");
    assertThat(ended.startDate()).isBetween(Instant.now().minusSeconds(60), Instant.now());

    awaitTold(arn, "RUNNING", "SUCCEEDED");
    ObjectNode event =
        sandbox.events.stream()
            .filter(e -> e.path("resources").path(0).asText().equals(arn))
            .reduce((first, last) -> last)
            .orElseThrow();
    assertThat(event.path("source").asText()).isEqualTo("aws.states");
    assertThat(event.path("detail-type").asText())
        .isEqualTo("Step Functions Execution Status Change");
    assertThat(event.path("account").asText()).isEqualTo("123456789012");
    JsonNode detail = event.path("detail");
    assertThat(detail.path("startDate").longValue()).isEqualTo(ended.startDate().toEpochMilli());
    assertThat(detail.path("stopDate").longValue()).isEqualTo(ended.stopDate().toEpochMilli());
    assertThat(detail.path("input").asText()).isEqualTo("{\"n\":1}");
    assertThat(detail.path("output").asText()).isEqualTo(ended.output());
    assertThat(detail.path("error").isNull()).isTrue();
  }

  @Test
  void aFunctionsErrorFailsTheTaskUnderItsTypeWithThePayloadAsCause() {
    sandbox.functions.put(
        FUNCTION + "broken",
        payload ->
            new FunctionCaller.Result(
                "7",
                Optional.of("Unhandled"),
                Json.parse("{\"errorMessage\":\"no\",\"errorType\":\"java.io.IOException\"}")));
    String arn =
        states
            .startExecution(e -> e.stateMachineArn(machine("failing", task("broken"))))
            .executionArn();
    DescribeExecutionResponse ended = awaitEnd(arn);
    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.error()).isEqualTo("java.io.IOException");
    assertThat(ended.cause())
        .isEqualTo("{\"errorMessage\":\"no\",\"errorType\":\"java.io.IOException\"}");
    awaitTold(arn, "RUNNING", "FAILED");
  }

  @Test
  void aMissingFunctionFailsTheTaskWithLambdasError() {
    String arn =
        states
            .startExecution(e -> e.stateMachineArn(machine("nobody", task("nobody"))))
            .executionArn();
    assertThat(awaitEnd(arn).error()).isEqualTo("Lambda.ResourceNotFoundException");
  }

  @Test
  void startsAreIdempotentByNameAndInputWhileTheExecutionRuns() throws Exception {
    var release = new CountDownLatch(1);
    sandbox.functions.put(
        FUNCTION + "slow",
        payload -> {
          release.await();
          return new FunctionCaller.Result("$LATEST", Optional.empty(), payload);
        });
    String machine = machine("idempotent", task("slow"));
    var first = states.startExecution(e -> e.stateMachineArn(machine).name("a").input("{\"x\":1}"));
    var again =
        states.startExecution(e -> e.stateMachineArn(machine).name("a").input("{\"x\": 1}"));
    assertThat(again.executionArn()).isEqualTo(first.executionArn());
    assertThat(again.startDate()).isEqualTo(first.startDate());
    assertThatThrownBy(
            () -> states.startExecution(e -> e.stateMachineArn(machine).name("a").input("{}")))
        .isInstanceOf(ExecutionAlreadyExistsException.class)
        .hasMessageContaining("Execution Already Exists: '" + first.executionArn());
    release.countDown();
    awaitEnd(first.executionArn());
    assertThatThrownBy(
            () ->
                states.startExecution(e -> e.stateMachineArn(machine).name("a").input("{\"x\":1}")))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @Test
  void historyComesByPagesInBothOrders() {
    sandbox.functions.put(FUNCTION + "echo", Sandbox.answering(in -> in));
    String arn =
        states
            .startExecution(
                e -> e.stateMachineArn(machine("paged", task("echo"))).input("{\"a\":1}"))
            .executionArn();
    awaitEnd(arn);
    List<HistoryEvent> events = new ArrayList<>();
    states
        .getExecutionHistoryPaginator(h -> h.executionArn(arn).maxResults(2))
        .forEach(
            page -> {
              assertThat(page.events()).hasSizeLessThanOrEqualTo(2);
              events.addAll(page.events());
            });
    assertThat(events)
        .extracting(HistoryEvent::type)
        .containsExactly(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUCCEEDED,
            HistoryEventType.TASK_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED);
    assertThat(events.get(0).executionStartedEventDetails().input()).isEqualTo("{\"a\":1}");
    assertThat(events.get(1).stateEnteredEventDetails().name()).isEqualTo("Work");
    assertThat(events.get(2).taskScheduledEventDetails().parameters())
        .isEqualTo("{\"FunctionName\":\"echo\",\"Payload\":{\"a\":1}}");
    assertThat(events.get(4).taskSucceededEventDetails().output()).contains("\"StatusCode\":200");
    assertThat(events.get(6).executionSucceededEventDetails().output()).contains("\"a\":1");

    List<Long> backwards = new ArrayList<>();
    states
        .getExecutionHistoryPaginator(
            h -> h.executionArn(arn).maxResults(3).reverseOrder(true).includeExecutionData(false))
        .events()
        .forEach(event -> backwards.add(event.id()));
    assertThat(backwards).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThatThrownBy(
            () -> states.getExecutionHistory(h -> h.executionArn(arn).nextToken("nonsense")))
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void executionsAreListedByMachineAndStatusTheNewestFirst() {
    sandbox.functions.put(FUNCTION + "listed", Sandbox.answering(in -> in));
    String machine = machine("listed", task("listed"));
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = "run-" + i;
      started.addFirst(
          states.startExecution(e -> e.stateMachineArn(machine).name(name)).executionArn());
      awaitEnd(started.getFirst());
    }
    String failed =
        states
            .startExecution(e -> e.stateMachineArn(machine("other", task("gone"))))
            .executionArn();
    awaitEnd(failed);

    List<String> listed = new ArrayList<>();
    states
        .listExecutionsPaginator(l -> l.stateMachineArn(machine).maxResults(2))
        .executions()
        .forEach(execution -> listed.add(execution.executionArn()));
    assertThat(listed).isEqualTo(started);
    assertThat(
            states
                .listExecutions(
                    l -> l.stateMachineArn(machine).statusFilter(ExecutionStatus.FAILED))
                .executions())
        .isEmpty();
    assertThat(
            states
                .listExecutions(
                    l ->
                        l.stateMachineArn(
                                failed.replaceFirst("execution:(.*):.*", "stateMachine:$1"))
                            .statusFilter(ExecutionStatus.FAILED))
                .executions())
        .extracting(ExecutionListItem::executionArn)
        .containsExactly(failed);
  }

  @Test
  void anExecutionThatWaitsForATokenOutlivesARestart(@TempDir Path other) throws Exception {
    BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    Sandbox.Code ask =
        Sandbox.answering(
            in -> {
              tokens.add(in.path("token").asText());
              return Json.object();
            });
    String arn;
    try (var before = Sandbox.start(other);
        var client = before.client(SfnClient::builder)) {
      before.functions.put(FUNCTION + "ask", ask);
      String machine =
          client
              .createStateMachine(
                  m ->
                      m.name("ask")
                          .definition(asking("ask"))
                          .roleArn("arn:aws:iam::123456789012:role/m"))
              .stateMachineArn();
      arn = client.startExecution(e -> e.stateMachineArn(machine).name("one")).executionArn();
      String token = tokens.poll(30, TimeUnit.SECONDS);
      assertThat(token).isNotNull();
      tokens.add(token);
      awaitHistory(client, arn, HistoryEventType.TASK_SUBMITTED);
      client.sendTaskHeartbeat(h -> h.taskToken(token));
    }
    String token = tokens.remove();
    try (var after = Sandbox.start(other);
        var client = after.client(SfnClient::builder)) {
      assertThat(client.describeExecution(e -> e.executionArn(arn)).status())
          .isEqualTo(ExecutionStatus.RUNNING);
      assertThatThrownBy(() -> client.sendTaskSuccess(s -> s.taskToken(token).output("{")))
          .isInstanceOf(InvalidOutputException.class);
      client.sendTaskSuccess(s -> s.taskToken(token).output("{\"yes\":true}"));
      DescribeExecutionResponse ended =
          await(client, arn, e -> e.status() != ExecutionStatus.RUNNING);
      assertThat(ended.output()).isEqualTo("{\"yes\":true}");
      assertThatThrownBy(() -> client.sendTaskFailure(f -> f.taskToken(token).error("late")))
          .isInstanceOf(TaskTimedOutException.class);
    }
  }

  private static void awaitHistory(SfnClient client, String arn, HistoryEventType type) {
    await(
        client,
        arn,
        execution ->
            client.getExecutionHistory(h -> h.executionArn(arn)).events().stream()
                .anyMatch(event -> event.type() == type));
  }

  @Test
  void aStoppedExecutionIsAborted() throws Exception {
    var atWork = new CountDownLatch(1);
    sandbox.functions.put(
        FUNCTION + "endless",
        payload -> {
          atWork.countDown();
          new CountDownLatch(1).await();
          throw new IllegalStateException();
        });
    String arn =
        states
            .startExecution(e -> e.stateMachineArn(machine("endless", task("endless"))))
            .executionArn();
    atWork.await();
    Instant stop =
        states.stopExecution(s -> s.executionArn(arn).error("Me").cause("enough")).stopDate();
    DescribeExecutionResponse ended = states.describeExecution(e -> e.executionArn(arn));
    assertThat(ended.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(ended.error()).isEqualTo("Me");
    assertThat(ended.cause()).isEqualTo("enough");
    assertThat(ended.stopDate()).isEqualTo(stop);
    awaitTold(arn, "RUNNING", "ABORTED");
  }

  @Test
  void aVersionRunsTheDefinitionOfThenAndAnAliasLeadsToIt() {
    String pass =
        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":%d,\"End\":true}}}";
    var made =
        states.createStateMachine(
            m ->
                m.name("versioned")
                    .definition(pass.formatted(1))
                    .publish(true)
                    .roleArn("arn:aws:iam::123456789012:role/machine"));
    states.updateStateMachine(
        u -> u.stateMachineArn(made.stateMachineArn()).definition(pass.formatted(2)));
    String alias =
        states
            .createStateMachineAlias(
                a ->
                    a.name("live")
                        .routingConfiguration(
                            List.of(
                                RoutingConfigurationListItem.builder()
                                    .stateMachineVersionArn(made.stateMachineVersionArn())
                                    .weight(100)
                                    .build())))
            .stateMachineAliasArn();

    var byVersion =
        awaitEnd(
            states
                .startExecution(e -> e.stateMachineArn(made.stateMachineVersionArn()))
                .executionArn());
    var byAlias = awaitEnd(states.startExecution(e -> e.stateMachineArn(alias)).executionArn());
    var plain =
        awaitEnd(
            states.startExecution(e -> e.stateMachineArn(made.stateMachineArn())).executionArn());
    assertThat(List.of(byVersion.output(), byAlias.output(), plain.output()))
        .containsExactly("1", "1", "2");
    assertThat(byVersion.stateMachineArn()).isEqualTo(made.stateMachineArn());
    assertThat(byVersion.stateMachineVersionArn()).isEqualTo(made.stateMachineVersionArn());
    assertThat(byAlias.stateMachineAliasArn()).isEqualTo(alias);
    assertThat(states.listExecutions(l -> l.stateMachineArn(alias)).executions())
        .extracting(ExecutionListItem::executionArn)
        .containsExactly(byAlias.executionArn());
    var machine =
        states.describeStateMachineForExecution(d -> d.executionArn(byVersion.executionArn()));
    assertThat(machine.definition()).isEqualTo(pass.formatted(1));
    assertThat(machine.name()).isEqualTo("versioned");
    assertThat(
            states
                .listStateMachineVersions(v -> v.stateMachineArn(made.stateMachineArn()))
                .stateMachineVersions())
        .isEmpty();
  }

  @Test
  void aTaskSendsAMessageToAQueue() {
    SqsClient queues = sandbox.client(SqsClient::builder);
    String queue = queues.createQueue(q -> q.queueName("from-a-task")).queueUrl();
    assertThat(queue).startsWith(sandbox.uri().toString());
    String machine =
        machine(
            "sender",
            """
            {"StartAt": "Send", "States": {"Send": {"Type": "Task",
              "Resource": "arn:aws:states:::sqs:sendMessage",
              "Parameters": {"QueueUrl": "%s", "MessageBody": {"hello.$": "$.who"}}, "End": true}}}
            """
                .formatted(queue));
    String arn =
        states
            .startExecution(e -> e.stateMachineArn(machine).input("{\"who\":\"you\"}"))
            .executionArn();
    assertThat(awaitEnd(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(queues.receiveMessage(r -> r.queueUrl(queue)).messages().getFirst().body())
        .isEqualTo("{\"hello\":\"you\"}");
  }

  @Test
  void definitionsAreValidatedByTheInterpretersOwnParser() {
    var good = states.validateStateMachineDefinition(v -> v.definition(task("f")));
    assertThat(good.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.OK);
    assertThat(good.diagnostics()).isEmpty();
    var bad =
        states.validateStateMachineDefinition(
            v ->
                v.definition(
                    """
                    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"}}}
                    """));
    assertThat(bad.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.FAIL);
    assertThat(bad.diagnostics().getFirst().location()).startsWith("/States");
    assertThat(bad.diagnostics().getFirst().severityAsString()).isEqualTo("ERROR");
  }

  @Test
  void errorsHaveTheNamesOfTheApi() {
    String arn = "arn:aws:states:us-east-1:123456789012:";
    assertThatThrownBy(
            () -> states.startExecution(e -> e.stateMachineArn(arn + "stateMachine:none")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
    assertThatThrownBy(
            () -> states.startExecution(e -> e.stateMachineArn(arn + "stateMachine:none:live")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
    assertThatThrownBy(
            () -> states.describeExecution(e -> e.executionArn(arn + "execution:none:x")))
        .isInstanceOf(ExecutionDoesNotExistException.class);
    assertThatThrownBy(() -> states.sendTaskSuccess(s -> s.taskToken("no token").output("{}")))
        .isInstanceOf(InvalidTokenException.class);
    String machine = machine("errors", task("f"));
    assertThatThrownBy(() -> states.startExecution(e -> e.stateMachineArn(machine).input("{")))
        .isInstanceOf(InvalidExecutionInputException.class);
  }
}

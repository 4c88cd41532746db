package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.FileExecutionStore;
import dev.cloudmend.states.durable.InMemoryExecutionStore;
import dev.cloudmend.states.engine.ExecutionStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executions that rest at task tokens, and whoever goes on with them. */
class TaskTokenTest extends TokenFixture {

  private static final String NESTED =
      """
      {"StartAt": "Groups", "States": {"Groups": {"Type": "Map",
        "ItemProcessor": {"StartAt": "Group", "States": {"Group": {"Type": "Map",
          "MaxConcurrency": %d,
          "ItemProcessor": {"StartAt": "Ask", "States": {
            "Ask": {"Type": "Task",
              "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters": {"MessageBody": {"token.$": "$$.Task.Token",
                "for.$": "$$.Map.Item.Value"}}, "Next": "Label"},
            "Label": {"Type": "Pass", "Parameters": {"answer.$": "$",
              "item.$": "$$.Map.Item.Value"}, "End": true}}},
          "End": true}}}, "End": true}}}
      """;

  @BeforeEach
  void forgetTokens() {
    tokens.clear();
  }

  @Test
  void anotherInterpreterGoesOnFromTheFolder() {
    var first = machine(asking(CATCH), new FileExecutionStore(folder));
    var waiting = first.run("{\"n\": 1}");
    assertThat(waiting.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(Machine.types(waiting)).endsWith("TaskScheduled", "TaskStarted", "TaskSubmitted");

    var second = machine(asking(CATCH), new FileExecutionStore(folder)).interpreter();
    assertThat(second.describe(EXECUTION).orElseThrow()).isEqualTo(waiting);
    var result = second.sendTaskSuccess(token("one"), TextNode.valueOf("yes"));

    assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.output())
        .contains(json("{\"n\": 1, \"before\": \"kept\", \"answer\": \"yes\"}"));
    assertThat(result.transitions()).isEqualTo(3);
    assertThat(result.history().subList(0, waiting.history().size()))
        .as("the history survives")
        .isEqualTo(waiting.history());
    assertThat(result.history())
        .extracting("id")
        .isEqualTo(LongStream.rangeClosed(1, 12).boxed().toList());
    assertThat(new FileExecutionStore(folder).openExecutions()).isEmpty();
  }

  @Test
  void aRefusalCanBeCaught() {
    var machine = machine(asking(CATCH), new InMemoryExecutionStore());
    machine.run("{}");

    var result = machine.interpreter().sendTaskFailure(token("one"), "Denied", "not today");

    assertThat(result.output().orElseThrow().path("error"))
        .isEqualTo(json("{\"Error\": \"Denied\", \"Cause\": \"not today\"}"));
  }

  @Test
  void tokensInsideNestedMapsAreAnsweredInAnyOrderByAnyInterpreter() {
    String json = NESTED.formatted(0);
    machine(json, new FileExecutionStore(folder)).run("[[\"a\", \"b\"], [\"c\"]]");
    assertThat(tokens).containsOnlyKeys("a", "b", "c");

    for (String item : List.of("c", "b")) {
      var resting =
          machine(json, new FileExecutionStore(folder))
              .interpreter()
              .sendTaskSuccess(token(item), TextNode.valueOf(item + "!"));
      assertThat(resting.status()).isEqualTo(ExecutionStatus.WAITING);
    }
    var result =
        machine(json, new FileExecutionStore(folder))
            .interpreter()
            .sendTaskSuccess(token("a"), TextNode.valueOf("a!"));

    assertThat(result.output())
        .contains(
            json(
                """
                [[{"answer": "a!", "item": "a"}, {"answer": "b!", "item": "b"}],
                 [{"answer": "c!", "item": "c"}]]
                """));
    assertThat(result.transitions()).isEqualTo(1 + 2 + 3 * 2);
  }

  @Test
  void anIterationThatHadToWaitStartsAfterTheResume() {
    String json = NESTED.formatted(1);
    machine(json, new FileExecutionStore(folder)).run("[[\"a\", \"b\"]]");
    assertThat(tokens).containsOnlyKeys("a");

    var second = machine(json, new FileExecutionStore(folder)).interpreter();
    second.sendTaskSuccess(token("a"), IntNode.valueOf(1));
    assertThat(tokens).containsOnlyKeys("b");
    var result = second.sendTaskSuccess(token("b"), IntNode.valueOf(2));

    assertThat(result.output())
        .contains(json("[[{\"answer\": 1, \"item\": \"a\"}, {\"answer\": 2, \"item\": \"b\"}]]"));
  }

  @Property(tries = 40)
  void theOrderOfAnswersDoesNotChangeTheOutput(@ForAll long seed, @ForAll boolean narrow) {
    tokens.clear();
    var random = new Random(seed);
    var machine = machine(NESTED.formatted(narrow ? 1 : 3), new InMemoryExecutionStore());
    ExecutionResult result = machine.run("[[\"a\", \"b\", \"c\"], [], [\"d\", \"e\"]]");
    while (result.status() == ExecutionStatus.WAITING) {
      var open = new ArrayList<>(tokens.keySet());
      Collections.shuffle(open, random);
      String item = open.getFirst();
      result = machine.interpreter().sendTaskSuccess(token(item), TextNode.valueOf("to " + item));
    }

    assertThat(result.output().orElseThrow().findValuesAsText("answer"))
        .containsExactly("to a", "to b", "to c", "to d", "to e");
    assertThat(result.transitions()).isEqualTo(1 + 3 + 5 * 2);
  }

  @Test
  void otherBranchesRunToTheirEndBeforeTheExecutionRests() {
    var machine =
        machine(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
              {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true,
                "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {"MessageBody": {"token.$": "$$.Task.Token", "for": "one"}}}}},
              {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 3600, "Next": "X"},
                "X": {"Type": "Pass", "Result": "waited", "End": true}}}], "End": true}}}
            """,
            new InMemoryExecutionStore());

    var waiting = machine.run("{}");
    assertThat(waiting.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(machine.clock.now()).isEqualTo(Machine.START.plusSeconds(3600));

    var result = machine.interpreter().sendTaskSuccess(token("one"), json("1"));
    assertThat(result.output()).contains(json("[1, \"waited\"]"));
  }

  @Test
  void aHandlerMayAnswerBeforeItReturns() {
    var interpreter = new Interpreter[1];
    var machine =
        Machine.of(asking(CATCH))
            .handling(
                "sqs:sendMessage",
                (integration, parameters) -> {
                  interpreter[0].sendTaskSuccess(
                      parameters.path("MessageBody").path("token").asText(), json("true"));
                  return json("{}");
                });
    interpreter[0] = machine.interpreter();

    var result =
        interpreter[0].start(
            StateMachineDefinition.parse(asking(CATCH)), Machine.ARN, "run", json("{}"));

    assertThat(result.output()).contains(json("{\"before\": \"kept\", \"answer\": true}"));
  }

  @Test
  void aTokenIsGoodForOneAnswer() {
    var machine = machine(asking(CATCH), new InMemoryExecutionStore());
    machine.run("{}");
    String token = token("one");
    machine.interpreter().sendTaskSuccess(token, json("1"));

    assertCode("TaskTimedOut", () -> machine.interpreter().sendTaskSuccess(token, json("2")));
    assertThat(machine.interpreter().describe(EXECUTION).orElseThrow().output().orElseThrow())
        .isEqualTo(json("{\"before\": \"kept\", \"answer\": 1}"));
  }

  @Test
  void oneOfManyWhoAnswerAtOnceWins() throws Exception {
    machine(asking(CATCH), new FileExecutionStore(folder)).run("{}");
    String token = token("one");
    var winners = new ArrayList<Integer>();
    var answers = new ArrayList<Future<ExecutionResult>>();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        JsonNode answer = IntNode.valueOf(i);
        var interpreter = machine(asking(CATCH), new FileExecutionStore(folder)).interpreter();
        answers.add(pool.submit(() -> interpreter.sendTaskSuccess(token, answer)));
      }
    }
    for (Future<ExecutionResult> answer : answers) {
      if (answer.state() == Future.State.SUCCESS) {
        winners.add(answer.resultNow().output().orElseThrow().path("answer").intValue());
      } else {
        assertThat(answer.exceptionNow())
            .isInstanceOfSatisfying(
                ExecutionRequestException.class,
                e -> assertThat(e.code()).isEqualTo("TaskTimedOut"));
      }
    }

    assertThat(winners).hasSize(1);
  }

  @Test
  void tokensThatAreNoneAreRefused() {
    var machine = machine(asking(CATCH), new InMemoryExecutionStore());
    machine.run("{}");
    String token = token("one");
    String other = token.substring(0, token.length() - 4) + "AAAA";

    assertCode("InvalidToken", () -> machine.interpreter().sendTaskSuccess("guess", json("1")));
    assertCode("InvalidToken", () -> machine.interpreter().sendTaskSuccess("***", json("1")));
    assertCode("TaskTimedOut", () -> machine.interpreter().sendTaskSuccess(other, json("1")));
    assertCode(
        "TaskDoesNotExist",
        () ->
            machine(asking(CATCH), new InMemoryExecutionStore())
                .interpreter()
                .sendTaskSuccess(token, json("1")));
    assertThat(machine.interpreter().sendTaskSuccess(token, json("1")).status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aRetriedTaskHasANewTokenAndTheOldOneIsDead() {
    String retry = "\"Retry\": [{\"ErrorEquals\": [\"Again\"], \"IntervalSeconds\": 7}],";
    var machine = machine(asking(retry + CATCH), new FileExecutionStore(folder));
    machine.run("{}");
    String before = token("one");

    var resting = machine.interpreter().sendTaskFailure(before, "Again", null);
    assertThat(resting.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(machine.clock.now()).isEqualTo(Machine.START.plusSeconds(7));
    String after = token("one");

    assertThat(after).isNotEqualTo(before);
    assertCode("TaskTimedOut", () -> machine.interpreter().sendTaskSuccess(before, json("1")));
    var result = machine.interpreter().sendTaskSuccess(after, json("2"));
    assertThat(result.output().orElseThrow().path("answer")).isEqualTo(json("2"));
    assertThat(result.transitions()).isEqualTo(4);
  }

  @Test
  void anExecutionsNameIsUsedOnce() {
    var store = new FileExecutionStore(folder);
    machine(asking(CATCH), store).run("{}");

    assertCode("ExecutionAlreadyExists", () -> machine(asking(CATCH), store).run("{}"));
  }
}

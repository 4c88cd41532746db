package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.TaskFailedException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanOutTest {

  private static String map(String fields, String taskFields) {
    return """
        {"StartAt": "M", "States": {
          "M": {"Type": "Map", %s "ItemProcessor": {"StartAt": "T", "States": {
            "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
              %s "End": true},
            "Caught": {"Type": "Pass", "Result": "caught", "End": true}}}, "Next": "D"},
          "D": {"Type": "Pass", "End": true}}}
        """
        .formatted(fields, taskFields);
  }

  private static final String CATCH_IN_ITERATION =
      "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Caught\"}],";

  private static final String NEVER =
      "\"Catch\": [{\"ErrorEquals\": [\"Never\"], \"Next\": \"Caught\"}],";

  @Test
  void resultsStandInTheOrderOfTheItemsThoughTheyEndInReverse() {
    var last = new CountDownLatch[] {new CountDownLatch(1), new CountDownLatch(1)};
    var machine = Machine.of(map("", CATCH_IN_ITERATION));
    machine.lambda(
        (name, payload) -> {
          int n = payload.intValue();
          if (n < 2) {
            last[n].await();
          }
          if (n > 0) {
            last[n - 1].countDown();
          }
          return IntNode.valueOf(n * 10);
        });

    assertThat(machine.run("[0, 1, 2]").output()).contains(json("[0, 10, 20]"));
  }

  @Test
  void iterationsReallyRunAtTheSameTime() {
    var barrier = new CyclicBarrier(4);
    var machine = Machine.of(map("\"MaxConcurrency\": 4,", CATCH_IN_ITERATION));
    machine.lambda(
        (name, payload) -> {
          try {
            barrier.await(20, TimeUnit.SECONDS);
          } catch (BrokenBarrierException | TimeoutException e) {
            throw new TaskFailedException("Alone", "the others did not come");
          }
          return payload;
        });

    assertThat(machine.run("[1, 2, 3, 4]").output()).contains(json("[1, 2, 3, 4]"));
  }

  @Test
  void noMoreIterationsRunThanAllowed() {
    var allowed = new Semaphore(2);
    var calls = new AtomicInteger();
    var machine =
        Machine.of(map("\"MaxConcurrencyPath\": \"$.two\", \"ItemsPath\": \"$.i\",", NEVER));
    machine.lambda(
        (name, payload) -> {
          calls.incrementAndGet();
          if (!allowed.tryAcquire()) {
            throw new TaskFailedException("TooMany", "more than two at once");
          }
          allowed.release();
          return payload;
        });

    var result = machine.run("{\"two\": 2, \"i\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}");

    assertThat(result.error()).isEmpty();
    assertThat(calls).hasValue(12);
    // At any point of the history, too, at most two are between start and end.
    int running = 0;
    for (String type : Machine.types(result)) {
      running += type.equals("MapIterationStarted") ? 1 : 0;
      running -= type.equals("MapIterationSucceeded") ? 1 : 0;
      assertThat(running).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void anIterationThatCatchesItsErrorDoesNotTakeItsSiblingsAlong() {
    var machine = Machine.of(map("", CATCH_IN_ITERATION));
    machine.lambda(
        (name, payload) -> {
          if (payload.intValue() == 2) {
            throw new TaskFailedException("Bad", "two is bad");
          }
          return payload;
        });

    assertThat(machine.run("[1, 2, 3]").output()).contains(json("[1, \"caught\", 3]"));
  }

  @Test
  void anIterationThatFailsEndsTheMapAndItsSiblings() throws Exception {
    var siblingAtWork = new CountDownLatch(1);
    var siblingInterrupted = new CountDownLatch(1);
    var machine = Machine.of(map("", NEVER));
    machine.lambda(
        (name, payload) -> {
          if (payload.intValue() == 1) {
            siblingAtWork.countDown();
            try {
              new CountDownLatch(1).await();
            } finally {
              siblingInterrupted.countDown();
            }
          }
          siblingAtWork.await();
          throw new TaskFailedException("Bad", "zero is bad");
        });

    var result = machine.run("[0, 1]");

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(result.error()).contains("Bad");
    assertThat(result.cause()).contains("zero is bad");
    assertThat(Machine.types(result))
        .endsWith(
            "LambdaFunctionFailed",
            "MapIterationFailed",
            "TaskStateAborted",
            "MapIterationAborted",
            "MapStateFailed",
            "ExecutionFailed");
    assertThat(siblingInterrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theMapCatchesWhatItsIterationDoesNot() {
    var machine =
        Machine.of(
            map(
                "\"Catch\": [{\"ErrorEquals\": [\"Bad\"], \"ResultPath\": \"$[0]\","
                    + " \"Next\": \"D\"}],",
                NEVER));
    machine.lambda(
        (name, payload) -> {
          throw new TaskFailedException("Bad", "all are bad");
        });

    assertThat(machine.run("[0]").output())
        .contains(json("[{\"Error\": \"Bad\", \"Cause\": \"all are bad\"}]"));
  }

  @Test
  void aRetriedMapBeginsAnewAndCountsAsOneTransition() {
    var calls = new AtomicInteger();
    var machine =
        Machine.of(
            map(
                "\"MaxConcurrency\": 1, \"Retry\": [{\"ErrorEquals\": [\"States.ALL\"],"
                    + " \"MaxAttempts\": 1}],",
                NEVER));
    machine.lambda(
        (name, payload) -> {
          if (calls.incrementAndGet() == 2) {
            throw new TaskFailedException("Bad", "");
          }
          return payload;
        });

    var result = machine.run("[5, 6]");

    assertThat(result.output()).contains(json("[5, 6]"));
    assertThat(calls).hasValue(4);
    // M, two iterations twice, the retry of M, D
    assertThat(result.transitions()).isEqualTo(1 + 2 + 2 + 1 + 1);
  }

  @Test
  void aMapOverNothingGivesNothing() {
    assertThat(Machine.of(map("", NEVER)).lambda((n, p) -> p).run("[]").output())
        .contains(json("[]"));
  }

  @Test
  void aMapOverNoArrayEndsTheExecution() {
    var result =
        Machine.of(map("\"ItemsPath\": \"$.items\",", NEVER))
            .lambda((n, p) -> p)
            .run("{\"items\": {}}");

    assertThat(result.error()).contains("States.Runtime");
    assertThat(result.cause().orElseThrow())
        .endsWith("Reference path \"$.items\" must point to array.");
  }

  @Test
  void anItemSelectorThatFailsForALaterItemEndsTheIterationsUnderWay() {
    var machine =
        Machine.of(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1,
              "ItemSelector": {"x.$": "States.MathAdd($$.Map.Item.Value, 1)"},
              "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}},
              "Catch": [{"ErrorEquals": ["States.IntrinsicFailure"], "Next": "D"}],
              "Next": "D"}, "D": {"Type": "Succeed"}}}
            """);

    assertThat(machine.run("[1, \"two\"]").output().orElseThrow().path("Error").asText())
        .isEqualTo("States.IntrinsicFailure");
  }

  @Test
  void moreThanFortyItemsRunAsFreePlacesComeUp() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var machine = Machine.of(map("", NEVER));
    machine.lambda(
        (name, payload) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          running.decrementAndGet();
          return payload;
        });
    String items = IntStream.range(0, 300).boxed().toList().toString();

    assertThat(machine.run(items).output()).contains(json(items));
    assertThat(most).hasValueLessThanOrEqualTo(40);
  }

  @Test
  void aBranchThatFailsEndsTheOthersOfItsParallelState() {
    var machine =
        Machine.of(
            """
            {"StartAt": "P", "States": {
              "P": {"Type": "Parallel", "Branches": [
                {"StartAt": "Slow", "States": {"Slow": {"Type": "Wait", "Seconds": 100,
                  "Next": "Late"}, "Late": {"Type": "Pass", "End": true}}},
                {"StartAt": "Soon", "States": {"Soon": {"Type": "Wait", "Seconds": 5,
                  "Next": "Bad"}, "Bad": {"Type": "Fail", "Error": "Broken", "Cause": "c"}}}],
                "Catch": [{"ErrorEquals": ["Broken"], "Next": "Q"}], "End": true},
              "Q": {"Type": "Pass", "End": true}}}
            """);

    var result = machine.run("{}");

    assertThat(result.output()).contains(json("{\"Error\": \"Broken\", \"Cause\": \"c\"}"));
    assertThat(machine.clock.now()).isEqualTo(Machine.START.plusSeconds(5));
    assertThat(Machine.types(result))
        .contains("WaitStateAborted")
        .doesNotContain("ParallelStateSucceeded");
  }

  @Test
  void nestedIterationsSeeTheirOwnItem() {
    var machine =
        Machine.of(
            """
            {"StartAt": "Outer", "States": {"Outer": {"Type": "Map",
              "ItemProcessor": {"StartAt": "Inner", "States": {"Inner": {"Type": "Map",
                "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass",
                  "Parameters": {"v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index"},
                  "End": true}}}, "End": true}}}, "End": true}}}
            """);

    var result = machine.run("[[\"a\"], [\"b\", \"c\"]]");

    assertThat(result.output())
        .contains(
            json(
                """
                [[{"v": "a", "i": 0}], [{"v": "b", "i": 0}, {"v": "c", "i": 1}]]
                """));
    assertThat(result.transitions()).isEqualTo(1 + 2 + 3);
  }
}

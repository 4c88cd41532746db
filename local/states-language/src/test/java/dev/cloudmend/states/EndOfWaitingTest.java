package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.FileExecutionStore;
import dev.cloudmend.states.durable.InMemoryExecutionStore;
import dev.cloudmend.states.engine.ExecutionStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Executions that end otherwise than by an answer: out of time, stopped, interrupted, lost. */
class EndOfWaitingTest extends TokenFixture {

  @Test
  void timeThatRunsOutWhileNobodyLooksIsNoticedByATick() {
    var machine =
        machine(asking(CATCH + "\"TimeoutSeconds\": 60,"), new FileExecutionStore(folder));
    machine.run("{}");
    machine.clock.advance(Duration.ofSeconds(59));
    assertThat(machine.interpreter().tick()).isEmpty();

    machine.clock.advance(Duration.ofSeconds(1));
    var changed = machine.interpreter().tick();

    assertThat(changed)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.output().orElseThrow().path("error"))
                  .isEqualTo(json("{\"Error\": \"States.Timeout\"}"));
              assertThat(Machine.types(result)).contains("TaskTimedOut");
            });
    assertThat(machine.interpreter().tick()).isEmpty();
  }

  @Test
  void anAnswerAfterTheTimeIsUpComesTooLate() {
    var machine = machine(asking(CATCH + "\"TimeoutSeconds\": 60,"), new InMemoryExecutionStore());
    machine.run("{}");
    machine.clock.advance(Duration.ofSeconds(61));

    assertCode(
        "TaskTimedOut", () -> machine.interpreter().sendTaskSuccess(token("one"), json("1")));
    assertThat(machine.interpreter().describe(EXECUTION).orElseThrow().output().orElseThrow())
        .isEqualTo(json("{\"before\": \"kept\", \"error\": {\"Error\": \"States.Timeout\"}}"));
  }

  @Test
  void heartbeatsKeepATaskAliveAndTheirAbsenceEndsIt() {
    String fields =
        "\"HeartbeatSeconds\": 10, \"Catch\": [{\"ErrorEquals\": [\"States.HeartbeatTimeout\"],"
            + " \"ResultPath\": \"$.error\", \"Next\": \"Caught\"}],";
    var machine = machine(asking(fields), new FileExecutionStore(folder));
    machine.run("{}");
    String token = token("one");
    for (int i = 0; i < 5; i++) {
      machine.clock.advance(Duration.ofSeconds(9));
      assertThat(machine.interpreter().sendTaskHeartbeat(token).status())
          .isEqualTo(ExecutionStatus.WAITING);
    }
    machine.clock.advance(Duration.ofSeconds(10));

    assertThat(machine.interpreter().tick())
        .singleElement()
        .satisfies(
            result ->
                assertThat(result.output().orElseThrow().path("error"))
                    .as("caught as a missing heartbeat, reported as a time-out")
                    .isEqualTo(json("{\"Error\": \"States.Timeout\"}")));
  }

  @Test
  void aMissingHeartbeatIsNoTaskFailed() {
    String fields =
        "\"HeartbeatSeconds\": 10, \"Catch\": [{\"ErrorEquals\": [\"States.TaskFailed\"],"
            + " \"Next\": \"Caught\"}],";
    var machine = machine(asking(fields), new InMemoryExecutionStore());
    machine.run("{}");
    machine.clock.advance(Duration.ofSeconds(10));

    assertThat(machine.interpreter().tick())
        .singleElement()
        .satisfies(result -> assertThat(result.error()).contains("States.Timeout"));
  }

  @Test
  void anExecutionsOwnTimeRunsOnWhileItWaits() {
    var machine =
        machine(
            asking(CATCH).replaceFirst("\\{", "{\"TimeoutSeconds\": 30, "),
            new InMemoryExecutionStore());
    machine.run("{}");
    machine.clock.advance(Duration.ofSeconds(30));

    assertThat(machine.interpreter().tick())
        .singleElement()
        .satisfies(r -> assertThat(r.status()).isEqualTo(ExecutionStatus.TIMED_OUT));
  }

  @Test
  void aStoppedExecutionIsAbortedForGood() {
    var machine = machine(asking(CATCH), new InMemoryExecutionStore());
    machine.run("{}");

    var stopped = machine.interpreter().stop(EXECUTION, "Operator", "enough");

    assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(stopped.error()).contains("Operator");
    assertThat(Machine.types(stopped)).endsWith("ExecutionAborted");
    assertCode(
        "TaskTimedOut", () -> machine.interpreter().sendTaskSuccess(token("one"), json("1")));
    assertThat(machine.interpreter().stop(EXECUTION, null, null)).isEqualTo(stopped);
    assertCode(
        "ExecutionDoesNotExist", () -> machine.interpreter().stop(EXECUTION + "x", null, null));
  }

  @Test
  void anExecutionWhoseProcessDiedIsFailedAndNotRunAgain() {
    var store = new FileExecutionStore(folder);
    var machine = machine(asking(CATCH), store);
    machine.run("{}");
    ObjectNode asADyingProcessLeavesIt = (ObjectNode) store.load(EXECUTION).orElseThrow();
    asADyingProcessLeavesIt.put("status", "RUNNING").remove("root");
    store.save(EXECUTION, asADyingProcessLeavesIt, true);

    assertThat(machine.interpreter().tick())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
              assertThat(result.error()).contains("States.Runtime");
              assertThat(result.cause().orElseThrow()).contains("process");
            });
    assertCode(
        "TaskTimedOut", () -> machine.interpreter().sendTaskSuccess(token("one"), json("1")));
  }

  @Test
  void anExecutionAtWorkCanBeStopped() throws Exception {
    var atWork = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var definition = StateMachineDefinition.parse(asking(CATCH));
    var interpreter =
        Machine.of(asking(CATCH))
            .storedIn(new FileExecutionStore(folder))
            .handling("sqs:sendMessage", (i, p) -> hang(atWork, interrupted))
            .interpreter();
    try (var pool = Executors.newSingleThreadExecutor()) {
      var started =
          pool.submit(() -> interpreter.start(definition, Machine.ARN, "run", json("{}")));
      atWork.await();

      var stopped = interpreter.stop(EXECUTION, "Operator", null);

      assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
      assertThat(started.get()).isEqualTo(stopped);
    }
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anInterruptAbortsTheExecutionAndIsWrittenDown() throws Exception {
    var atWork = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var store = new FileExecutionStore(folder);
    var machine =
        Machine.of(asking(CATCH))
            .storedIn(store)
            .handling("sqs:sendMessage", (i, p) -> hang(atWork, interrupted));
    Thread runner = Thread.ofPlatform().start(() -> machine.run("{}"));
    atWork.await();

    runner.interrupt();
    runner.join();

    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(machine.interpreter().describe(EXECUTION).orElseThrow().status())
        .isEqualTo(ExecutionStatus.ABORTED);
    assertThat(store.openExecutions()).isEmpty();
  }

  private static JsonNode hang(CountDownLatch atWork, CountDownLatch interrupted)
      throws InterruptedException {
    atWork.countDown();
    try {
      new CountDownLatch(1).await();
    } finally {
      interrupted.countDown();
    }
    return json("{}");
  }
}

package dev.cloudmend.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.FileExecutionStore;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.HistoryEvent;
import dev.cloudmend.states.engine.VirtualClock;
import dev.cloudmend.states.paths.JsonData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions on threads of their own, told of by a listener. */
final class BackgroundTest {

  private static final String ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:one";

  private static final String TASK =
      """
      {"StartAt": "Work", "States": {"Work": {"Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {}, "End": true}}}
      """;

  private static final String WAIT =
      """
      {"StartAt": "Sleep", "States": {"Sleep": {"Type": "Wait", "Seconds": 60, "Next": "Done"},
        "Done": {"Type": "Succeed"}}}
      """;

  @TempDir private Path folder;

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T00:00:00Z"));
  private final BlockingQueue<ExecutionResult> told = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch atWork = new CountDownLatch(1);

  private Interpreter interpreter() {
    return Interpreter.builder()
        .clock(clock)
        .executionStore(new FileExecutionStore(folder))
        .executor(work -> Thread.ofPlatform().daemon().start(work))
        .listener(told::add)
        .longestSleep(Duration.ofSeconds(5))
        .tasks(Map.of("lambda:invoke", (integration, parameters) -> work()))
        .build();
  }

  private JsonNode work() throws InterruptedException {
    atWork.countDown();
    release.await();
    return JsonData.object();
  }

  private ExecutionResult next() throws InterruptedException {
    ExecutionResult result = told.poll(20, TimeUnit.SECONDS);
    assertThat(result).isNotNull();
    return result;
  }

  private ExecutionResult start(Interpreter interpreter, String definition) {
    return interpreter.start(
        StateMachineDefinition.parse(definition), ARN, "run", JsonData.object());
  }

  @Test
  void aStartReturnsWhileTheTaskIsAtWorkAndItsHistoryCanBeRead() throws Exception {
    Interpreter interpreter = interpreter();
    ExecutionResult started = start(interpreter, TASK);
    assertThat(started.status()).isEqualTo(ExecutionStatus.RUNNING);
    atWork.await();
    assertThat(interpreter.describe(started.executionArn()).orElseThrow().history())
        .extracting(HistoryEvent::type)
        .containsExactly("ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted");
    assertThat(interpreter.list()).containsExactly(started.executionArn());

    release.countDown();
    assertThat(List.of(next().status(), next().status()))
        .containsExactly(ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED);
    assertThat(interpreter.describe(started.executionArn()).orElseThrow().status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aLongWaitOutlivesTheInterpreterAndATickGoesOnWithIt() throws Exception {
    clock.advance(Duration.ofSeconds(1));
    String arn = start(interpreter(), WAIT).executionArn();
    assertThat(next().status()).isEqualTo(ExecutionStatus.RUNNING);

    Interpreter other = interpreter();
    assertThat(awaitRest(other, arn).status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(other.tick()).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(other.tick()).extracting(ExecutionResult::executionArn).containsExactly(arn);
    ExecutionResult ended = next();
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.history())
        .extracting(HistoryEvent::type)
        .containsExactly(
            "ExecutionStarted",
            "WaitStateEntered",
            "WaitStateExited",
            "SucceedStateEntered",
            "SucceedStateExited",
            "ExecutionSucceeded");
  }

  @Test
  void anExecutionAtWorkIsStoppedAtOnce() throws Exception {
    Interpreter interpreter = interpreter();
    String arn = start(interpreter, TASK).executionArn();
    atWork.await();
    assertThat(interpreter.stop(arn, "Operator", "enough").status())
        .isEqualTo(ExecutionStatus.ABORTED);
    assertThat(List.of(next().status(), next().status()))
        .containsExactly(ExecutionStatus.RUNNING, ExecutionStatus.ABORTED);
  }

  private static ExecutionResult awaitRest(Interpreter interpreter, String arn) {
    while (true) {
      ExecutionResult result = interpreter.describe(arn).orElseThrow();
      if (result.status() == ExecutionStatus.WAITING) {
        return result;
      }
      Thread.onSpinWait();
    }
  }
}

package dev.cloudmend.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.engine.Execution;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An execution as it stands.
 *
 * @param definitionName what messages call the definition that it runs
 * @param definition that definition, as it was given
 * @param output what it gave, when it succeeded
 * @param error the error name, when it failed or was aborted with one
 * @param cause text for a person, when it failed or was aborted with one
 * @param stopTime when it ended, if it has
 * @param history everything that happened so far, in order
 */
public record ExecutionResult(
    String executionArn,
    String stateMachineArn,
    String definitionName,
    String definition,
    String name,
    ExecutionStatus status,
    JsonNode input,
    Optional<JsonNode> output,
    Optional<String> error,
    Optional<String> cause,
    Instant startTime,
    Optional<Instant> stopTime,
    List<HistoryEvent> history) {

  private static final Set<String> BEGINNINGS =
      Set.of("TaskScheduled", "LambdaFunctionScheduled", "MapStateStarted", "ParallelStateStarted");
  private static final Set<String> FAILURES =
      Set.of(
          "TaskFailed",
          "TaskTimedOut",
          "LambdaFunctionFailed",
          "LambdaFunctionTimedOut",
          "MapStateFailed",
          "ParallelStateFailed");

  static ExecutionResult of(Execution execution) {
    return new ExecutionResult(
        execution.arn(),
        execution.stateMachineArn(),
        execution.definition().name(),
        execution.definition().json(),
        execution.name(),
        execution.status(),
        execution.input(),
        execution.output(),
        execution.error(),
        execution.cause(),
        execution.startTime(),
        execution.stopTime(),
        execution.history());
  }

  ExecutionResult withHistory(List<HistoryEvent> events) {
    return new ExecutionResult(
        executionArn,
        stateMachineArn,
        definitionName,
        definition,
        name,
        status,
        input,
        output,
        error,
        cause,
        startTime,
        stopTime,
        events);
  }

  /**
   * State transitions as Step Functions bills them: every state that was entered, also inside Map
   * and Parallel, and every retry.
   *
   * @see <a href="https://aws.amazon.com/step-functions/pricing/">Pricing</a>
   */
  public long transitions() {
    return history.stream()
        .filter(event -> event.type().endsWith("StateEntered") || isRetry(event))
        .count();
  }

  private boolean isRetry(HistoryEvent event) {
    return BEGINNINGS.contains(event.type())
        && event.previousEventId() > 0
        && FAILURES.contains(history.get((int) event.previousEventId() - 1).type());
  }
}

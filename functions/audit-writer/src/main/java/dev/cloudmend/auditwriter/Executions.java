package dev.cloudmend.auditwriter;

import dev.cloudmend.model.ModelException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The executions that did not come to their end, as Step Functions lists them, and new ones.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html">ListExecutions</a>
 */
final class Executions implements AutoCloseable {

  /** The most that a state machine's {@code TimeoutSeconds} allows. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final List<ExecutionStatus> CUT_OFF =
      List.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);
  private static final int LARGEST_PAGE = 1_000;

  private final SfnClient client;

  private Executions(SfnClient client) {
    this.client = client;
  }

  /**
   * Opens the list. Nothing is sent yet.
   *
   * @param region the region of the state machines
   * @param endpoint a server to ask instead of AWS
   */
  static Executions open(String region, Optional<URI> endpoint) {
    return new Executions(StepFunctionsClients.open(region, endpoint));
  }

  /**
   * Whether an execution of this status is over without having come to its end.
   *
   * @throws ModelException when Step Functions has no such status
   */
  static boolean isCutOff(String status) {
    ExecutionStatus known = ExecutionStatus.fromValue(status);
    if (known == ExecutionStatus.UNKNOWN_TO_SDK_VERSION) {
      throw new ModelException(
          "the execution's status '" + status + "' is not known; expected one such as FAILED");
    }
    return CUT_OFF.contains(known);
  }

  /**
   * The executions that failed, timed out or were aborted.
   *
   * @param stateMachine the state machine's ARN
   * @param since the earliest end that is asked for
   * @throws ExecutionsUnavailableException when Step Functions does not tell
   */
  List<EndedExecution> cutOffSince(String stateMachine, Instant since) {
    var found = new ArrayList<EndedExecution>();
    for (ExecutionStatus status : CUT_OFF) {
      try {
        client
            .listExecutionsPaginator(
                r -> r.stateMachineArn(stateMachine).statusFilter(status).maxResults(LARGEST_PAGE))
            .executions()
            .stream()
            // The latest start comes first; what started before this ended before what is asked.
            .takeWhile(execution -> !execution.startDate().isBefore(since.minus(LONGEST)))
            .filter(execution -> endedSince(execution, since))
            .forEach(
                execution ->
                    found.add(
                        new EndedExecution(
                            execution.executionArn(), execution.statusAsString(), null, null)));
      } catch (SdkException e) {
        throw new ExecutionsUnavailableException(
            "the executions of %s with status %s could not be listed: %s"
                .formatted(stateMachine, status, e.getMessage()),
            e);
      }
    }
    return found;
  }

  /**
   * Starts an execution; one of that name that was started in the last 90 days will do.
   *
   * @throws ExecutionsUnavailableException when Step Functions does not take it
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
   */
  void start(String stateMachine, String name, String input) {
    try {
      client.startExecution(r -> r.stateMachineArn(stateMachine).name(name).input(input));
    } catch (ExecutionAlreadyExistsException e) {
      // It was started before, and what was to be recorded of that got lost.
    } catch (SdkException e) {
      throw new ExecutionsUnavailableException(
          "%s could not be started on %s: %s".formatted(name, stateMachine, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static boolean endedSince(ExecutionListItem execution, Instant since) {
    return execution.stopDate() == null || !execution.stopDate().isBefore(since);
  }
}

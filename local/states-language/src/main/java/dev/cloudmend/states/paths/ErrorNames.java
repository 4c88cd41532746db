package dev.cloudmend.states.paths;

import java.util.Set;

/**
 * The error names that the States Language reserves.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">
 *     Error names</a>
 */
public final class ErrorNames {

  public static final String PREFIX = "States.";
  public static final String ALL = "States.ALL";
  public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  public static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";
  public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
  public static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
  public static final String RUNTIME = "States.Runtime";
  public static final String TASK_FAILED = "States.TaskFailed";
  public static final String TIMEOUT = "States.Timeout";

  /** Every reserved name that a Retrier or Catcher may list. */
  public static final Set<String> RESERVED =
      Set.of(
          ALL,
          "States.BranchFailed",
          DATA_LIMIT_EXCEEDED,
          "States.ExceedToleratedFailureThreshold",
          HEARTBEAT_TIMEOUT,
          "States.Http.Socket",
          INTRINSIC_FAILURE,
          "States.ItemReaderFailed",
          NO_CHOICE_MATCHED,
          "States.ParameterPathFailure",
          "States.Permissions",
          "States.QueryEvaluationError",
          RESULT_PATH_MATCH_FAILURE,
          "States.ResultWriterFailed",
          RUNTIME,
          TASK_FAILED,
          TIMEOUT);

  private ErrorNames() {}
}

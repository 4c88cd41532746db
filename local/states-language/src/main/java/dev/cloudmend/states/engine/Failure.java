package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.JsonData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a state failed.
 *
 * @param error the error name, or null where a Fail state or an answer with a token gives none
 * @param cause text for a person, or null
 * @param heartbeat whether a time-out is for want of a heartbeat. Step Functions reports it as
 *     {@code States.Timeout}, and lets Retry and Catch name it {@code States.HeartbeatTimeout}
 */
record Failure(@Nullable String error, @Nullable String cause, boolean heartbeat) {

  private static final int MAX_ERROR = 256;
  private static final int MAX_CAUSE = 32_768;

  Failure {
    error = shorten(error, MAX_ERROR);
    cause = shorten(cause, MAX_CAUSE);
  }

  static Failure of(EvaluationException exception) {
    return new Failure(exception.error(), exception.explanation(), false);
  }

  static Failure timeout(boolean heartbeat) {
    return new Failure(ErrorNames.TIMEOUT, null, heartbeat);
  }

  static Failure tooLarge(String what) {
    return new Failure(
        ErrorNames.DATA_LIMIT_EXCEEDED,
        "The state/task '"
            + what
            + "' returned a result with a size exceeding the maximum number of bytes service limit.",
        false);
  }

  /**
   * Whether a Retrier or Catcher with these names is for this failure.
   *
   * <p>States.Runtime always fails the execution; States.DataLimitExceeded must be named;
   * States.TaskFailed stands for everything but time-outs.
   */
  boolean matches(List<String> errorEquals) {
    if (ErrorNames.RUNTIME.equals(error)) {
      return false;
    }
    if (error != null && errorEquals.contains(error)) {
      return true;
    }
    if (heartbeat && errorEquals.contains(ErrorNames.HEARTBEAT_TIMEOUT)) {
      return true;
    }
    if (ErrorNames.DATA_LIMIT_EXCEEDED.equals(error)) {
      return false;
    }
    return errorEquals.contains(ErrorNames.ALL)
        || (errorEquals.contains(ErrorNames.TASK_FAILED) && !ErrorNames.TIMEOUT.equals(error));
  }

  /** The same, its cause telling in which state: Step Functions does so for States.Runtime. */
  Failure in(String state, long enteredEvent) {
    if (!ErrorNames.RUNTIME.equals(error)) {
      return this;
    }
    return new Failure(
        error,
        "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
            .formatted(state, enteredEvent, cause),
        heartbeat);
  }

  /** What a Catcher puts into the state's input. */
  ObjectNode output() {
    ObjectNode output = JsonData.object();
    if (error != null) {
      output.put("Error", error);
    }
    if (cause != null) {
      output.put("Cause", cause);
    }
    return output;
  }

  /** The same as members of a history event. */
  ObjectNode details() {
    ObjectNode details = JsonData.object();
    if (error != null) {
      details.put("error", error);
    }
    if (cause != null) {
      details.put("cause", cause);
    }
    return details;
  }

  private static @Nullable String shorten(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }
}

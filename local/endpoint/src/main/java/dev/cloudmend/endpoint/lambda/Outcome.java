package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.model.Json;
import java.util.Locale;

/**
 * How one invocation ended.
 *
 * @param failed whether the payload is an error of the function
 */
record Outcome(boolean failed, Body payload) {

  static Outcome success(Body payload) {
    return new Outcome(false, payload);
  }

  static Outcome error(Body payload) {
    return new Outcome(true, payload);
  }

  private static Outcome error(String type, String message) {
    ObjectNode error = Json.object().put("errorType", type).put("errorMessage", message);
    return error(Body.of(error.toString()));
  }

  /** The process ended by itself. */
  static Outcome exited(String requestId, int status) {
    return error(
        "Runtime.ExitError",
        "RequestId: "
            + requestId
            + " Error: Runtime exited "
            + (status == 0 ? "without providing a reason" : "with error: exit status " + status));
  }

  static Outcome timedOut(String requestId, long seconds) {
    return error(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %d.00 seconds",
            requestId,
            seconds));
  }

  static Outcome tooLarge(long limit) {
    return error(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).");
  }
}

package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Calls deployed Lambda functions. Safe for use by several threads. */
public interface FunctionCaller {

  /**
   * Calls a function and waits for its end.
   *
   * @param function its ARN, also with a version or an alias
   * @throws ServiceException such as ResourceNotFoundException, when it does not come to a call
   */
  Result invoke(String function, JsonNode payload) throws InterruptedException;

  /**
   * How the call ended.
   *
   * @param error {@code Unhandled} when the function failed: the payload then has errorType and
   *     errorMessage
   */
  record Result(String executedVersion, Optional<String> error, JsonNode payload) {}
}

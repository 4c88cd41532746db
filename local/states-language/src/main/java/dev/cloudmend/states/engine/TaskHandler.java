package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Does the work of Task states of one service integration, for example {@code lambda:invoke}.
 *
 * <p>Called on a thread of its own, by several at once where a Map or Parallel state runs
 * concurrently. A task whose time is up or whose execution ends is interrupted.
 */
@FunctionalInterface
public interface TaskHandler {

  /**
   * Does the work.
   *
   * @param integration service and action, for example {@code lambda:invoke}, without {@code
   *     .waitForTaskToken}
   * @param parameters the state's Parameters as the service's API takes them; for {@code
   *     lambda:invoke} FunctionName and Payload
   * @return the service's answer; for {@code lambda:invoke} an object with Payload
   * @throws TaskFailedException with the error name that Retry and Catch see. Any other exception
   *     fails the task under the exception's simple class name
   */
  JsonNode run(String integration, JsonNode parameters)
      throws TaskFailedException, InterruptedException;
}

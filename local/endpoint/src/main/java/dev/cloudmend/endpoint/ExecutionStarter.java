package dev.cloudmend.endpoint;

import com.fasterxml.jackson.databind.JsonNode;

/** Starts executions of deployed state machines. Safe for use by several threads. */
public interface ExecutionStarter {

  /**
   * Starts an execution; it runs on by itself.
   *
   * @param stateMachine its ARN, also that of a version or an alias
   * @param name unique for 90 days; the same name with the same input is one execution
   * @return the execution's ARN
   * @throws ServiceException such as StateMachineDoesNotExist, when it does not come to a start
   */
  String start(String stateMachine, String name, JsonNode input);
}

package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream.Caller;
import dev.cloudmend.endpoint.states.Machines.Machine;
import dev.cloudmend.states.ExecutionRequestException;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.Interpreter;
import dev.cloudmend.states.definition.DefinitionException;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.paths.JsonData;
import java.util.Optional;

/** Starts executions, each name once. */
final class Starts {

  private final Machines machines;
  private final Runners runners;

  Starts(Machines machines, Runners runners) {
    this.machines = machines;
    this.runners = runners;
  }

  /**
   * Starts an execution, or finds the one of that name that runs with the same input.
   *
   * @throws ServiceException StateMachineDoesNotExist, ExecutionAlreadyExists, InvalidArn,
   *     InvalidName, InvalidExecutionInput, InvalidDefinition
   */
  ExecutionResult start(Caller caller, String stateMachine, String name, JsonNode input) {
    Machine machine = machines.find(caller, stateMachine);
    MachineArn asked = machine.asked();
    Interpreter interpreter = runners.at(asked.account(), asked.region());
    try {
      Optional<ExecutionResult> earlier = earlier(interpreter, asked, name, input);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      StateMachineDefinition definition =
          StateMachineDefinition.parse(asked.toString(), machine.definition());
      return interpreter.start(definition, asked.machine(), name, input);
    } catch (ExecutionRequestException e) {
      if (e.code().equals("ExecutionAlreadyExists")) {
        // Somebody else was first, a moment ago.
        return earlier(interpreter, asked, name, input).orElseThrow(() -> told(e));
      }
      throw told(e);
    } catch (DefinitionException e) {
      throw new ServiceException(400, "InvalidDefinition", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<ExecutionResult> earlier(
      Interpreter interpreter, MachineArn machine, String name, JsonNode input) {
    String arn = Interpreter.executionArn(machine.machine(), name);
    Optional<ExecutionResult> found = interpreter.describe(arn);
    if (found.isPresent()
        && (found.get().status().isFinal() || !JsonData.same(found.get().input(), input))) {
      throw new ServiceException(
          400, "ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
    }
    return found;
  }

  /** The interpreter's error as the API tells it. */
  static ServiceException told(ExecutionRequestException e) {
    String message = String.valueOf(e.getMessage());
    return e.code().equals("ExecutionBusy")
        ? new ServiceException(503, "ServiceUnavailable", message)
        : new ServiceException(400, e.code(), message);
  }
}

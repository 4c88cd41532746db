package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Upstream.Caller;
import dev.cloudmend.model.Json;
import java.util.concurrent.ThreadLocalRandom;

/** Deployed state machines, as the emulator knows them. */
final class Machines {

  private final Upstream upstream;

  Machines(Upstream upstream) {
    this.upstream = upstream;
  }

  /**
   * A state machine, or the version of one.
   *
   * @param asked as its caller named it, with a version or an alias
   * @param definition Amazon States Language
   */
  record Machine(MachineArn asked, String definition, String roleArn) {}

  /**
   * Looks a machine up.
   *
   * @throws ServiceException StateMachineDoesNotExist, InvalidArn
   */
  Machine find(Caller caller, String arn) {
    MachineArn asked = MachineArn.parse(arn);
    String described = asked.isAlias() ? versionBehind(caller, arn) : arn;
    ObjectNode machine =
        upstream.call(
            caller,
            "states",
            "DescribeStateMachine",
            Json.object().put("stateMachineArn", described));
    return new Machine(
        asked, machine.path("definition").asText(), machine.path("roleArn").asText());
  }

  /** One of the versions that an alias leads to, by their weights. */
  private String versionBehind(Caller caller, String alias) {
    ObjectNode found;
    try {
      found =
          upstream.call(
              caller,
              "states",
              "DescribeStateMachineAlias",
              Json.object().put("stateMachineAliasArn", alias));
    } catch (ServiceException e) {
      throw e.status() < 500
          ? new ServiceException(
              400, "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + alias + "'")
          : e;
    }
    int rest = ThreadLocalRandom.current().nextInt(100);
    for (JsonNode route : found.path("routingConfiguration")) {
      rest -= route.path("weight").intValue();
      if (rest < 0) {
        return route.path("stateMachineVersionArn").asText();
      }
    }
    throw new ServiceException(
        400, "StateMachineDoesNotExist", "The alias '" + alias + "' leads to no version");
  }
}

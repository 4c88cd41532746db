package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.Upstream.Caller;
import dev.cloudmend.endpoint.states.Machines.Machine;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.Interpreter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lists the executions of a machine, the newest first. */
final class Listing {

  private final Machines machines;
  private final Runners runners;

  /** Executions that have ended, by ARN: they do not change any more. */
  private final Map<String, Entry> ended = new ConcurrentHashMap<>();

  private record Entry(String machine, String asked, Instant start, ObjectNode view) {}

  Listing(Machines machines, Runners runners) {
    this.machines = machines;
    this.runners = runners;
  }

  ObjectNode list(Caller caller, ObjectNode request) {
    Machine machine = machines.find(caller, Parameters.required(request, "stateMachineArn"));
    MachineArn asked = machine.asked();
    String status = request.path("statusFilter").asText("");
    Interpreter interpreter = runners.at(asked.account(), asked.region());
    List<Entry> entries = new ArrayList<>();
    for (String arn : interpreter.list()) {
      entry(interpreter, arn).ifPresent(entries::add);
    }
    List<ObjectNode> views =
        entries.stream()
            .filter(
                entry ->
                    asked.qualifier().isPresent()
                        ? entry.asked().equals(asked.toString())
                        : entry.machine().equals(asked.machine()))
            .filter(
                entry -> status.isEmpty() || entry.view().path("status").asText().equals(status))
            .sorted(Comparator.comparing(Entry::start).reversed())
            .map(Entry::view)
            .toList();
    Pages.Page<ObjectNode> page =
        Pages.of(views, view -> view.path("executionArn").asText(), request);
    ObjectNode answer = Json.object();
    ArrayNode executions = answer.putArray("executions");
    page.items().forEach(executions::add);
    page.tellNext(answer);
    return answer;
  }

  private Optional<Entry> entry(Interpreter interpreter, String arn) {
    Entry known = ended.get(arn);
    if (known != null) {
      return Optional.of(known);
    }
    return interpreter.describe(arn).map(this::entry);
  }

  private Entry entry(ExecutionResult execution) {
    var entry =
        new Entry(
            execution.stateMachineArn(),
            execution.definitionName(),
            execution.startTime(),
            ExecutionViews.summary(execution));
    if (execution.status().isFinal()) {
      ended.put(execution.executionArn(), entry);
    }
    return entry;
  }
}

package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.EventSink;
import dev.cloudmend.endpoint.ExecutionStarter;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Upstream.Caller;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.ExecutionRequestException;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.engine.HistoryEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The executions of deployed state machines, and what the API lets one do with them. The machines
 * themselves lie in the emulator.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html">
 *     Step Functions API</a>
 */
public final class StepFunctions implements AnsweredHere, ExecutionStarter, AutoCloseable {

  private interface Operation {
    ObjectNode answer(Caller caller, ObjectNode request);
  }

  private final Upstream upstream;
  private final Machines machines;
  private final Runners runners;
  private final Starts starts;
  private final Map<String, Operation> operations = new HashMap<>();

  private StepFunctions(Upstream upstream, Runners runners) {
    this.upstream = upstream;
    this.runners = runners;
    this.machines = new Machines(upstream);
    this.starts = new Starts(machines, runners);
    operations.put("StartExecution", this::startExecution);
    operations.put("StartSyncExecution", (caller, request) -> startSyncExecution());
    operations.put("DescribeExecution", (caller, request) -> describeExecution(request));
    operations.put("DescribeStateMachineForExecution", this::describeStateMachine);
    operations.put("ListExecutions", new Listing(machines, runners)::list);
    operations.put("GetExecutionHistory", (caller, request) -> history(request));
    operations.put("StopExecution", (caller, request) -> stopExecution(request));
    operations.put("SendTaskSuccess", (caller, request) -> sendTaskSuccess(request));
    operations.put("SendTaskFailure", (caller, request) -> sendTaskFailure(request));
    operations.put("SendTaskHeartbeat", (caller, request) -> sendTaskHeartbeat(request));
    operations.put(
        "ValidateStateMachineDefinition", (caller, request) -> DefinitionChecks.check(request));
    operations.put("ListStateMachineVersions", this::listVersions);
  }

  /**
   * Makes the service, and goes on with the executions that lie in the folder.
   *
   * @param folder is made when it is not there
   */
  public static StepFunctions start(
      Path folder, FunctionCaller functions, Upstream upstream, EventSink events) {
    var runners = new Runners(folder, functions, upstream, events);
    runners.start();
    return new StepFunctions(upstream, runners);
  }

  @Override
  public Set<String> operations() {
    return operations.keySet().stream().map("states:"::concat).collect(Collectors.toSet());
  }

  @Override
  public AwsAnswer answer(AwsRequest request) {
    Operation operation = operations.get(request.operation());
    if (operation == null) {
      throw new IllegalArgumentException(request.name());
    }
    try {
      return AwsAnswer.json(operation.answer(Caller.of(request), request.body().json()));
    } catch (ExecutionRequestException e) {
      throw Starts.told(e);
    }
  }

  @Override
  public String start(String stateMachine, String name, JsonNode input) {
    MachineArn arn = MachineArn.parse(stateMachine);
    Caller caller = upstream.callerOf(arn.account(), arn.region());
    return starts.start(caller, stateMachine, name, input).executionArn();
  }

  private ObjectNode startExecution(Caller caller, ObjectNode request) {
    String name = Parameters.optional(request, "name");
    String input = Parameters.optional(request, "input");
    ExecutionResult execution =
        starts.start(
            caller,
            Parameters.required(request, "stateMachineArn"),
            name == null ? UUID.randomUUID().toString() : name,
            Parameters.json(input == null ? "{}" : input, "InvalidExecutionInput"));
    return Json.object()
        .put("executionArn", execution.executionArn())
        .put("startDate", ExecutionViews.seconds(execution.startTime()));
  }

  private static ObjectNode startSyncExecution() {
    throw new ServiceException(
        400,
        "StateMachineTypeNotSupported",
        "StartSyncExecution is not supported here: start the execution with StartExecution");
  }

  private ObjectNode describeExecution(ObjectNode request) {
    boolean withData = !request.path("includedData").asText("").equals("METADATA_ONLY");
    return ExecutionViews.description(execution(request), withData);
  }

  private ObjectNode describeStateMachine(Caller caller, ObjectNode request) {
    ExecutionResult execution = execution(request);
    MachineArn machine = MachineArn.parse(execution.stateMachineArn());
    ObjectNode view =
        Json.object()
            .put("stateMachineArn", machine.machine())
            .put("name", machine.name())
            .put("definition", execution.definition())
            .put("updateDate", ExecutionViews.seconds(execution.startTime()));
    view.put("roleArn", machines.find(caller, execution.definitionName()).roleArn());
    return view;
  }

  private ObjectNode history(ObjectNode request) {
    boolean withData = request.path("includeExecutionData").asBoolean(true);
    List<HistoryEvent> events = new ArrayList<>(execution(request).history());
    if (request.path("reverseOrder").asBoolean(false)) {
      Collections.reverse(events);
    }
    Pages.Page<HistoryEvent> page = Pages.of(events, event -> Long.toString(event.id()), request);
    ObjectNode answer = Json.object();
    ArrayNode views = answer.putArray("events");
    page.items().forEach(event -> views.add(ExecutionViews.event(event, withData)));
    page.tellNext(answer);
    return answer;
  }

  private ObjectNode stopExecution(ObjectNode request) {
    String arn = Parameters.required(request, "executionArn");
    ExecutionResult stopped =
        runners
            .of(arn)
            .stop(
                arn, Parameters.optional(request, "error"), Parameters.optional(request, "cause"));
    Instant end = stopped.stopTime().orElseGet(Instant::now);
    return Json.object().put("stopDate", ExecutionViews.seconds(end));
  }

  private ObjectNode sendTaskSuccess(ObjectNode request) {
    String token = Parameters.required(request, "taskToken");
    JsonNode output = Parameters.json(Parameters.required(request, "output"), "InvalidOutput");
    runners.ofToken(token).sendTaskSuccess(token, output);
    return Json.object();
  }

  private ObjectNode sendTaskFailure(ObjectNode request) {
    String token = Parameters.required(request, "taskToken");
    runners
        .ofToken(token)
        .sendTaskFailure(
            token, Parameters.optional(request, "error"), Parameters.optional(request, "cause"));
    return Json.object();
  }

  private ObjectNode sendTaskHeartbeat(ObjectNode request) {
    String token = Parameters.required(request, "taskToken");
    runners.ofToken(token).sendTaskHeartbeat(token);
    return Json.object();
  }

  /** The emulator keeps versions and does not list them. */
  private ObjectNode listVersions(Caller caller, ObjectNode request) {
    machines.find(caller, Parameters.required(request, "stateMachineArn"));
    ObjectNode answer = Json.object();
    answer.putArray("stateMachineVersions");
    return answer;
  }

  private ExecutionResult execution(ObjectNode request) {
    String arn = Parameters.required(request, "executionArn");
    Optional<ExecutionResult> found = runners.of(arn).describe(arn);
    return found.orElseThrow(
        () ->
            new ServiceException(
                400, "ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'"));
  }

  @Override
  public void close() {
    runners.close();
  }
}

package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.emulators.LocalDynamoDb;
import dev.cloudmend.local.InputException.Fault;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.remediator.UndoState;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.Interpreter;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.FileExecutionStore;
import dev.cloudmend.states.engine.InterpreterClock;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The suite in one process. An event is matched with the deployed patterns and handed to the
 * deployed state machine; its tasks are the deployed handlers.
 */
public final class Suite implements AutoCloseable {

  private static final String MACHINES = "arn:aws:states:us-east-1:000000000000:stateMachine:";

  /** What Terraform fills in, as it is on one machine. */
  static final Map<String, String> DEPLOYED =
      Map.of(
          "partition", "aws",
          "intake_function", "intake",
          "assessor_function", "assessor",
          "diagnoser_function", "diagnoser",
          "decider_function", "decider",
          "remediator_function", "remediator",
          "pr_opener_function", "pr-opener",
          "audit_writer_function", "audit-writer",
          "unprocessed_queue_url", "unprocessed");

  private final Tables tables;
  private final Functions functions;
  private final EventRules rules;
  private final Interpreter interpreter;
  private final ProjectFiles files;

  private Suite(
      Tables tables,
      Functions functions,
      EventRules rules,
      Interpreter interpreter,
      ProjectFiles files) {
    this.tables = tables;
    this.functions = functions;
    this.rules = rules;
    this.interpreter = interpreter;
    this.files = files;
  }

  /**
   * Starts the suite.
   *
   * @param data the folder in which tables and executions are kept
   * @param run how it is to work
   * @param progress is told, in one line, what takes long
   */
  public static Suite open(
      ProjectFiles files,
      TargetAccount target,
      Path data,
      RunSettings run,
      Consumer<String> progress) {
    return open(files, target, data, run, new TellingClock(progress));
  }

  /** With a clock of its own for waits and retries of the state machine. */
  static Suite open(
      ProjectFiles files,
      TargetAccount target,
      Path data,
      RunSettings run,
      InterpreterClock clock) {
    Tables tables = Tables.open(data);
    var settings = new HashMap<String, Object>(tables.settings());
    settings.putAll(run.properties());
    settings.put("cloudmend.region", target.region());
    target.endpoint().ifPresent(uri -> settings.put("cloudmend.target.endpoint", uri.toString()));
    target.profile().ifPresent(profile -> settings.put("cloudmend.profile", profile));
    var functions = new Functions(settings);
    Interpreter interpreter =
        Interpreter.builder()
            .tasks(
                Map.of("lambda:invoke", functions, "sqs:sendMessage", new UnprocessedQueue(data)))
            .clock(clock)
            .executionStore(new FileExecutionStore(data.resolve("executions")))
            .build();
    return new Suite(tables, functions, new EventRules(files.eventPatterns()), interpreter, files);
  }

  public Store store() {
    return tables.store();
  }

  /** Where the tables are, for tests that break them. */
  URI tablesEndpoint() {
    return tables.dynamoDb.endpoint();
  }

  /**
   * Runs one event to its end.
   *
   * @throws InputException when Intake cannot read it; the event is kept in the {@code unprocessed}
   *     folder
   */
  public List<IncidentReport> run(EventFile.Located located, RunOptions options) {
    ObjectNode event = located.event();
    if (rules.matching(event).isEmpty()) {
      return List.of(
          IncidentReport.of(
              Incident.idOf(event.path("id").asText(), CanonicalJson.of(event), "none"),
              Outcome.IGNORED,
              "no event pattern takes it (source %s, detail-type %s); deployed, it would never reach Cloudmend"
                  .formatted(event.path("source"), event.path("detail-type"))));
    }
    ObjectNode input = Json.object();
    input.set("event", event);
    input.set("run", Json.toTree(options));
    ExecutionResult result = execute("remediation", input);
    if (result.error().filter(e -> e.endsWith(".UnreadableEventException")).isPresent()) {
      throw unreadable(located, result.cause().orElse(""));
    }
    return new Reports(store()).of(result);
  }

  /** Takes back what an incident applied, or plans to in a dry run. */
  public UndoState undo(String incidentId, String by) {
    ObjectNode input = Json.object();
    input.put("incidentId", incidentId);
    input.put("by", by);
    ExecutionResult result = execute("undo", input);
    if (result.output().isPresent()) {
      return Json.fromTree(result.output().get(), UndoState.class);
    }
    return UndoState.broken(incidentId, result.executionArn(), by, Reports.problem("undo", result));
  }

  /**
   * Looks at the open pull requests again and records what became of them; in a live run those
   * whose finding is resolved are closed.
   *
   * @return what went wrong; the others were looked at all the same
   */
  public Optional<Problem> sweepPullRequests() {
    try {
      functions.invoke("pr-opener", Json.object().put("action", "sweep"));
      return Optional.empty();
    } catch (TaskFailedException e) {
      return Optional.of(Problem.ofError("sweep", e.error(), e.explanation()));
    }
  }

  @Override
  public void close() {
    functions.close();
    tables.close();
  }

  ExecutionResult execute(String machine, ObjectNode input) {
    StateMachineDefinition definition =
        StateMachineDefinition.parse(machine, files.stateMachine(machine, DEPLOYED));
    return interpreter.start(
        definition, MACHINES + "cloudmend-" + machine, UUID.randomUUID().toString(), input);
  }

  private static InputException unreadable(EventFile.Located located, String cause) {
    var faults = new ArrayList<Fault>();
    try {
      String error = Json.parse(cause).path("Cause").asText();
      for (JsonNode problem : Json.parse(Json.parse(error).path("errorMessage").asText())) {
        faults.add(
            located.fault(
                problem.path("pointer").asText(),
                problem.path("message").asText(),
                problem.path("expected").asText()));
      }
    } catch (ModelException e) {
      faults.add(located.fault("", cause, null));
    }
    return new InputException(faults);
  }

  /** The tables of a data folder. */
  public static final class Tables implements AutoCloseable {

    private static final String AUDIT = "cloudmend-audit";
    private static final String STATE = "cloudmend-state";

    private final LocalDynamoDb dynamoDb;
    private final Store store;

    private Tables(LocalDynamoDb dynamoDb, Store store) {
      this.dynamoDb = dynamoDb;
      this.store = store;
    }

    /** Opens the tables of a data folder and makes them where they are missing. */
    public static Tables open(Path data) {
      LocalDynamoDb dynamoDb = LocalDynamoDb.inFolder(data.resolve("tables"));
      Store store =
          Store.open(
              new StoreSettings(AUDIT, STATE, "us-east-1", Optional.of(dynamoDb.endpoint())),
              Clock.systemUTC());
      store.createTables();
      return new Tables(dynamoDb, store);
    }

    public Store store() {
      return store;
    }

    Map<String, Object> settings() {
      return Map.of(
          "cloudmend.tables.endpoint", dynamoDb.endpoint().toString(),
          "cloudmend.tables.audit", AUDIT,
          "cloudmend.tables.state", STATE);
    }

    @Override
    public void close() {
      store.close();
      dynamoDb.close();
    }
  }
}

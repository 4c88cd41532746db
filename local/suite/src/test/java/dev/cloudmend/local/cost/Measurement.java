package dev.cloudmend.local.cost;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.assessor.AssessorHandler;
import dev.cloudmend.auditwriter.AuditWriterHandler;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.decider.DeciderHandler;
import dev.cloudmend.diagnoser.DiagnoserHandler;
import dev.cloudmend.emulators.LocalDynamoDb;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.intake.IntakeHandler;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.cost.CountingTables.Units;
import dev.cloudmend.local.cost.Usage.Calls;
import dev.cloudmend.local.cost.Usage.Question;
import dev.cloudmend.local.cost.Usage.Scenario;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.propener.PrOpenerHandler;
import dev.cloudmend.remediator.RemediatorHandler;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.Interpreter;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.engine.HistoryEvent;
import dev.cloudmend.states.engine.TaskFailedException;
import dev.cloudmend.states.engine.VirtualClock;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreSettings;
import dev.cloudmend.testing.bedrock.BedrockRequest;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import dev.cloudmend.testing.functions.LambdaCall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Runs the deployed state machine with the deployed handlers on findings of unprotected buckets,
 * each bucket a new one, and counts what AWS would bill.
 */
final class Measurement implements AutoCloseable {

  /** The finding, of the sample events. */
  static final String SAMPLE = "events/vanta/s3-public-access-block.json";

  private static final String REGION = "us-east-1";
  private static final String AUDIT = "audit";
  private static final String STATE = "state";
  private static final int INDEXES_OF_AUDIT = 2;
  private static final double NANOS_A_MILLI = 1e6;

  private static final String MACHINE =
      "arn:aws:states:us-east-1:123456789012:stateMachine:cloudmend-remediation";

  private static final Map<String, Function<Map<String, Object>, RequestStreamHandler>> HANDLERS =
      Map.of(
          "intake", IntakeHandler::new,
          "assessor", AssessorHandler::new,
          "diagnoser", DiagnoserHandler::new,
          "decider", DeciderHandler::new,
          "remediator", RemediatorHandler::new,
          "pr-opener", PrOpenerHandler::new,
          "audit-writer", AuditWriterHandler::new);

  private static final Map<String, String> DEPLOYED =
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

  private final Map<String, RequestStreamHandler> handlers = new HashMap<>();
  private final Map<String, List<Double>> millis = new TreeMap<>();
  private final LocalDynamoDb dynamoDb = LocalDynamoDb.inMemory();
  private final FakeBedrock bedrock = FakeBedrock.start();
  private final CountingTables tables;
  private final Store store;
  private final WritingClients account;
  private final String bucketPrefix;
  private final StateMachineDefinition definition;
  private final ObjectNode sample;
  private int runs;

  /**
   * Starts the functions.
   *
   * @param endpoint an emulated account
   * @param bucketPrefix begins the names of the buckets that are made in it
   * @param answer what Claude says; absent where it is not asked
   */
  Measurement(
      URI endpoint,
      String bucketPrefix,
      boolean live,
      Optional<Function<JsonNode, JsonNode>> answer)
      throws IOException {
    this.bucketPrefix = bucketPrefix;
    tables = CountingTables.inFrontOf(dynamoDb.endpoint());
    Store.open(
            new StoreSettings(AUDIT, STATE, REGION, Optional.of(dynamoDb.endpoint())),
            Clock.systemUTC())
        .createTables();
    store =
        Store.open(
            new StoreSettings(AUDIT, STATE, REGION, Optional.of(tables.endpoint())),
            Clock.systemUTC());
    account =
        WritingClients.open(new AwsConnection(Optional.of(endpoint), REGION, Optional.empty()));
    answer.ifPresent(bedrock::answers);
    Map<String, Object> settings =
        Map.of(
            "cloudmend.live",
            String.valueOf(live),
            "cloudmend.diagnoser",
            answer.isPresent() ? "claude" : "playbook",
            "cloudmend.bedrock.endpoint",
            bedrock.endpoint().toString(),
            "cloudmend.region",
            REGION,
            "cloudmend.target.endpoint",
            endpoint.toString(),
            "cloudmend.tables.endpoint",
            tables.endpoint().toString(),
            "cloudmend.tables.audit",
            AUDIT,
            "cloudmend.tables.state",
            STATE);
    HANDLERS.forEach((name, make) -> handlers.put(name, make.apply(settings)));
    ProjectFiles files = ProjectFiles.ofLauncher();
    definition =
        StateMachineDefinition.parse("remediation", files.stateMachine("remediation", DEPLOYED));
    sample = Json.parseObject(Files.readString(files.root().resolve(SAMPLE)));
  }

  /**
   * Handles findings one after another and tells what the last one took; times are of those after
   * the warm-up.
   */
  Scenario handle(int warmUp, int counted) throws IOException, InterruptedException {
    for (int i = 0; i < warmUp; i++) {
      run();
    }
    millis.clear();
    long before = stored();
    ExecutionResult last = run();
    for (int i = 1; i < counted; i++) {
      last = run();
    }
    return scenario(last, (stored() - before) / counted);
  }

  /** What Claude was asked last. */
  Question question() {
    BedrockRequest request = bedrock.requests().getLast();
    JsonNode body = request.body();
    return new Question(
        request.modelId(),
        body.path("system").toString().length() + body.path("toolConfig").toString().length(),
        body.path("messages").toString().length());
  }

  /** What the sweep reads of the tables. */
  Units sweep() {
    tables.take();
    store.safety().stopped();
    return tables.take().values().stream().reduce(Units.NONE, Units::plus);
  }

  @Override
  public void close() {
    handlers.values().forEach(handler -> ((JsonFunction<?, ?>) handler).close());
    store.close();
    account.close();
    bedrock.close();
    tables.close();
    dynamoDb.close();
  }

  private ExecutionResult run() {
    runs++;
    String bucket = bucketPrefix + (100 + runs);
    account
        .writer()
        .write(new ApiCall("s3", "CreateBucket", REGION, Json.object().put("Bucket", bucket)));
    ObjectNode event =
        Json.parseObject(
            sample.toString().replaceAll("arn:aws:s3:::[a-z0-9-]+", "arn:aws:s3:::" + bucket));
    event.put("id", UUID.randomUUID().toString());
    ObjectNode input = Json.object();
    input.set("event", event);
    input.putObject("run");
    tables.take();
    ExecutionResult result =
        Interpreter.builder()
            .tasks(integration -> Optional.of((called, parameters) -> invoke(parameters)))
            .clock(new VirtualClock(Instant.now()))
            .build()
            .start(definition, MACHINE, UUID.randomUUID().toString(), input);
    if (result.output().isEmpty()) {
      throw new IllegalStateException(result.error() + " " + result.cause());
    }
    return result;
  }

  private JsonNode invoke(JsonNode parameters) throws TaskFailedException {
    String name = parameters.path("FunctionName").asText();
    tables.of(name);
    long begin = System.nanoTime();
    try {
      ObjectNode result = Json.object();
      result.set(
          "Payload",
          LambdaCall.call(
              Objects.requireNonNull(handlers.get(name), name), parameters.path("Payload")));
      return result;
    } catch (IOException e) {
      throw new TaskFailedException(e.getClass().getName(), String.valueOf(e.getMessage()));
    } finally {
      millis
          .computeIfAbsent(name, n -> new ArrayList<>())
          .add((System.nanoTime() - begin) / NANOS_A_MILLI);
    }
  }

  private Scenario scenario(ExecutionResult result, long storedBytes) {
    Map<String, Units> units = tables.take();
    var calls = new TreeMap<String, Integer>();
    for (HistoryEvent event : result.history()) {
      JsonNode function = event.details().path("parameters").path("FunctionName");
      if (function.isTextual()) {
        calls.merge(function.asText(), 1, Integer::sum);
      }
    }
    var functions = new TreeMap<String, Calls>();
    calls.forEach(
        (name, number) -> {
          Units taken = units.getOrDefault(name, Units.NONE);
          functions.put(
              name,
              new Calls(
                  number,
                  taken.reads(),
                  taken.writes(),
                  median(Objects.requireNonNull(millis.get(name), name))));
        });
    return new Scenario(
        result.transitions(),
        StepFunctionsLog.bytes(result),
        bytes(result.input().path("event")),
        storedBytes,
        functions);
  }

  private long stored() throws IOException, InterruptedException {
    return StoredBytes.in(dynamoDb.endpoint(), AUDIT, INDEXES_OF_AUDIT)
        + StoredBytes.in(dynamoDb.endpoint(), STATE, 0);
  }

  private static long bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static double median(List<Double> values) {
    double middle = values.stream().sorted().toList().get(values.size() / 2);
    return Math.round(middle * 10) / 10.0;
  }
}

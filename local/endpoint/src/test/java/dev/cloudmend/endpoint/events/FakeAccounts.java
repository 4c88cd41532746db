package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.ExecutionStarter;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Rules, queues, state machines and functions, all in memory; one item a page. */
final class FakeAccounts implements Upstream, ExecutionStarter, FunctionCaller {

  static final String ACCOUNT = "123456789012";

  /** An execution or an invocation: of what, and with which input. */
  record Started(String arn, String name, JsonNode input) {}

  private final Map<String, TreeMap<String, ObjectNode>> rules = new ConcurrentHashMap<>();
  private final Map<String, List<ObjectNode>> targets = new ConcurrentHashMap<>();
  final List<Started> executions = new CopyOnWriteArrayList<>();
  final List<Started> invocations = new CopyOnWriteArrayList<>();
  final List<ObjectNode> messages = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicInteger failures = new AtomicInteger();
  volatile @Nullable ServiceException failure;
  volatile String functionError = "";

  FakeAccounts() {
    bus(ACCOUNT + "/eu-west-1/default");
  }

  void bus(String bus) {
    rules.put(bus, new TreeMap<>());
  }

  void rule(String bus, String name, ObjectNode more) {
    ObjectNode rule =
        Json.object()
            .put("Name", name)
            .put("Arn", "arn:aws:events:eu-west-1:123456789012:rule/" + name)
            .put("State", "ENABLED");
    rules.computeIfAbsent(bus, b -> new TreeMap<>()).put(name, rule.setAll(more));
  }

  void target(String bus, String rule, ObjectNode target) {
    targets.computeIfAbsent(bus + "/" + rule, key -> new CopyOnWriteArrayList<>()).add(target);
  }

  @Override
  public ObjectNode call(Caller caller, String service, String operation, ObjectNode parameters) {
    calls.add(operation);
    String bus =
        caller.accessKey() + "/" + caller.region() + "/" + parameters.path("EventBusName").asText();
    return switch (operation) {
      case "ListRules" -> {
        TreeMap<String, ObjectNode> found = rules.get(bus);
        if (found == null) {
          throw new ServiceException(400, "ResourceNotFoundException", "no such bus");
        }
        yield page("Rules", new ArrayList<>(found.values()), parameters);
      }
      case "ListTargetsByRule" ->
          page(
              "Targets",
              targets.getOrDefault(bus + "/" + parameters.path("Rule").asText(), List.of()),
              parameters);
      case "GetQueueUrl" ->
          Json.object().put("QueueUrl", "http://queues/" + parameters.path("QueueName").asText());
      case "SendMessage" -> {
        messages.add(parameters);
        yield Json.object();
      }
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private static ObjectNode page(String member, List<ObjectNode> items, ObjectNode parameters) {
    int from = parameters.path("NextToken").asInt(0);
    ObjectNode page = Json.object();
    ArrayNode content = page.putArray(member);
    if (from < items.size()) {
      content.add(items.get(from));
    }
    if (from + 1 < items.size()) {
      page.put("NextToken", Integer.toString(from + 1));
    }
    return page;
  }

  @Override
  public String start(String stateMachine, String name, JsonNode input) {
    fail();
    executions.add(new Started(stateMachine, name, input));
    return stateMachine + ":" + name;
  }

  @Override
  public Result invoke(String function, JsonNode payload) {
    fail();
    invocations.add(new Started(function, "", payload));
    return functionError.isEmpty()
        ? new Result("1", Optional.empty(), Json.object())
        : new Result("1", Optional.of("Unhandled"), Json.object().put("errorType", functionError));
  }

  /** Throws as often as is wanted. */
  private void fail() {
    ServiceException thrown = failure;
    if (thrown != null && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw thrown;
    }
  }

  @Override
  public AwsAnswer send(AwsRequest request) {
    throw new IllegalArgumentException(request.operation());
  }

  @Override
  public String account(String accessKey) {
    return accessKey;
  }

  @Override
  public Caller callerOf(String account, String region) {
    return new Caller(account, region);
  }
}

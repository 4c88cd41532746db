package dev.cloudmend.auditwriter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Step Functions' ListExecutions and StartExecution on a free port of the loopback address, in
 * AWS's JSON 1.0 form: the latest start first, two a page, and errors by {@code __type}. Registered
 * as an extension in a field.
 */
final class FakeStepFunctions implements BeforeEachCallback, AfterEachCallback {

  private static final int PAGE = 2;
  private static final List<String> OPERATIONS =
      List.of("AWSStepFunctions.ListExecutions", "AWSStepFunctions.StartExecution");

  private final List<Listed> executions = new ArrayList<>();
  private final Set<String> stateMachines = new HashSet<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<JsonNode> started = new CopyOnWriteArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private @Nullable HttpServer server;
  private int throttled;

  private record Listed(
      String stateMachine, String arn, String status, Instant start, @Nullable Instant stop) {}

  URI endpoint() {
    if (server == null) {
      throw new IllegalStateException("the server runs during a test only");
    }
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized void hasStateMachine(String arn) {
    stateMachines.add(arn);
  }

  /** Adds an execution; one that runs has no stop. */
  synchronized void hasExecution(
      String stateMachine, String arn, String status, Instant start, @Nullable Instant stop) {
    hasStateMachine(stateMachine);
    executions.add(new Listed(stateMachine, arn, status, start, stop));
  }

  /** Refuses the next requests as too many. */
  synchronized void throttles(int times) {
    throttled = times;
  }

  /** Refuses to start the execution of this name. */
  synchronized void refuses(String name) {
    refused.add(name);
  }

  /** Starts the execution of this name again. */
  synchronized void allows(String name) {
    refused.remove(name);
  }

  /** What was asked of executions that were started, in order. */
  List<JsonNode> started() {
    return List.copyOf(started);
  }

  /** The bodies of what arrived to be listed, in order, without what was refused as too many. */
  List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    try {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on the loopback address", e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (server != null) {
      server.stop(0);
    }
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      JsonNode request = Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      if (!exchange.getRequestMethod().equals("POST")
          || !"application/x-amz-json-1.0".equals(headers.getFirst("Content-Type"))
          || !OPERATIONS.contains(headers.getFirst("X-Amz-Target"))) {
        fail(exchange, "UnknownOperationException", "");
      } else if (!headers.containsKey("Authorization")) {
        fail(exchange, "MissingAuthenticationTokenException", "Missing Authentication Token");
      } else if (throttled > 0) {
        throttled--;
        fail(exchange, "ThrottlingException", "Rate exceeded");
      } else if (OPERATIONS.getFirst().equals(headers.getFirst("X-Amz-Target"))) {
        requests.add(request);
        list(exchange, request);
      } else {
        start(exchange, request);
      }
    }
  }

  /** As for a machine whose executions are all over: a name is good for one. */
  private void start(HttpExchange exchange, JsonNode request) throws IOException {
    String name = request.path("name").asText();
    if (refused.contains(name)) {
      fail(exchange, "AccessDeniedException", "not authorized to perform: states:StartExecution");
    } else if (started.stream().anyMatch(s -> s.path("name").asText().equals(name))) {
      fail(exchange, "ExecutionAlreadyExists", "Execution Already Exists: '" + name + "'");
    } else {
      started.add(request);
      ObjectNode answer = Json.object();
      answer.put("executionArn", request.path("stateMachineArn").asText() + ":" + name);
      answer.put("startDate", 1_795_341_600.0);
      send(exchange, 200, answer);
    }
  }

  private void list(HttpExchange exchange, JsonNode request) throws IOException {
    String machine = request.path("stateMachineArn").asText();
    if (!stateMachines.contains(machine)) {
      fail(
          exchange,
          "com.amazonaws.swf.service.v2.model#StateMachineDoesNotExist",
          "State Machine Does Not Exist: '" + machine + "'");
      return;
    }
    String token = request.path("nextToken").asText("page-0");
    if (!token.matches("page-\\d+")) {
      fail(exchange, "InvalidToken", "Invalid Token: '" + token + "'");
      return;
    }
    List<Listed> all =
        executions.stream()
            .filter(e -> e.stateMachine().equals(machine))
            .filter(e -> e.status().equals(request.path("statusFilter").asText(e.status())))
            .sorted(Comparator.comparing(Listed::start).reversed())
            .toList();
    int from = Integer.parseInt(token.substring("page-".length()));
    int to = Math.min(from + PAGE, all.size());
    ObjectNode answer = Json.object();
    ArrayNode page = answer.putArray("executions");
    all.subList(from, to).forEach(execution -> page.add(item(execution)));
    if (to < all.size()) {
      answer.put("nextToken", "page-" + to);
    }
    send(exchange, 200, answer);
  }

  private static ObjectNode item(Listed execution) {
    ObjectNode item = Json.object();
    item.put("executionArn", execution.arn());
    item.put("name", execution.arn().substring(execution.arn().lastIndexOf(':') + 1));
    item.put("stateMachineArn", execution.stateMachine());
    item.put("status", execution.status());
    item.put("startDate", execution.start().toEpochMilli() / 1_000.0);
    if (execution.stop() != null) {
      item.put("stopDate", execution.stop().toEpochMilli() / 1_000.0);
    }
    return item;
  }

  private static void fail(HttpExchange exchange, String type, String message) throws IOException {
    send(exchange, 400, Json.object().put("__type", type).put("message", message));
  }

  private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

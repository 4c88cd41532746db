package dev.cloudmend.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a function and DynamoDB Local, asks with each request what it takes, and adds that
 * up by function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">
 *     What a read or write takes</a>
 */
final class CountingTables implements AutoCloseable {

  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan");
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

  /**
   * Request units.
   *
   * @param reads a strongly consistent read of up to 4 KB is one
   * @param writes a write of up to 1 KB is one, in a transaction two
   */
  record Units(double reads, double writes) {

    static final Units NONE = new Units(0, 0);

    Units plus(Units other) {
      return new Units(reads + other.reads, writes + other.writes);
    }
  }

  private static final double LEAST_OF_A_QUERY = 1;

  private final URI target;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Units> byFunction = new ConcurrentSkipListMap<>();
  private volatile String function = "nobody";

  private CountingTables(URI target, HttpServer server) {
    this.target = target;
    this.server = server;
  }

  static CountingTables inFrontOf(URI target) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    var tables = new CountingTables(target, HttpServer.create(address, 0));
    tables.server.createContext("/", tables::handle);
    tables.server.setExecutor(tables.threads);
    tables.server.start();
    return tables;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whose requests those are that come from now on. */
  void of(String name) {
    function = name;
  }

  /** What was taken since the last time, by function. */
  Map<String, Units> take() {
    var taken = new TreeMap<>(byFunction);
    byFunction.clear();
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String operation =
        exchange
            .getRequestHeaders()
            .getFirst("X-Amz-Target")
            .replaceFirst("^DynamoDB_20120810\\.", "");
    ObjectNode question =
        Json.parseObject(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    boolean isCounted = READS.contains(operation) || WRITES.contains(operation);
    if (isCounted) {
      question.put("ReturnConsumedCapacity", "INDEXES");
    }
    var request =
        HttpRequest.newBuilder(target)
            .POST(HttpRequest.BodyPublishers.ofString(question.toString()));
    for (String name : Set.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    try (exchange) {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (isCounted) {
        count(operation, Json.parse(new String(response.body(), StandardCharsets.UTF_8)));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(String operation, JsonNode answer) {
    JsonNode told = answer.path("ConsumedCapacity");
    if (told.isMissingNode()) {
      // A refused write takes units too, and does not tell them.
      throw new IllegalStateException(operation + " does not tell what it took: " + answer);
    }
    double units = 0;
    if (told.isArray()) {
      for (JsonNode table : told) {
        units += table.path("CapacityUnits").asDouble();
      }
    } else {
      units = told.path("CapacityUnits").asDouble();
    }
    if (operation.equals("Query")) {
      // DynamoDB Local tells nothing for a query that finds nothing; AWS counts it as a read.
      units = Math.max(units, LEAST_OF_A_QUERY);
    }
    byFunction.merge(
        function,
        READS.contains(operation) ? new Units(units, 0) : new Units(0, units),
        Units::plus);
  }
}

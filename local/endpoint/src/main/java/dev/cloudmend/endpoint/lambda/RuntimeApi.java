package dev.cloudmend.endpoint.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.endpoint.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API of one execution environment, on a port of its own on 127.0.0.1.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
final class RuntimeApi implements AutoCloseable {

  /** Of a response: 6 MB and 100 bytes. */
  static final long RESPONSE_LIMIT = 6L * 1024 * 1024 + 100;

  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final Pattern RESULT =
      Pattern.compile(Pattern.quote(PREFIX) + "invocation/([0-9a-f-]{36})/(response|error)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> waiting = new ArrayBlockingQueue<>(1);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CompletableFuture<Outcome> initError = new CompletableFuture<>();
  private volatile @Nullable Invocation current;

  /**
   * One invocation.
   *
   * @param deadlineMillis since 1970
   * @param outcome is completed when the function has answered
   */
  record Invocation(
      String requestId,
      String arn,
      long deadlineMillis,
      Body payload,
      Optional<String> clientContext,
      CompletableFuture<Outcome> outcome) {}

  RuntimeApi() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(threads);
    server.createContext(PREFIX, this::handle);
    server.start();
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Is down to zero as soon as the function asks for work. */
  CountDownLatch ready() {
    return ready;
  }

  /** Is completed when the function could not be made. */
  CompletableFuture<Outcome> initError() {
    return initError;
  }

  /** Gives the function its next invocation; there is one at a time. */
  void offer(Invocation invocation) {
    waiting.add(invocation);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Matcher result = RESULT.matcher(path);
      if (path.equals(PREFIX + "invocation/next")) {
        next(exchange);
      } else if (path.equals(PREFIX + "init/error")) {
        initError.complete(Outcome.error(body(exchange)));
        exchange.sendResponseHeaders(202, -1);
      } else if (result.matches()) {
        end(exchange, result.group(1), result.group(2).equals("error"));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    ready.countDown();
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    current = invocation;
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.arn());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis()));
    headers.put("Content-Type", List.of("application/json"));
    invocation
        .clientContext()
        .ifPresent(context -> headers.set("Lambda-Runtime-Client-Context", context));
    byte[] payload = invocation.payload().bytes();
    exchange.sendResponseHeaders(200, payload.length);
    exchange.getResponseBody().write(payload);
  }

  private void end(HttpExchange exchange, String requestId, boolean failed) throws IOException {
    Invocation invocation = current;
    if (invocation == null || !invocation.requestId().equals(requestId)) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    Body body = body(exchange);
    exchange.sendResponseHeaders(202, -1);
    if (body.bytes().length > RESPONSE_LIMIT) {
      invocation.outcome().complete(Outcome.tooLarge(RESPONSE_LIMIT));
    } else {
      invocation.outcome().complete(failed ? Outcome.error(body) : Outcome.success(body));
    }
  }

  private static Body body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes((int) RESPONSE_LIMIT + 1);
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    return Body.of(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

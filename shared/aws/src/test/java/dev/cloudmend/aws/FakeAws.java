package dev.cloudmend.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server in place of AWS: notes what arrives, and answers as told. */
final class FakeAws implements AutoCloseable {

  /** What arrived; {@code operation} is that of a JSON protocol, null in others. */
  record Request(
      String method,
      String target,
      String body,
      String host,
      String authorization,
      @Nullable String operation) {}

  /** What is answered. */
  record Answer(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private volatile Answer otherwise = new Answer(200, "");

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  AwsConnection connection() {
    return new AwsConnection(Optional.of(endpoint()), "eu-west-1", Optional.empty());
  }

  /** The next answer; after the last, {@link #alwaysAnswer}. */
  FakeAws thenAnswer(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  FakeAws alwaysAnswer(int status, String body) {
    otherwise = new Answer(status, body);
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  int count() {
    return requests.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              body,
              exchange.getRequestHeaders().getFirst("Host"),
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("X-Amz-Target")));
      Answer answer = Optional.ofNullable(answers.poll()).orElse(otherwise);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), none ? -1 : bytes.length);
      if (!none) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

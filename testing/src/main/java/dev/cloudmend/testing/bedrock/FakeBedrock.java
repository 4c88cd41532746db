package dev.cloudmend.testing.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bedrock's {@code POST /model/{modelId}/converse} on a free port of the loopback address. It
 * records what arrives, answers by a script, and refuses what the service would refuse.
 *
 * <p>The scripted replies are given in order. After the last of them the answering function holds
 * where there is one, else the last reply is given again.
 */
public final class FakeBedrock implements AutoCloseable {

  /** What every answer says that it took. */
  public static final int INPUT_TOKENS = 900;

  public static final int OUTPUT_TOKENS = 300;
  public static final int CACHE_READ_TOKENS = 1_500;
  public static final int CACHE_WRITE_TOKENS = 20;

  private static final Pattern CONVERSE = Pattern.compile("/model/([^/]+)/converse");

  private final List<BedrockRequest> requests = new CopyOnWriteArrayList<>();
  private final Deque<BedrockReply> script = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private Optional<BedrockReply> otherwise = Optional.empty();

  private FakeBedrock() {
    try {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on the loopback address", e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Starts a server that answers {@code InternalServerException} until it is told otherwise. */
  public static FakeBedrock start() {
    return new FakeBedrock();
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Adds to the script. */
  public synchronized void replies(BedrockReply... replies) {
    script.addAll(List.of(replies));
  }

  /** Adds the same error a number of times to the script. */
  public synchronized void fails(BedrockError error, int times) {
    for (int i = 0; i < times; i++) {
      script.add(BedrockReply.error(error));
    }
  }

  /**
   * Calls the forced tool whenever the script has come to its end.
   *
   * @param toolInput makes the tool's input from the request's body, so that it can repeat what
   *     stands there
   */
  public synchronized void answers(Function<JsonNode, JsonNode> toolInput) {
    otherwise = Optional.of(BedrockReply.toolAnswer(toolInput));
  }

  /** What arrived, in order; also what was refused. */
  public List<BedrockRequest> requests() {
    return List.copyOf(requests);
  }

  /** The body of the last request. */
  public JsonNode lastRequest() {
    return requests.getLast().body();
  }

  /** Stops listening and ends what it is still answering. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String raw = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().getRawPath();
      Matcher converse = CONVERSE.matcher(path);
      if (!converse.matches() || !exchange.getRequestMethod().equals("POST")) {
        fail(exchange, 404, "UnknownOperationException", "There is no such operation");
        return;
      }
      BedrockRequest request =
          new BedrockRequest(
              path, URLDecoder.decode(converse.group(1), UTF_8), headers(exchange), raw, json(raw));
      requests.add(request);
      if (!request.headers().containsKey("authorization")) {
        fail(exchange, 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        return;
      }
      Optional<String> problem = ConverseRules.problem(request.body());
      if (problem.isPresent()) {
        fail(exchange, BedrockError.VALIDATION, problem.get());
        return;
      }
      reply(exchange, next(), request.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized BedrockReply next() {
    if (script.size() > 1 || (otherwise.isPresent() && !script.isEmpty())) {
      return script.remove();
    }
    return otherwise
        .or(() -> Optional.ofNullable(script.peek()))
        .orElseGet(
            () ->
                new BedrockReply.Failure(
                    BedrockError.INTERNAL_SERVER, "The test did not say what to answer"));
  }

  private void reply(HttpExchange exchange, BedrockReply reply, JsonNode request)
      throws IOException, InterruptedException {
    switch (reply) {
      case BedrockReply.Message message -> send(exchange, 200, bytes(message, request));
      case BedrockReply.Failure failure -> fail(exchange, failure.error(), failure.message());
      case BedrockReply.Raw raw -> send(exchange, 200, raw.body().getBytes(UTF_8));
      case BedrockReply.Silence silence -> closed.await();
      case BedrockReply.Cut cut -> {}
      case BedrockReply.CutHalfWay cut -> sendHalf(exchange, bytes(cut.message(), request));
      case BedrockReply.StallHalfWay stall -> {
        sendHalf(exchange, bytes(stall.message(), request));
        closed.await();
      }
      case BedrockReply.Trickle trickle ->
          trickle(exchange, bytes(trickle.message(), request), trickle.pause());
    }
  }

  private void trickle(HttpExchange exchange, byte[] body, Duration pause)
      throws IOException, InterruptedException {
    OutputStream out = begin(exchange, 200, body.length);
    for (byte b : body) {
      out.write(b);
      out.flush();
      if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private static void sendHalf(HttpExchange exchange, byte[] body) throws IOException {
    OutputStream out = begin(exchange, 200, body.length);
    out.write(body, 0, body.length / 2);
    out.flush();
  }

  private static byte[] bytes(BedrockReply.Message message, JsonNode request) {
    return message.body(request).getBytes(UTF_8);
  }

  private static void fail(HttpExchange exchange, BedrockError error, String message)
      throws IOException {
    fail(exchange, error.status(), error.code(), message);
  }

  private static void fail(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", code);
    send(exchange, status, Json.object().put("message", message).toString().getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    begin(exchange, status, body.length).write(body);
  }

  private static OutputStream begin(HttpExchange exchange, int status, int length)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000");
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    return exchange.getResponseBody();
  }

  private static Map<String, List<String>> headers(HttpExchange exchange) {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return headers;
  }

  private static JsonNode json(String raw) {
    try {
      return Json.parse(raw);
    } catch (ModelException e) {
      return MissingNode.getInstance();
    }
  }
}

package dev.cloudmend.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stands between a client and an emulator, on a free port of the loopback address. Forwards
 * everything as it came, but for the headers of the connection itself ({@code Host} among them),
 * records it, and answers in the emulator's place where a test asks for a fault.
 *
 * <p>Requests are recorded when they arrive, so also those that are then refused or cut. A client
 * may send a request again by itself: the JDK's URL connection does so once when a kept connection
 * is cut, and the AWS SDK does so for 5xx, throttling and network failures.
 */
public final class RecordingProxy implements AutoCloseable {

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");
  private static final long ALWAYS = Long.MAX_VALUE / 2;

  private final URI target;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Interception> interceptions = new CopyOnWriteArrayList<>();
  private final InetSocketAddress address;
  private Optional<HttpServer> server;

  private RecordingProxy(URI target) {
    this.target = target;
    HttpServer first = listen(new InetSocketAddress(loopback(), 0));
    this.server = Optional.of(first);
    this.address = first.getAddress();
  }

  /** Starts a proxy in front of a server, such as {@link EmulatedAccount#endpoint()}. */
  public static RecordingProxy inFrontOf(URI target) {
    return new RecordingProxy(target);
  }

  /** Where clients reach the proxy. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  /** What arrived since the start or the last {@link #clear()}, in order. */
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Of {@link #requests()}, those that may have changed something. */
  public List<RecordedRequest> writes() {
    return requests.stream().filter(RecordedRequest::isWrite).toList();
  }

  /** Forgets what arrived, and all faults and actions. */
  public void clear() {
    requests.clear();
    interceptions.clear();
  }

  /**
   * Answers the next request for an operation with an error.
   *
   * @param operation with its service or without: {@code s3:PutBucketVersioning}
   */
  public void failNext(String operation, int status, String code) {
    failNext(request -> request.is(operation), status, code);
  }

  /** Answers the next request that matches with an error. */
  public void failNext(Predicate<RecordedRequest> matches, int status, String code) {
    fail(matches, 0, 1, new Fault.Answer(status, code));
  }

  /** Answers every request for an operation with an error. */
  public void failAlways(String operation, int status, String code) {
    failAlways(request -> request.is(operation), status, code);
  }

  /** Answers every request that matches with an error. */
  public void failAlways(Predicate<RecordedRequest> matches, int status, String code) {
    fail(matches, 0, ALWAYS, new Fault.Answer(status, code));
  }

  /** Drops the connection of every request for an operation. */
  public void cutConnection(String operation) {
    cutConnection(request -> request.is(operation));
  }

  /** Drops the connection of every request that matches. */
  public void cutConnection(Predicate<RecordedRequest> matches) {
    fail(matches, 0, ALWAYS, new Fault.Cut());
  }

  /**
   * Makes a fault of some requests.
   *
   * @param skip how many that match are let through first
   * @param times how many after those get the fault
   */
  public void fail(Predicate<RecordedRequest> matches, long skip, long times, Fault fault) {
    interceptions.add(Interception.fault(matches, skip, times, fault));
  }

  /** Runs something right before the next request for an operation goes on to the emulator. */
  public void before(String operation, Runnable action) {
    interceptions.add(Interception.before(request -> request.is(operation), action));
  }

  /** Stops listening: connections are refused until {@link #comeBack()}. */
  public synchronized void goDown() {
    server.ifPresent(running -> running.stop(0));
    server = Optional.empty();
  }

  /** Listens again, on the same port. */
  public synchronized void comeBack() {
    if (server.isEmpty()) {
      server = Optional.of(listen(address));
    }
  }

  @Override
  public void close() {
    goDown();
    threads.shutdownNow();
    client.shutdownNow();
  }

  private HttpServer listen(InetSocketAddress place) {
    try {
      HttpServer listening = HttpServer.create(place, 0);
      listening.createContext("/", this::handle);
      listening.setExecutor(threads);
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + place, e);
    }
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    RecordedRequest request = record(exchange, body);
    requests.add(request);
    List<Interception> meant =
        interceptions.stream().filter(interception -> interception.takes(request)).toList();
    meant.forEach(interception -> interception.action().run());
    Optional<Fault> fault =
        meant.stream().flatMap(interception -> interception.fault().stream()).findFirst();
    try (exchange) {
      if (fault.isEmpty()) {
        forward(exchange, body);
      } else if (fault.get() instanceof Fault.Answer answer) {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType(request));
        send(exchange, answer.status(), answer.body(request));
      }
    }
  }

  private static RecordedRequest record(HttpExchange exchange, byte[] body) {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    URI uri = exchange.getRequestURI();
    return OperationGuess.name(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        new String(body, UTF_8));
  }

  private void forward(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + uri.getRawPath() + query))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      copyHeaders(response, exchange);
      send(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copyHeaders(HttpResponse<byte[]> response, HttpExchange exchange) {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean lengthOfHead = head && name.equalsIgnoreCase("content-length");
              if (lengthOfHead || !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}

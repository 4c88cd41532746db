package dev.cloudmend.testing.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.testing.github.GitHubReply.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of GitHub's REST API that this project uses, on a free port of the loopback address. It
 * keeps repositories with real git object ids, records what arrives, and can be told to answer
 * otherwise or to let something happen before a request.
 */
public final class FakeGitHub implements AutoCloseable {

  /** A token that may do everything. */
  public static final String TOKEN = "ghp_tokenOfTheTest";

  /** The id of the installation of {@link #install}. */
  public static final long INSTALLATION = FakeApp.INSTALLATION;

  private final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
  private final List<GitHubRequest> requests = new CopyOnWriteArrayList<>();
  private final Script script = new Script();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Clock clock;
  private Optional<FakeApp> app = Optional.empty();

  private FakeGitHub(Clock clock) {
    this.clock = clock;
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

  /** Starts a server without repositories. */
  public static FakeGitHub start(Clock clock) {
    return new FakeGitHub(clock);
  }

  /** Where clients reach it; with {@code /api/v3} behind it, it answers too. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Makes an empty repository.
   *
   * @param name {@code owner/name}
   */
  public FakeRepository repository(String name) {
    return repositories.computeIfAbsent(name, n -> new FakeRepository(n, clock));
  }

  /** Installs an App in every repository. */
  public void install(String issuer, PublicKey key) {
    app = Optional.of(new FakeApp(issuer, key, clock));
  }

  /** Takes back all tokens of the installation before their time. */
  public void revokeTokens() {
    app.ifPresent(FakeApp::revoke);
  }

  /** Answers a request otherwise: the n-th of its kind from now, counted from 1. */
  public void fails(GitHubOperation operation, int nth, GitHubReply reply) {
    script.reply(operation, nth, reply);
  }

  /** Answers every request of a kind otherwise. */
  public void alwaysFails(GitHubOperation operation, GitHubReply reply) {
    script.always(operation, reply);
  }

  /** Lets something happen right before a request is answered: the n-th of its kind from now. */
  public void before(GitHubOperation operation, int nth, Runnable event) {
    script.before(operation, nth, event);
  }

  /** What arrived, in order; also what was refused. */
  public List<GitHubRequest> requests() {
    return List.copyOf(requests);
  }

  /** What arrived, by its kind, in order. */
  public List<GitHubOperation> operations() {
    return requests.stream().map(GitHubRequest::operation).toList();
  }

  public long count(GitHubOperation operation) {
    return operations().stream().filter(operation::equals).count();
  }

  /** Forgets what arrived. */
  public void forget() {
    requests.clear();
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
      URI uri = exchange.getRequestURI();
      Optional<GitHubOperation.Match> match =
          GitHubOperation.of(exchange.getRequestMethod(), uri.getRawPath());
      if (match.isEmpty()) {
        send(exchange, GitHubReply.notFound());
        return;
      }
      GitHubRequest request =
          new GitHubRequest(
              match.get().operation(),
              uri.getRawPath(),
              query(Optional.ofNullable(uri.getRawQuery()).orElse("")),
              headers(exchange),
              json(raw));
      requests.add(request);
      Script.Step step = script.next(request.operation());
      step.event().run();
      reply(exchange, step.reply(), match.get(), request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reply(
      HttpExchange exchange,
      Optional<GitHubReply> scripted,
      GitHubOperation.Match match,
      GitHubRequest request)
      throws IOException, InterruptedException {
    switch (scripted.orElseGet(() -> answer(match, request))) {
      case Answer answer -> send(exchange, answer);
      case GitHubReply.Silence silence -> closed.await();
      case GitHubReply.CutAfterwards cut -> answer(match, request);
      case GitHubReply.StallHalfWay stall -> {
        byte[] body = answer(match, request).body().getBytes(UTF_8);
        OutputStream out = begin(exchange, 200, body.length);
        out.write(body, 0, body.length / 2);
        out.flush();
        closed.await();
      }
    }
  }

  private Answer answer(GitHubOperation.Match match, GitHubRequest request) {
    String authorization =
        String.join("", request.headers().getOrDefault("authorization", List.of()));
    synchronized (this) {
      try {
        return switch (match.operation()) {
          case GET_INSTALLATION -> app().installation(authorization);
          case CREATE_INSTALLATION_TOKEN -> app().token(authorization, match.argument());
          default -> {
            requireToken(authorization);
            FakeRepository repository =
                Optional.ofNullable(repositories.get(match.repository()))
                    .orElseThrow(() -> new RefusedException(GitHubReply.notFound()));
            synchronized (repository) {
              yield answer(repository, match, request);
            }
          }
        };
      } catch (RefusedException e) {
        return e.answer();
      }
    }
  }

  private static Answer answer(
      FakeRepository repository, GitHubOperation.Match match, GitHubRequest request) {
    if (repository.isArchived() && match.operation().isWrite()) {
      return GitHubReply.error(403, "Repository was archived so is read-only.");
    }
    GitDataApi git = new GitDataApi(repository);
    PullRequestApi pulls = new PullRequestApi(repository);
    String argument = URLDecoder.decode(match.argument(), UTF_8);
    JsonNode body = request.body();
    return switch (match.operation()) {
      case GET_REPOSITORY -> git.repository();
      case GET_BRANCH -> git.branch(argument);
      case GET_REF -> git.ref(argument);
      case GET_COMMIT -> git.commit(argument);
      case GET_TREE -> git.tree(argument, request.query().containsKey("recursive"));
      case GET_BLOB -> git.blob(argument);
      case CREATE_TREE -> git.createTree(body);
      case CREATE_COMMIT -> git.createCommit(body);
      case CREATE_REF -> git.createRef(body);
      case UPDATE_REF -> git.updateRef(argument, body);
      case LIST_PULLS -> pulls.list(request.query());
      case CREATE_PULL -> pulls.create(body);
      case GET_PULL -> pulls.get(Integer.parseInt(argument));
      case UPDATE_PULL -> pulls.update(Integer.parseInt(argument), body);
      case REQUEST_REVIEWERS -> pulls.requestReviewers(Integer.parseInt(argument), body);
      case ADD_LABELS -> pulls.addLabels(Integer.parseInt(argument), body);
      case CREATE_LABEL -> pulls.createLabel(body);
      case CREATE_COMMENT -> pulls.comment(Integer.parseInt(argument), body);
      case GET_INSTALLATION, CREATE_INSTALLATION_TOKEN -> GitHubReply.notFound();
    };
  }

  private FakeApp app() {
    return app.orElseThrow(() -> new RefusedException(GitHubReply.notFound()));
  }

  private void requireToken(String authorization) {
    boolean isKnown =
        authorization.equals("Bearer " + TOKEN)
            || (authorization.startsWith("Bearer ")
                && app.filter(a -> a.hasGiven(authorization.substring(7))).isPresent());
    if (!isKnown) {
      throw new RefusedException(GitHubReply.badCredentials());
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    begin(exchange, answer.status(), body.length).write(body);
  }

  private static OutputStream begin(HttpExchange exchange, int status, int length)
      throws IOException {
    if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    }
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    return exchange.getResponseBody();
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return query;
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

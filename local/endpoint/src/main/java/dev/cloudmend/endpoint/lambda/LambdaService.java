package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cloudmend.endpoint.AnsweredHere;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.Watching;
import dev.cloudmend.endpoint.spool.Spool;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lambda's Invoke. A function runs from the package that was deployed through this endpoint, in a
 * process of its own, with the environment that it was deployed with and the credentials of its own
 * role; its configuration stays with the emulator.
 *
 * <p>Who may call is not checked: neither the caller's rights nor the function's resource policy.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaService implements AnsweredHere, FunctionCaller, AutoCloseable {

  /** Of a request, for a caller that waits, and for one that does not. */
  private static final int LIMIT = 6 * 1024 * 1024;

  private static final int ASYNCHRONOUS_LIMIT = 1024 * 1024;

  private static final long SHORTEST_PAUSE = 50;
  private static final long LONGEST_PAUSE = 30_000;

  private final LambdaSettings settings;
  private final Upstream upstream;
  private final DeployedFunctions functions;
  private final CodeStore code;
  private final Surroundings surroundings;
  private final Environments environments = new Environments();
  private final FunctionWrites writes;
  private final AsynchronousInvocations asynchronous;
  private final Thread sweeper;

  /** Makes the service; nothing runs before {@link #begin()} or a call. */
  public LambdaService(LambdaSettings settings, Upstream upstream) {
    this.settings = settings;
    this.functions = new DeployedFunctions(upstream);
    this.code = new CodeStore(settings.data().resolve("code"));
    this.surroundings = new Surroundings(settings.data());
    this.writes = new FunctionWrites(upstream, code, functions, environments, settings.log());
    this.upstream = upstream;
    this.asynchronous =
        new AsynchronousInvocations(
            new Spool(settings.data().resolve("invocations")),
            settings.retries(),
            settings.log(),
            (function, requestId, payload) ->
                run(function, requestId, payload, Optional.empty()).outcome());
    this.sweeper = Thread.ofPlatform().daemon().name("idle functions").start(this::endIdle);
  }

  private void endIdle() {
    long pause = Math.clamp(settings.idle().toMillis() / 4, SHORTEST_PAUSE, LONGEST_PAUSE);
    try {
      while (true) {
        Thread.sleep(pause);
        environments.endIdle(settings.idle());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it has to be told of to know the functions. */
  public Watching watching() {
    return writes;
  }

  /** Goes on with asynchronous invocations that were accepted before; the endpoint is up by now. */
  public void begin() {
    asynchronous.begin();
  }

  @Override
  public Set<String> operations() {
    return Set.of("lambda:Invoke");
  }

  @Override
  public AwsAnswer answer(AwsRequest request) throws InterruptedException {
    FunctionName named =
        FunctionName.parse(
            InvocationPath.functionOf(request.path()),
            upstream.account(request.accessKey()),
            request.region());
    FunctionName function = qualified(named, InvocationPath.qualifierOf(request.path()));
    String type = header(request, "x-amz-invocation-type").orElse("RequestResponse");
    Body payload = payload(request.body(), type);
    FunctionConfiguration configuration = functions.configuration(function);
    String requestId = AsynchronousInvocations.newRequestId();
    return switch (type) {
      case "RequestResponse" -> synchronous(request, function, requestId, payload);
      case "Event" -> {
        codeOf(configuration);
        asynchronous.accept(function, requestId, payload);
        yield answer(202, requestId, configuration, Body.EMPTY, Map.of());
      }
      case "DryRun" -> answer(204, requestId, configuration, Body.EMPTY, Map.of());
      default ->
          throw new ServiceException(
              400,
              "ValidationException",
              "1 validation error detected: Value at 'invocationType' failed to satisfy"
                  + " constraint: Member must satisfy enum value set:"
                  + " [Event, RequestResponse, DryRun]");
    };
  }

  private AwsAnswer synchronous(
      AwsRequest request, FunctionName function, String requestId, Body payload)
      throws InterruptedException {
    Run run = run(function, requestId, payload, header(request, "x-amz-client-context"));
    var headers = new HashMap<String, List<String>>();
    if (run.outcome().failed()) {
      headers.put("x-amz-function-error", List.of("Unhandled"));
    }
    if (header(request, "x-amz-log-type").equals(Optional.of("Tail"))) {
      headers.put(
          "x-amz-log-result", List.of(Base64.getEncoder().encodeToString(run.log().bytes())));
    }
    return answer(200, requestId, run.configuration(), run.outcome().payload(), headers);
  }

  private static AwsAnswer answer(
      int status,
      String requestId,
      FunctionConfiguration configuration,
      Body body,
      Map<String, List<String>> more) {
    var headers = new HashMap<>(more);
    headers.put("content-type", List.of("application/json"));
    headers.put("x-amzn-requestid", List.of(requestId));
    headers.put("x-amz-executed-version", List.of(configuration.version()));
    return new AwsAnswer(status, Map.copyOf(headers), body);
  }

  @Override
  public Result invoke(String function, JsonNode payload) throws InterruptedException {
    Run run =
        run(
            FunctionName.parse(function, "", ""),
            AsynchronousInvocations.newRequestId(),
            Body.of(payload.toString()),
            Optional.empty());
    Body answer = run.outcome().payload();
    try {
      return new Result(
          run.configuration().version(),
          run.outcome().failed() ? Optional.of("Unhandled") : Optional.empty(),
          answer.bytes().length == 0 ? NullNode.getInstance() : Json.parse(answer.text()));
    } catch (ModelException e) {
      return new Result(
          run.configuration().version(),
          Optional.of("Unhandled"),
          Json.object()
              .put("errorType", "Runtime.MarshalError")
              .put("errorMessage", "The function's response is not JSON"));
    }
  }

  /** One invocation that came to an end, and what was printed meanwhile. */
  private record Run(FunctionConfiguration configuration, Outcome outcome, Body log) {}

  private Run run(
      FunctionName function, String requestId, Body payload, Optional<String> clientContext)
      throws InterruptedException {
    FunctionConfiguration configuration = functions.configuration(function);
    Path folder = codeOf(configuration);
    return environments.use(
        configuration,
        () -> start(configuration, folder),
        environment -> {
          long before = environment.logSize();
          Outcome outcome = environment.invoke(requestId, function.arn(), payload, clientContext);
          return new Run(configuration, outcome, Body.of(environment.logTail(before)));
        });
  }

  private ExecutionEnvironment start(FunctionConfiguration configuration, Path folder) {
    DeployedFunctions.Credentials credentials = functions.credentials(configuration);
    try {
      return ExecutionEnvironment.start(
          configuration.timeout(),
          runtimeApi ->
              ExecutionEnvironment.builder(
                  surroundings.command(configuration, folder),
                  surroundings.environment(
                      configuration, credentials, settings.endpoint().get(), runtimeApi, folder),
                  folder),
          surroundings.log(configuration.function()));
    } catch (IOException e) {
      throw new ServiceException(
          500, "ServiceException", "The process of the function cannot be started");
    }
  }

  private Path codeOf(FunctionConfiguration configuration) {
    return code.find(configuration.codeSha256())
        .orElseThrow(
            () ->
                new ServiceException(
                    502,
                    "InvalidZipFileException",
                    "The package of "
                        + configuration.function().arn()
                        + " did not come through this endpoint, or cannot be unpacked;"
                        + " deploy it again"));
  }

  private static FunctionName qualified(FunctionName function, Optional<String> qualifier) {
    if (qualifier.isEmpty()) {
      return function;
    }
    if (function.qualifier().isPresent() && !function.qualifier().equals(qualifier)) {
      throw new ServiceException(
          400,
          "InvalidParameterValueException",
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return function.withQualifier(qualifier.get());
  }

  private static Body payload(Body body, String type) {
    int limit = type.equals("Event") ? ASYNCHRONOUS_LIMIT : LIMIT;
    if (body.bytes().length > limit) {
      throw new ServiceException(
          413,
          "RequestEntityTooLargeException",
          "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }
    if (body.bytes().length == 0) {
      return Body.of("{}");
    }
    try {
      Json.parse(body.text());
      return body;
    } catch (ModelException e) {
      throw new ServiceException(
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: the payload " + e.getMessage());
    }
  }

  private static Optional<String> header(AwsRequest request, String name) {
    return request.headers().getOrDefault(name, List.of()).stream().findFirst();
  }

  @Override
  public void close() {
    sweeper.interrupt();
    asynchronous.close();
    environments.close();
  }
}

package dev.cloudmend.endpoint.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaServiceTest {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:greeter";

  private static final String ECHO =
      """
      public void handleRequest(InputStream in, OutputStream out, Context context)
          throws IOException {
        String input = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        calls++;
        context.getLogger().log("called with " + input);
        write(out, "{\\"input\\":" + input
            + ",\\"calls\\":" + calls
            + ",\\"pid\\":" + ProcessHandle.current().pid()
            + ",\\"memory\\":" + context.getMemoryLimitInMB()
            + ",\\"inTime\\":" + (context.getRemainingTimeInMillis() > 0)
            + ",\\"tenant\\":" + quote(context.getTenantId())
            + ",\\"arn\\":" + quote(context.getInvokedFunctionArn())
            + ",\\"environment\\":{");
        String comma = "";
        for (String name : new java.util.TreeSet<>(System.getenv().keySet())) {
          write(out, comma + quote(name) + ":" + quote(System.getenv(name)));
          comma = ",";
        }
        write(out, "}}");
      }
      """;

  @TempDir Path folder;

  private final FakeEmulator emulator = new FakeEmulator();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private LambdaService service;

  @BeforeEach
  void start() {
    service = open(Duration.ofMinutes(10));
  }

  @AfterEach
  void end() {
    service.close();
  }

  private LambdaService open(Duration idle) {
    return new LambdaService(
        new LambdaSettings(
            folder.resolve("data"),
            () -> URI.create("http://127.0.0.1:4566"),
            idle,
            List.of(Duration.ZERO, Duration.ZERO),
            log::add),
        emulator);
  }

  @Test
  void aDeployedFunctionAnswersThroughItsAlias() throws Exception {
    deploy("greeter", "7", ECHO);
    emulator.put("greeter", "live", FakeEmulator.configuration("7", digestOf("greeter")));

    AwsAnswer answer = invoke("greeter/invocations?Qualifier=live", "{\"a\":[1]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("x-amz-executed-version", List.of("7"))
        .doesNotContainKey("x-amz-function-error");
    JsonNode said = answer.body().json();
    assertThat(said.path("input").toString()).isEqualTo("{\"a\":[1]}");
    assertThat(said.path("memory").asInt()).isEqualTo(128);
    assertThat(said.path("inTime").asBoolean()).isTrue();
    assertThat(said.path("arn").asText()).isEqualTo(ARN + ":live");
    assertThat(said.path("tenant").asText()).isEqualTo("nobody");
  }

  @Test
  void theFunctionSeesItsOwnEnvironmentAndNothingOfOurs() throws Exception {
    deploy("greeter", "$LATEST", ECHO);

    ObjectNode said = invoke("greeter/invocations", "{}").body().json();

    JsonNode environment = said.path("environment");
    assertThat(environment.path("GREETING").asText()).isEqualTo("hello");
    assertThat(environment.path("AWS_ACCESS_KEY_ID").asText()).isEqualTo("KEY-OF-own");
    assertThat(environment.path("AWS_ENDPOINT_URL").asText()).isEqualTo("http://127.0.0.1:4566");
    assertThat(environment.path("AWS_REGION").asText()).isEqualTo("eu-west-1");
    assertThat(environment.path("AWS_LAMBDA_FUNCTION_VERSION").asText()).isEqualTo("$LATEST");
    assertThat(environment.path("HOME").asText()).startsWith(folder.toString());
    // Set by the build for this process.
    assertThat(System.getenv("DDB_LOCAL_TELEMETRY")).isNotNull();
    assertThat(environment.has("DDB_LOCAL_TELEMETRY")).isFalse();
  }

  @Test
  void oneProcessServesOneInvocationAfterTheOther() throws Exception {
    deploy("greeter", "$LATEST", ECHO);

    JsonNode first = invoke("greeter/invocations", "{}").body().json();
    JsonNode second = invoke("greeter/invocations", "{}").body().json();

    assertThat(second.path("pid")).isEqualTo(first.path("pid"));
    assertThat(second.path("calls").asInt()).isEqualTo(2);
    assertThat(emulator.calls).containsExactly("GetFunctionConfiguration", "AssumeRole");
  }

  @Test
  void callsThatWaitGetASecondProcessAndNoThird() throws Exception {
    deploy("greeter", "$LATEST", SLOW);
    Path gate = folder.resolve("gate");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AwsAnswer>> answers =
          List.of(1, 2, 3, 4).stream()
              .map(
                  i ->
                      threads.submit(
                          () -> invoke("greeter/invocations", Json.write(gate.toString()))))
              .toList();
      await(() -> count("gate.") == 2);
      Files.createFile(gate);
      for (Future<AwsAnswer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    }
    assertThat(count("gate.")).isEqualTo(2);
  }

  /** Leaves a file with the process's id and waits until the gate is open. */
  private static final String SLOW =
      """
      public void handleRequest(InputStream in, OutputStream out, Context context)
          throws IOException {
        String gate = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\\"", "");
        new File(gate + "." + ProcessHandle.current().pid()).createNewFile();
        while (!new File(gate).exists()) {
          Thread.onSpinWait();
        }
        write(out, "{}");
      }
      """;

  @Test
  void aFunctionThatThrowsIsToldAsUnhandled() throws Exception {
    deploy(
        "greeter",
        "$LATEST",
        """
        public void handleRequest(InputStream in, OutputStream out, Context context) {
          throw new IllegalStateException("no \\"luck\\"\\n");
        }
        """);

    AwsAnswer answer = invoke("greeter/invocations", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("x-amz-function-error", List.of("Unhandled"));
    ObjectNode error = answer.body().json();
    assertThat(error.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("errorMessage").asText()).isEqualTo("no \"luck\"\n");
    assertThat(error.at("/stackTrace/0").asText()).contains("example.Handler.handleRequest");
  }

  @Test
  void aFunctionThatTakesTooLongIsEnded() throws Exception {
    deploy("greeter", "$LATEST", SLOW);
    emulator.put(
        "greeter",
        "$LATEST",
        FakeEmulator.configuration("$LATEST", digestOf("greeter")).put("Timeout", 1));
    Path gate = folder.resolve("never");

    AwsAnswer answer = invoke("greeter/invocations", Json.write(gate.toString()));

    assertThat(answer.headers()).containsEntry("x-amz-function-error", List.of("Unhandled"));
    assertThat(answer.body().json().path("errorType").asText()).isEqualTo("Sandbox.Timedout");
    assertThat(answer.body().json().path("errorMessage").asText())
        .endsWith("Task timed out after 1.00 seconds");
    assertThat(ProcessHandle.of(pidIn("never.")).map(ProcessHandle::isAlive))
        .isNotEqualTo(Optional.of(true));
  }

  @Test
  void aProcessThatEndsIsToldAndTheNextCallGetsAnother() throws Exception {
    deploy(
        "greeter",
        "$LATEST",
        """
        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
          if (in.readAllBytes().length > 2) {
            Runtime.getRuntime().halt(3);
          }
          write(out, "true");
        }
        """);

    AwsAnswer ended = invoke("greeter/invocations", "{\"end\":1}");
    AwsAnswer next = invoke("greeter/invocations", "{}");

    assertThat(ended.headers()).containsEntry("x-amz-function-error", List.of("Unhandled"));
    assertThat(ended.body().json().path("errorType").asText()).isEqualTo("Runtime.ExitError");
    assertThat(ended.body().json().path("errorMessage").asText()).endsWith("exit status 3");
    assertThat(next.body().text()).isEqualTo("true");
  }

  @Test
  void aHandlerThatCannotBeMadeIsAnErrorOfTheFunction() throws Exception {
    deploy("greeter", "$LATEST", ECHO);
    emulator.put(
        "greeter",
        "$LATEST",
        FakeEmulator.configuration("$LATEST", digestOf("greeter")).put("Handler", "example.Gone"));

    AwsAnswer answer = invoke("greeter/invocations", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("x-amz-function-error", List.of("Unhandled"));
    assertThat(answer.body().json().path("errorType").asText())
        .isEqualTo("java.lang.ClassNotFoundException");
  }

  @Test
  void whatThereIsNotIsNotFound() {
    assertThatThrownBy(() -> invoke("nobody/invocations", "{}"))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.status()).isEqualTo(404);
              assertThat(e.code()).isEqualTo("ResourceNotFoundException");
              assertThat(e).hasMessage("Function not found: " + ARN.replace("greeter", "nobody"));
            });
  }

  @Test
  void payloadsAreLimitedAndHaveToBeJson() throws Exception {
    deploy("greeter", "$LATEST", ECHO);

    assertThatThrownBy(() -> invoke("greeter/invocations", "{"))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidRequestContentException"));
    assertThatThrownBy(
            () -> invoke("greeter/invocations", "\"" + "a".repeat(6 * 1024 * 1024) + "\""))
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.status()).isEqualTo(413));
    assertThatThrownBy(
            () ->
                service.answer(
                    call(
                        "greeter/invocations",
                        Body.of("\"" + "a".repeat(1024 * 1024) + "\""),
                        Map.of("x-amz-invocation-type", List.of("Event")))))
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.status()).isEqualTo(413));
  }

  @Test
  void aDryRunCallsNothing() throws Exception {
    deploy("greeter", "$LATEST", ECHO);

    AwsAnswer answer =
        service.answer(
            call(
                "greeter/invocations",
                Body.EMPTY,
                Map.of("x-amz-invocation-type", List.of("DryRun"))));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(emulator.calls).containsExactly("GetFunctionConfiguration");
  }

  @Test
  void anAsynchronousCallThatFailsIsMadeThreeTimes() throws Exception {
    deploy(
        "greeter",
        "$LATEST",
        """
        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
          String file = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\\"", "");
          new File(file + "." + (++calls) + "." + context.getAwsRequestId()).createNewFile();
          throw new IOException("again");
        }
        """);

    AwsAnswer answer =
        service.answer(
            call(
                "greeter/invocations",
                Body.of(Json.write(folder.resolve("call").toString())),
                Map.of("x-amz-invocation-type", List.of("Event"))));

    assertThat(answer.status()).isEqualTo(202);
    await(() -> log.contains(ARN + " failed 3 times; it is not called again"));
    String id = answer.headers().getOrDefault("x-amzn-requestid", List.of("")).getFirst();
    assertThat(folder)
        .isDirectoryContaining("glob:**call.1." + id)
        .isDirectoryContaining("glob:**call.3." + id);
    await(() -> isEmpty(folder.resolve("data").resolve("invocations")));
  }

  @Test
  void anAcceptedCallIsMadeByTheNextProcess() throws Exception {
    deploy("greeter", "$LATEST", SLOW);
    Path gate = folder.resolve("gate");
    service.answer(
        call(
            "greeter/invocations",
            Body.of(Json.write(gate.toString())),
            Map.of("x-amz-invocation-type", List.of("Event"))));
    await(() -> count("gate.") == 1);
    service.close();

    service = open(Duration.ofMinutes(10));
    service.begin();

    await(() -> count("gate.") == 2);
    Files.createFile(gate);
    await(() -> isEmpty(folder.resolve("data").resolve("invocations")));
  }

  @Test
  void newCodeTakesThePlaceOfOld() throws Exception {
    deploy("greeter", "$LATEST", ECHO);
    JsonNode before = invoke("greeter/invocations", "{}").body().json();

    deploy(
        "greeter",
        "$LATEST",
        """
        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
          write(out, "\\"new\\"");
        }
        """);

    assertThat(invoke("greeter/invocations", "{}").body().text()).isEqualTo("\"new\"");
    await(() -> ProcessHandle.of(before.path("pid").asLong()).isEmpty());
  }

  @Test
  void whatNobodyCallsEnds() throws Exception {
    service.close();
    service = open(Duration.ofMillis(300));
    deploy("greeter", "$LATEST", ECHO);
    long pid = invoke("greeter/invocations", "{}").body().json().path("pid").asLong();

    await(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(invoke("greeter/invocations", "{}").body().json().path("pid").asLong())
        .isNotEqualTo(pid);
  }

  @Test
  void processesEndWithTheService() throws Exception {
    deploy("greeter", "$LATEST", ECHO);
    long pid = invoke("greeter/invocations", "{}").body().json().path("pid").asLong();

    service.close();

    await(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void processesEndWithAServiceThatIsKilled() throws Exception {
    Path zip = Files.write(folder.resolve("busy.zip"), Packages.handler(folder, SLOW));
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledOwner.class.getName(),
                folder.resolve("other").toString(),
                zip.toString(),
                folder.resolve("gate").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("owner.log").toFile())
            .start();
    try {
      await(() -> count("gate.") == 1);
    } finally {
      owner.destroyForcibly();
    }

    long pid = pidIn("gate.");
    await(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void theEndOfTheLogComesAlong() throws Exception {
    deploy("greeter", "$LATEST", ECHO);
    invoke("greeter/invocations", "\"first\"");

    AwsAnswer answer =
        service.answer(
            call(
                "greeter/invocations",
                Body.of("\"second\""),
                Map.of("x-amz-log-type", List.of("Tail"))));

    byte[] tail =
        Base64.getDecoder()
            .decode(answer.headers().getOrDefault("x-amz-log-result", List.of("")).getFirst());
    assertThat(new String(tail, UTF_8)).isEqualTo("called with \"second\"\n");
    assertThat(folder.resolve("data/logs/greeter.log"))
        .hasContent("called with \"first\"\ncalled with \"second\"\n");
  }

  @Test
  void otherServicesCallByArn() throws Exception {
    deploy("greeter", "3", ECHO);
    emulator.put("greeter", "3", FakeEmulator.configuration("3", digestOf("greeter")));

    FunctionCaller.Result result = service.invoke(ARN + ":3", Json.object().put("b", 1));

    assertThat(result.error()).isEmpty();
    assertThat(result.executedVersion()).isEqualTo("3");
    assertThat(result.payload().at("/input/b").asInt()).isEqualTo(1);
  }

  @Test
  void codeMayLieInABucket() throws Exception {
    byte[] zip = Packages.handler(folder, ECHO);
    emulator.putObject("/my-bucket/a%20key/x.zip?versionId=v1", zip);
    emulator.put("greeter", "$LATEST", FakeEmulator.configuration("$LATEST", sha256(zip)));

    ObjectNode body = Json.object().put("FunctionName", "greeter");
    body.putObject("Code")
        .put("S3Bucket", "my-bucket")
        .put("S3Key", "a key/x.zip")
        .put("S3ObjectVersion", "v1");
    written("CreateFunction", "/2015-03-31/functions", body);

    assertThat(invoke("greeter/invocations", "{}").status()).isEqualTo(200);
  }

  @Test
  void aPackageCannotWriteOutsideItsFolder() throws Exception {
    byte[] zip = Packages.zip(Map.of("../../escaped", "x".getBytes(UTF_8)));
    emulator.put("greeter", "$LATEST", FakeEmulator.configuration("$LATEST", sha256(zip)));

    create("greeter", zip);

    assertThat(folder.resolve("data/escaped")).doesNotExist();
    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(log)
        .containsExactly("The package of a function cannot be used: an entry lies outside of it");
    assertThatThrownBy(() -> invoke("greeter/invocations", "{}"))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo("InvalidZipFileException"));
  }

  private void deploy(String name, String version, String handler) throws Exception {
    byte[] zip = Packages.handler(folder, handler);
    Files.writeString(folder.resolve(name + ".sha256"), sha256(zip));
    emulator.put(name, "$LATEST", FakeEmulator.configuration(version, sha256(zip)));
    create(name, zip);
  }

  private String digestOf(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".sha256"));
  }

  private void create(String name, byte[] zip) {
    ObjectNode body = Json.object().put("FunctionName", name);
    body.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip));
    body.put("Timeout", 20);
    written("CreateFunction", "/2015-03-31/functions", body);
  }

  private void written(String operation, String path, ObjectNode body) {
    service
        .watching()
        .succeeded(
            new AwsRequest(
                "lambda",
                operation,
                "eu-west-1",
                "key",
                "POST",
                path,
                Map.of(),
                Body.of(body.toString())),
            new AwsAnswer(201, Map.of(), Body.EMPTY));
  }

  private AwsAnswer invoke(String path, String payload) throws InterruptedException {
    return service.answer(call(path, Body.of(payload), Map.of()));
  }

  private static AwsRequest call(String path, Body payload, Map<String, List<String>> headers) {
    return new AwsRequest(
        "lambda",
        "Invoke",
        "eu-west-1",
        "key",
        "POST",
        "/2015-03-31/functions/" + path,
        headers,
        payload);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private long count(String prefix) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long pidIn(String prefix) throws IOException {
    try (var files = Files.list(folder)) {
      String name =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.startsWith(prefix))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(name.substring(prefix.length()));
    }
  }

  private static boolean isEmpty(Path folder) {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition held in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}

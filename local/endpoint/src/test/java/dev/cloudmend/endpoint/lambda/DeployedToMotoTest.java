package dev.cloudmend.endpoint.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.emulators.MotoServer;
import dev.cloudmend.endpoint.AwsAnswer;
import dev.cloudmend.endpoint.AwsRequest;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.endpoint.events.EventBridge;
import dev.cloudmend.endpoint.events.EventSettings;
import dev.cloudmend.model.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real moto answers is what the services read. */
class DeployedToMotoTest {

  private static final String REGION = "eu-west-1";
  private static final String ALIAS = "arn:aws:lambda:eu-west-1:123456789012:function:greeter:live";
  private static final Upstream.Caller CALLER = new Upstream.Caller("testing", REGION);

  @TempDir Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private MotoServer moto;
  private MotoUpstream upstream;
  private LambdaService lambda;
  private EventBridge events;

  @BeforeEach
  void start() {
    moto = MotoServer.start(EmulatorSettings.ofUser().withStateFolder(folder.resolve("moto")));
    upstream = new MotoUpstream(moto.endpoint());
    URI endpoint = moto.endpoint();
    lambda =
        new LambdaService(
            LambdaSettings.of(folder.resolve("lambda"), () -> endpoint, log::add), upstream);
    events =
        new EventBridge(
            EventSettings.of(folder.resolve("events"), log::add),
            upstream,
            (machine, name, input) -> {
              throw new ServiceException(400, "StateMachineDoesNotExist", "none here");
            },
            lambda);
  }

  @AfterEach
  void end() {
    events.close();
    lambda.close();
    upstream.close();
    moto.close();
  }

  @Test
  void anAliasCallsThePublishedVersionWithItsOwnEnvironmentAndRole() throws Exception {
    deploy();

    AwsAnswer answer =
        lambda.answer(
            rest(
                "Invoke",
                "POST",
                "/2015-03-31/functions/greeter/invocations?Qualifier=live",
                "{}"));

    assertThat(answer.status()).as("%s", answer.body().text()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("x-amz-executed-version", List.of("1"))
        .doesNotContainKey("x-amz-function-error");
    ObjectNode said = answer.body().json();
    assertThat(said.path("greeting").asText()).isEqualTo("hello");
    assertThat(said.path("key").asText()).startsWith("ASIA");
    assertThat(said.path("version").asText()).isEqualTo("1");
    assertThatThrownBy(
            () ->
                lambda.answer(
                    rest(
                        "Invoke",
                        "POST",
                        "/2015-03-31/functions/greeter/invocations?Qualifier=gone",
                        "{}")))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo("ResourceNotFoundException"));
  }

  @Test
  void deployedRulesBringEventsToFunctionsQueuesAndDeadLetters() throws Exception {
    deploy();
    String inbox = queue("inbox");
    String dead = queue("dead");
    upstream.call(CALLER, "events", "CreateEventBus", Json.object().put("Name", "own"));
    upstream.call(
        CALLER,
        "events",
        "PutRule",
        Json.object()
            .put("Name", "vanta")
            .put("EventBusName", "own")
            .put("EventPattern", "{\"source\":[\"vanta\"]}"));
    upstream.call(
        CALLER,
        "events",
        "PutTargets",
        Json.parseObject(
            """
            {"Rule":"vanta","EventBusName":"own","Targets":[
              {"Id":"function","Arn":"%s"},
              {"Id":"queue","Arn":"arn:aws:sqs:eu-west-1:123456789012:inbox",
               "InputTransformer":{"InputPathsMap":{"event":"$"},
                                   "InputTemplate":"{\\"event\\": <event>, \\"run\\": {}}"}},
              {"Id":"machine","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:gone",
               "RoleArn":"arn:aws:iam::123456789012:role/own",
               "DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead"}}]}
            """
                .formatted(ALIAS)));

    AwsAnswer answer =
        events.answer(
            new AwsRequest(
                "events",
                "PutEvents",
                REGION,
                "testing",
                "POST",
                "/",
                Map.of(),
                Body.of(
                    """
                    {"Entries":[{"Source":"vanta","DetailType":"t","Detail":"{\\"a\\":1}",
                                 "EventBusName":"own"}]}
                    """)));

    String id = answer.body().json().at("/Entries/0/EventId").asText();
    ObjectNode delivered = Json.parseObject(message(inbox).path("Body").asText());
    assertThat(delivered.at("/event/id").asText()).isEqualTo(id);
    assertThat(delivered.at("/run").isObject()).isTrue();
    ObjectNode deadLetter = message(dead);
    assertThat(Json.parseObject(deadLetter.path("Body").asText()).path("id").asText())
        .isEqualTo(id);
    assertThat(deadLetter.at("/MessageAttributes/ERROR_CODE/StringValue").asText())
        .isEqualTo("NO_RESOURCE");
    assertThat(deadLetter.at("/MessageAttributes/RULE_ARN/StringValue").asText())
        .isEqualTo("arn:aws:events:eu-west-1:123456789012:rule/own/vanta");
    Path printed = folder.resolve("lambda/logs/greeter.log");
    await(() -> printed.toFile().length() > 0);
    assertThat(printed).content().contains(id);
    assertThat(log).isEmpty();
  }

  private void deploy() throws Exception {
    form(
        "Action=CreateRole&Version=2010-05-08&RoleName=own&AssumeRolePolicyDocument="
            + URLEncoder.encode("{\"Version\":\"2012-10-17\",\"Statement\":[]}", UTF_8));
    byte[] zip =
        Packages.handler(
            folder,
            """
            public void handleRequest(InputStream in, OutputStream out, Context context)
                throws IOException {
              System.out.println(new String(in.readAllBytes(), StandardCharsets.UTF_8));
              write(out, "{\\"greeting\\":" + quote(System.getenv("GREETING"))
                  + ",\\"key\\":" + quote(System.getenv("AWS_ACCESS_KEY_ID"))
                  + ",\\"version\\":" + quote(context.getFunctionVersion()) + "}");
            }
            """);
    ObjectNode function =
        Json.parseObject(
            """
            {"FunctionName":"greeter","Runtime":"java21","Handler":"example.Handler",
             "Role":"arn:aws:iam::123456789012:role/own","Timeout":30,"MemorySize":256,
             "Publish":true,"Environment":{"Variables":{"GREETING":"hello"}}}
            """);
    function.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip));
    written(rest("CreateFunction", "POST", "/2015-03-31/functions", function.toString()));
    written(
        rest(
            "CreateAlias",
            "POST",
            "/2015-03-31/functions/greeter/aliases",
            "{\"Name\":\"live\",\"FunctionVersion\":\"1\"}"));
  }

  private void written(AwsRequest request) {
    AwsAnswer answer = upstream.send(request);
    assertThat(answer.isSuccess()).as("%s", answer.body().text()).isTrue();
    lambda.watching().succeeded(request, answer);
  }

  private void form(String body) {
    AwsAnswer answer =
        upstream.send(
            new AwsRequest(
                "iam",
                "CreateRole",
                "us-east-1",
                "testing",
                "POST",
                "/",
                Map.of("content-type", List.of("application/x-www-form-urlencoded")),
                Body.of(body)));
    assertThat(answer.isSuccess()).as("%s", answer.body().text()).isTrue();
  }

  private String queue(String name) {
    return upstream
        .call(CALLER, "sqs", "CreateQueue", Json.object().put("QueueName", name))
        .path("QueueUrl")
        .asText();
  }

  private ObjectNode message(String queue) {
    var received = new ArrayList<ObjectNode>();
    ObjectNode parameters = Json.object().put("QueueUrl", queue).put("WaitTimeSeconds", 1);
    parameters.putArray("MessageAttributeNames").add("All");
    await(
        () -> {
          upstream
              .call(CALLER, "sqs", "ReceiveMessage", parameters)
              .path("Messages")
              .forEach(message -> received.add((ObjectNode) message));
          return !received.isEmpty();
        });
    return received.getFirst();
  }

  private static AwsRequest rest(String operation, String method, String path, String body) {
    return new AwsRequest(
        "lambda",
        operation,
        REGION,
        "testing",
        method,
        path,
        Map.of("content-type", List.of("application/json")),
        Body.of(body));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition held in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}

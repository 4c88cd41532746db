package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.endpoint.AwsEndpoint;
import dev.cloudmend.model.Json;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** On the parts of a deployment that the commands reach, behind a real endpoint. */
class StackCommandsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/any";
  private static final String INTAKE = "acme-intake";

  @TempDir private static Path shared;
  private static AwsEndpoint endpoint;

  @TempDir private Path folder;

  @BeforeAll
  static void deploy() throws IOException {
    endpoint =
        AwsEndpoint.start(
            new AwsEndpoint.Settings(
                0,
                shared.resolve("data"),
                EmulatorKind.MOTO,
                EmulatorSettings.ofUser()
                    .withStateFolder(shared.resolve("state"))
                    .withProgress(line -> {})));
    try (SsmClient ssm = client(SsmClient.builder());
        SqsClient sqs = client(SqsClient.builder());
        SfnClient stepFunctions = client(SfnClient.builder());
        Store store = store()) {
      store.createTables();
      ObjectNode parts = parts("acme");
      parts
          .putObject("queues")
          .put("unprocessed", sqs.createQueue(r -> r.queueName("acme-unprocessed")).queueUrl())
          .put("dead-letters", sqs.createQueue(r -> r.queueName("acme-dead-letters")).queueUrl());
      parts
          .putObject("stateMachines")
          .put("remediation", machine(stepFunctions, "acme-remediation", "{\"Type\":\"Succeed\"}"))
          .put(
              "undo",
              machine(stepFunctions, "acme-undo", "{\"Type\":\"Fail\",\"Error\":\"Broken\"}"));
      parts.putObject("functions").put("intake", function()).put("closer", function("acme-closer"));
      parts.putObject("configuration").put("bucket", "acme-configuration").put("key", "c.yaml");
      put(ssm, "acme", parts.toString());
      put(ssm, "bare", parts("bare").toString());
      put(ssm, "odd", "{\"prefix\":");
    }
    try (S3Client s3 = client(S3Client.builder().forcePathStyle(true))) {
      s3.createBucket(r -> r.bucket("acme-configuration"));
      s3.putBucketVersioning(
          r ->
              r.bucket("acme-configuration")
                  .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    }
  }

  @AfterAll
  static void remove() {
    endpoint.close();
  }

  @Test
  void stopAndResumeAreWrittenIntoTheDeployedTables() {
    assertThat(on("acme", "stop", "--reason", "a drill").code()).isZero();
    try (Store store = store()) {
      assertThat(store.safety().stopped()).isPresent();
    }

    assertThat(on("acme", "resume").code()).isZero();
    try (Store store = store()) {
      assertThat(store.safety().stopped()).isEmpty();
    }
    assertThat(on("acme", "audit", "list").json().path("entries").findValuesAsText("kind"))
        .contains("STOPPED", "RESUMED");
    assertThat(on("acme", "audit", "verify").json().path("holds").asBoolean()).isTrue();
  }

  @Test
  void whatWaitsIsShownAndStaysUntilItIsReplayed() {
    send("unprocessed", kept("{\"input\":{\"event\":%s,\"run\":{}},\"caught\":%s}"));
    send("dead-letters", "{\"event\":" + event("two") + ",\"run\":{}}");
    send("dead-letters", "{\"action\":\"sweep\"}");
    send("unprocessed", "no JSON at all");

    JsonNode waiting = on("acme", "replay", "list").json().path("waiting");
    assertThat(waiting).hasSize(4);
    assertThat(waiting.findValuesAsText("reason")).contains("Unreadable: no ARN");
    assertThat(on("acme", "replay", "list").json().path("waiting")).hasSize(4);

    Terminal.Result run = on("acme", "replay", "run");
    assertThat(run.code()).isEqualTo(Cloudmend.FAILED);
    assertThat(run.json().path("replayed").findValuesAsText("problem"))
        .hasSize(2)
        .containsOnly("it holds no event for the state machine; look at it in the queue");
    JsonNode left = on("acme", "replay", "list").json().path("waiting");
    assertThat(left).hasSize(2);
    assertThat(left).noneMatch(waits -> waits.has("event"));
    try (SfnClient stepFunctions = client(SfnClient.builder())) {
      List<ExecutionListItem> started =
          stepFunctions
              .listExecutions(r -> r.stateMachineArn(arnOf("acme-remediation")))
              .executions();
      assertThat(started)
          .hasSize(2)
          .allSatisfy(
              execution ->
                  await(
                      () ->
                          stepFunctions
                              .describeExecution(r -> r.executionArn(execution.executionArn()))
                              .statusAsString()
                              .equals("SUCCEEDED")));
    }
  }

  @Test
  void onlyTheNamedOnesAreReplayed() {
    Terminal.Result run = on("acme", "replay", "run", "no-such-id");

    assertThat(run.code()).isEqualTo(Cloudmend.FAILED);
    assertThat(run.err()).contains("no event no-such-id waits");
    assertThat(run.json().path("replayed")).isEmpty();
  }

  @Test
  void anUndoWhoseExecutionFailsSaysWhy() {
    Terminal.Result undo = on("acme", "undo", "inc-1");

    assertThat(undo.code()).isEqualTo(Cloudmend.FAILED);
    assertThat(undo.json().path("outcome").asText()).isEqualTo("FAILED");
    assertThat(undo.json().at("/error/type").asText()).isEqualTo("Broken");
  }

  @Test
  void aPushedConfigurationIsAVersionThatEachFunctionReadsUnderItsAlias() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "trustedSenders: ['111122223333']\n");

    JsonNode pushed = on("acme", "config", "push", file).json();

    assertThat(pushed.path("functions")).extracting(JsonNode::asText).containsExactly("intake");
    String place = pushed.path("place").asText();
    assertThat(place).startsWith("s3://acme-configuration/c.yaml?versionId=");
    try (LambdaClient lambda = client(LambdaClient.builder());
        S3Client s3 = client(S3Client.builder().forcePathStyle(true))) {
      String version = lambda.getAlias(r -> r.functionName(INTAKE).name("live")).functionVersion();
      assertThat(
              lambda
                  .getFunctionConfiguration(r -> r.functionName(INTAKE).qualifier(version))
                  .environment()
                  .variables())
          .containsEntry("CLOUDMEND_CONFIGURATION", place)
          .containsEntry("OTHER", "stays");
      assertThat(
              s3.getObjectAsBytes(
                      r ->
                          r.bucket("acme-configuration")
                              .key("c.yaml")
                              .versionId(place.substring(place.indexOf('=') + 1)))
                  .asUtf8String())
          .isEqualTo("trustedSenders: ['111122223333']\n");
    }
  }

  @Test
  void aConfigurationWithAMistakeIsNotPushed() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "trustedSenders: [1]\n");

    Terminal.Result push = on("acme", "config", "push", file);

    assertThat(push.code()).isEqualTo(Cloudmend.INVALID);
    assertThat(push.err()).contains("c.yaml:1:");
  }

  @Test
  void whereNoConfigurationWasDeployedNoneIsPushed() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "trustedSenders: []\n");

    Terminal.Result push = on("bare", "config", "push", file);

    assertThat(push.code()).isEqualTo(Cloudmend.INVALID);
    assertThat(push.err()).contains("was deployed without a configuration file", "config_file");
  }

  @Test
  void aStackThatIsNotThereIsNamedWithItsParameter() {
    Terminal.Result list = on("nowhere", "audit", "list");

    assertThat(list.code()).isEqualTo(Cloudmend.INVALID);
    assertThat(list.err()).contains("no stack 'nowhere'", "/cloudmend/nowhere/stack");
  }

  @Test
  void aParameterThatSaysSomethingElseIsAnErrorThatNamesIt() {
    Terminal.Result list = on("odd", "audit", "list");

    assertThat(list.code()).isEqualTo(Cloudmend.FAILED);
    assertThat(list.err()).contains("/cloudmend/odd/stack is not understood");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    assertThat(on("Acme!", "audit", "list").err()).contains("--stack: 'Acme!' is no name");
    assertThat(on("acme", "audit", "list", "--data", folder).err()).contains("--data");
    assertThat(Terminal.run("replay", "list", "--target", endpoint.endpoint()).err())
        .contains("expected --stack NAME");
  }

  private static Terminal.Result on(String stack, Object... command) {
    var arguments = new ArrayList<Object>(List.of(command));
    arguments.addAll(List.of("--stack", stack, "--target", endpoint.endpoint(), "--json"));
    return Terminal.run(arguments.toArray());
  }

  private static ObjectNode parts(String prefix) {
    ObjectNode parts = Json.object();
    parts.put("prefix", prefix).put("dryRun", true).put("bus", prefix + "-compliance-events");
    parts.putArray("livePlaybooks");
    parts.putObject("tables").put("audit", "acme-audit").put("state", "acme-state");
    parts.putObject("stateMachines");
    parts.putObject("functions");
    parts.putObject("queues");
    return parts;
  }

  private static void put(SsmClient ssm, String name, String value) {
    ssm.putParameter(r -> r.name("/cloudmend/" + name + "/stack").value(value).type("String"));
  }

  private static String arnOf(String machine) {
    return "arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:" + machine;
  }

  private static String machine(SfnClient stepFunctions, String name, String state) {
    String definition = "{\"StartAt\":\"Only\",\"States\":{\"Only\":" + state + "}}";
    return stepFunctions
        .createStateMachine(r -> r.name(name).definition(definition).roleArn(ROLE))
        .stateMachineArn();
  }

  private static String function() throws IOException {
    String arn = function(INTAKE);
    try (LambdaClient lambda = client(LambdaClient.builder())) {
      lambda.updateFunctionConfiguration(
          r ->
              r.functionName(INTAKE)
                  .environment(
                      e ->
                          e.variables(
                              Map.of("CLOUDMEND_CONFIGURATION", "s3://old", "OTHER", "stays"))));
    }
    return arn;
  }

  private static String function(String name) throws IOException {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("nothing"));
    }
    try (IamClient iam = client(IamClient.builder());
        LambdaClient lambda = client(LambdaClient.builder())) {
      if (iam.listRoles().roles().isEmpty()) {
        iam.createRole(r -> r.roleName("any").assumeRolePolicyDocument("{}"));
      }
      lambda.createFunction(
          r ->
              r.functionName(name)
                  .role(ROLE)
                  .runtime(Runtime.JAVA21)
                  .handler("any")
                  .environment(e -> e.variables(Map.of("OTHER", "stays")))
                  .code(c -> c.zipFile(SdkBytes.fromByteArray(zip.toByteArray())))
                  .publish(true));
      return lambda
          .createAlias(r -> r.functionName(name).name("live").functionVersion("1"))
          .aliasArn();
    }
  }

  private static void send(String queue, String text) {
    try (SqsClient sqs = client(SqsClient.builder())) {
      String url = sqs.getQueueUrl(r -> r.queueName("acme-" + queue)).queueUrl();
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(text));
    }
  }

  private static String kept(String form) {
    String error = Json.object().put("errorMessage", "no ARN").toString();
    String caught = Json.object().put("Error", "Unreadable").put("Cause", error).toString();
    return form.formatted(event("one"), caught);
  }

  private static String event(String id) {
    return Json.object()
        .put("id", id)
        .put("source", "vanta.compliance")
        .put("detail-type", "Test Failed")
        .toString();
  }

  private static void await(BooleanSupplier condition) {
    long giveUp = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the time is over").isLessThan(giveUp);
      Thread.onSpinWait();
    }
  }

  private static Store store() {
    return Store.open(
        new StoreSettings(
            "acme-audit", "acme-state", "us-east-1", Optional.of(endpoint.endpoint())),
        Clock.systemUTC());
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder) {
    return builder
        .endpointOverride(endpoint.endpoint())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")))
        .build();
  }
}

package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.emulators.LocalDynamoDb;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithEmulatedAccount
class CommandLineTest {

  private static final String BUCKET = "command-line";
  private static final AttributeValue NONE = AttributeValue.fromS("");

  @TempDir private Path folder;
  private final EmulatedAccount emulated;
  private int events;

  CommandLineTest(EmulatedAccount emulated) {
    this.emulated = emulated;
  }

  @BeforeEach
  void aBucket() {
    emulated.reset();
    write("CreateBucket", "{\"Bucket\":\"" + BUCKET + "\"}");
  }

  @Test
  void anEventIsPlannedOnceFixedVerifiedAndTakenBack() {
    Path event = vanta("S3 Bucket Block Public Access", "arn:aws:s3:::" + BUCKET);

    JsonNode planned = incident(run(event));
    assertThat(planned.path("outcome").asText()).isEqualTo("PLANNED");
    assertThat(planned.at("/decision/dryRun").asBoolean()).isTrue();
    assertThat(planned.at("/change/apply/0/operation").asText()).isEqualTo("PutPublicAccessBlock");
    assertThat(block().has("error")).isTrue();

    assertThat(incident(run(event)).path("outcome").asText()).isEqualTo("DUPLICATE");
    assertThat(incident(run(event, "--again")).path("outcome").asText()).isEqualTo("PLANNED");

    JsonNode fixed = incident(run(event, "--live"));
    assertThat(fixed.path("outcome").asText()).isEqualTo("REMEDIATED");
    assertThat(fixed.at("/verification/holds").asBoolean()).isTrue();
    assertThat(block().at("/PublicAccessBlockConfiguration/BlockPublicAcls").asBoolean()).isTrue();
    assertThat(incident(run(event, "--live")).path("outcome").asText())
        .isEqualTo("ALREADY_COMPLIANT");

    String id = fixed.path("incidentId").asText();
    assertThat(at("undo", id).json().path("outcome").asText()).isEqualTo("PLANNED");
    assertThat(block().has("error")).as("a dry undo writes nothing").isFalse();
    assertThat(at("undo", id, "--live").json().path("outcome").asText()).isEqualTo("UNDONE");
    assertThat(block().path("error").asText()).isEqualTo("NoSuchPublicAccessBlockConfiguration");

    assertThat(audit("verify").json().path("holds").asBoolean()).isTrue();
    assertThat(audit("show", id).json().path("entries").findValuesAsText("kind"))
        .containsSubsequence(
            "OPENED", "INTENT", "VERIFIED", "CLOSED", "INTENT", "VERIFIED", "UNDONE");
    assertThat(audit("list").json().path("entries").size()).isGreaterThan(8);
  }

  @Test
  void theAuditTrailDoesNotVerifyAfterOneByteWasChanged() {
    run(vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET));
    assertThat(audit("verify").code()).isZero();

    tamper(
        (client, last) -> {
          String data = last.getOrDefault("data", NONE).s();
          var changed = new java.util.HashMap<>(last);
          changed.put("data", AttributeValue.fromS(data.replaceFirst("PLANNED", "PLANNEE")));
          assertThat(changed).isNotEqualTo(last);
          client.putItem(put -> put.tableName("cloudmend-audit").item(changed));
        });

    Terminal.Result verified = audit("verify");
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.json().path("holds").asBoolean()).isFalse();
    assertThat(verified.json().path("problems").size()).isPositive();
  }

  @Test
  void theAuditTrailDoesNotVerifyAfterTheLastEntryWasRemoved() {
    run(vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET));

    tamper(
        (client, last) ->
            client.deleteItem(
                delete ->
                    delete
                        .tableName("cloudmend-audit")
                        .key(
                            Map.of(
                                "chain",
                                last.getOrDefault("chain", NONE),
                                "sequence",
                                last.getOrDefault("sequence", NONE)))));

    assertThat(audit("verify").code()).isEqualTo(1);
  }

  @Test
  void stopHoldsLiveChangesUntilResume() {
    Path event = vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET);
    assertThat(data("stop", "--reason", "freeze").json().path("stopped").asBoolean()).isTrue();

    assertThat(incident(run(event, "--live")).path("outcome").asText()).isEqualTo("BLOCKED");
    assertThat(data("resume").json().path("stopped").asBoolean()).isFalse();
    assertThat(incident(run(event, "--live")).path("outcome").asText()).isEqualTo("REMEDIATED");
    assertThat(audit("list").json().path("entries").findValuesAsText("kind"))
        .contains("STOPPED", "RESUMED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "3", "\"text\"", "[]", "null", "{}"})
  void whatIsNoEventEndsWith2AndOneJsonDocumentAndNoStackTrace(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);

    Terminal.Result result = run(file);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().path("errors").get(0).path("file").asText())
        .isEqualTo(file.toString());
    assertThat(result.json().path("errors").get(0).path("expected").asText()).isNotEmpty();
    assertThat(result.err()).doesNotContain("\tat ").contains(file.toString());
  }

  @Test
  void aMalformedArnEndsWith2AndItsPointer() {
    Terminal.Result result = run(vanta("S3 Bucket Versioning", "arn:aws:s3"));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/errors/0/pointer").asText()).isEqualTo("/detail/resource_arn");
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void anEventOf300KilobytesEndsWith2() throws IOException {
    Path event = vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET);
    Files.writeString(event, Files.readString(event).replace("high", "x".repeat(300 * 1024)));

    Terminal.Result result = run(event);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/errors/0/expected").asText()).contains("262144");
  }

  @Test
  void theGoodEventsOfAFileRunAndTheBadOneIsNamed() throws IOException {
    Path good = vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET);
    Path bad = vanta("S3 Bucket Versioning", "arn:aws:s3");
    Path both =
        Files.writeString(
            folder.resolve("both.json"),
            "[" + Files.readString(bad) + "," + Files.readString(good) + "]");

    Terminal.Result result = run(both);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.json().at("/incidents/0/outcome").asText()).isEqualTo("PLANNED");
    assertThat(result.json().at("/errors/0/pointer").asText()).isEqualTo("/0/detail/resource_arn");
  }

  @Test
  void putEventsEntriesGetTheAccountOfTheCredentials() throws IOException {
    String detail =
        Json.object()
            .put("test_name", "s3-bucket-versioning")
            .put("resource_arn", "arn:aws:s3:::" + BUCKET)
            .toString();
    var entry = Json.object();
    entry.put("Source", "vanta.compliance").put("DetailType", "Test Failed").put("Detail", detail);
    Path file =
        Files.writeString(
            folder.resolve("entries.json"), Json.object().arrayNode().add(entry).toString());

    JsonNode incident = incident(run(file));

    assertThat(incident.path("outcome").asText()).isEqualTo("PLANNED");
    assertThat(incident.at("/finding/resource/account").asText()).isEqualTo(emulated.accountId());
  }

  @Test
  void hostileTextIsHarmlessOnATerminal() throws IOException {
    Path event = vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET);
    Files.writeString(
        event,
        Files.readString(event)
            .replace("high", "high\",\"failure_reason\":\"\\u001b[2Jowned\\u009b31m"));

    Terminal.Result result =
        Terminal.run(
            "run", event, "--target", emulated.endpoint(), "--data", folder.resolve("data"));

    assertThat(result.out())
        .contains("\\u001b[2Jowned")
        .doesNotContain("\u001b")
        .doesNotContain("\u009b");
  }

  @ParameterizedTest
  @CsvSource({
    "run x.json --target nowhere --json,--target",
    "run missing.json --json,missing.json",
    "run x.json --approve yes --json,--approve",
    "undo --json,INCIDENT",
    "frobnicate --json,frobnicate",
    "audit list --days 0 --data d --json,--days",
    "playbooks nope --json,nope",
    "run x.json --region moon --target http://127.0.0.1:1 --json,--region"
  })
  void invalidOptionsEndWith2AndSayWhich(String line, String named) {
    Terminal.Result result = Terminal.run((Object[]) line.split(" "));

    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.json().at("/errors/0").toString()).contains(named);
    assertThat(result.err()).contains(named).doesNotContain("\tat ");
  }

  @Test
  void anUndoOfWhatWasNeverAppliedIsBlocked() {
    JsonNode planned = incident(run(vanta("S3 Bucket Versioning", "arn:aws:s3:::" + BUCKET)));

    JsonNode undo = at("undo", planned.path("incidentId").asText(), "--live").json();

    assertThat(undo.path("outcome").asText()).isEqualTo("BLOCKED");
  }

  @Test
  void playbooksAreListedAndShownInFull() {
    JsonNode all = Terminal.run("playbooks", "--json").json().path("playbooks");
    assertThat(all.findValuesAsText("id")).contains("s3-bucket-versioning").hasSizeGreaterThan(3);

    Terminal.Result one = Terminal.run("playbooks", "iam-password-policy");
    assertThat(one.code()).isZero();
    assertThat(one.out()).contains("iam:UpdateAccountPasswordPolicy").contains("Why:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "run --version", "audit list --version"})
  void theVersionIsThatOfTheBuild(String line) throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("cloudmend.root"), "pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");

    assertThat(Terminal.run((Object[]) line.split(" ")).out().strip())
        .isEqualTo("cloudmend " + version);
  }

  @Test
  void theCataloguePageIsWhatTheCommandPrints() throws IOException {
    Path page = Path.of(System.getProperty("cloudmend.root"), "docs", "playbooks.md");

    assertThat(Terminal.run("playbooks", "--markdown").out()).isEqualTo(Files.readString(page));
  }

  static Stream<List<String>> commands() {
    var found = new java.util.ArrayList<List<String>>();
    collect(Cloudmend.commandLine(new Console(System.out, System.err, false)), List.of(), found);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(List<String> command) {
    var arguments = new java.util.ArrayList<Object>(command);
    arguments.add("--help");

    Terminal.Result result = Terminal.run(arguments.toArray());

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("Usage:");
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> into) {
    into.add(path);
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!name.equals("help")) {
                collect(sub, Stream.concat(path.stream(), Stream.of(name)).toList(), into);
              }
            });
  }

  private interface Tampering {
    void with(DynamoDbClient client, Map<String, AttributeValue> last);
  }

  /**
   * Changes the table as somebody with access to it could, past the suite: the last CLOSED entry.
   */
  private void tamper(Tampering tampering) {
    try (LocalDynamoDb db = LocalDynamoDb.inFolder(folder.resolve("data").resolve("tables"));
        DynamoDbClient client =
            DynamoDbClient.builder()
                .endpointOverride(db.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
                .build()) {
      Map<String, AttributeValue> last =
          client.scan(scan -> scan.tableName("cloudmend-audit")).items().stream()
              .filter(item -> "CLOSED".equals(item.getOrDefault("kind", NONE).s()))
              .max(
                  Comparator.comparingLong(
                      item -> Long.parseLong(item.getOrDefault("sequence", NONE).n())))
              .orElseThrow();
      tampering.with(client, last);
    }
  }

  private Path vanta(String check, String arn) {
    events++;
    var event =
        Json.parseObject(
            """
            {"version":"0","id":"cli-%d","detail-type":"Test Failed","source":"vanta.compliance","account":"123456789012",
             "time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],"detail":{"severity":"high"}}
            """
                .formatted(events));
    event.withObject("/detail").put("test_name", check).put("resource_arn", arn);
    try {
      return Files.writeString(folder.resolve("event-" + events + ".json"), event.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode incident(Terminal.Result result) {
    assertThat(result.code()).as("%s%n%s", result.out(), result.err()).isZero();
    assertThat(result.json().path("incidents")).hasSize(1);
    return result.json().path("incidents").get(0);
  }

  private Terminal.Result run(Path file, Object... more) {
    return at(Stream.concat(Stream.of("run", file), Stream.of(more)).toArray());
  }

  private Terminal.Result at(Object... arguments) {
    return data(
        Stream.concat(Stream.of(arguments), Stream.of("--target", emulated.endpoint())).toArray());
  }

  private Terminal.Result audit(Object... arguments) {
    return data(Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray());
  }

  private Terminal.Result data(Object... arguments) {
    return Terminal.run(
        Stream.concat(Stream.of(arguments), Stream.of("--data", folder.resolve("data"), "--json"))
            .toArray());
  }

  private void write(String operation, String parameters) {
    try (WritingClients clients = clients()) {
      clients
          .writer()
          .write(new ApiCall("s3", operation, "us-east-1", Json.parseObject(parameters)));
    }
  }

  private JsonNode block() {
    try (WritingClients clients = clients()) {
      return clients
          .reader()
          .read(
              new ApiCall(
                  "s3", "GetPublicAccessBlock", "us-east-1", Json.object().put("Bucket", BUCKET)));
    } catch (dev.cloudmend.aws.AwsCallException e) {
      return Json.object().put("error", e.code());
    }
  }

  private WritingClients clients() {
    return WritingClients.open(
        new AwsConnection(Optional.of(emulated.endpoint()), "us-east-1", Optional.empty()));
  }
}

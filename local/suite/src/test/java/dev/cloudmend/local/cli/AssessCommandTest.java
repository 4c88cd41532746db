package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.Suite;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithEmulatedAccount
class AssessCommandTest {

  @TempDir private Path folder;
  private final EmulatedAccount emulated;
  private final RecordingProxy proxy;

  AssessCommandTest(EmulatedAccount emulated) {
    this.emulated = emulated;
    this.proxy = RecordingProxy.inFrontOf(emulated.endpoint());
  }

  @BeforeEach
  void twoBucketsAndAGroup() {
    emulated.reset();
    write("s3", "CreateBucket", "us-east-1", "{\"Bucket\":\"one\"}");
    write("s3", "CreateBucket", "us-east-1", "{\"Bucket\":\"two\"}");
    write(
        "s3",
        "PutBucketVersioning",
        "us-east-1",
        "{\"Bucket\":\"two\",\"VersioningConfiguration\":{\"Status\":\"Enabled\"}}");
  }

  @AfterEach
  void end() {
    proxy.close();
  }

  @Test
  void everythingIsLookedAtAndNothingIsWrittenOrKept() {
    Terminal.Result result = assess("--all", "--json");

    assertThat(result.code()).as(result.err()).isZero();
    JsonNode rows = result.json().path("assessments");
    assertThat(state(rows, "s3-bucket-versioning", "arn:aws:s3:::one")).isEqualTo("VIOLATING");
    assertThat(state(rows, "s3-bucket-versioning", "arn:aws:s3:::two")).isEqualTo("COMPLIANT");
    assertThat(state(rows, "iam-password-policy", "arn:aws:iam::" + emulated.accountId() + ":root"))
        .isEqualTo("VIOLATING");
    assertThat(rows.findValuesAsText("resource"))
        .anyMatch(arn -> arn.contains(":security-group/sg-"));
    assertThat(rows.findValues("change"))
        .allSatisfy(change -> assertThat(change.path("hash").asText()).startsWith("sha256:"));
    assertThat(result.json().at("/summary/VIOLATING").asInt()).isGreaterThan(1);

    assertThat(proxy.writes()).isEmpty();
    try (Suite.Tables tables = Suite.Tables.open(folder.resolve("data"))) {
      assertThat(tables.store().audit().recent(Instant.EPOCH, 10)).isEmpty();
    }
  }

  @Test
  void oneResourceIsShownWithWhatWouldChange() {
    Terminal.Result result = assess("arn:aws:s3:::one", "--playbook", "s3-bucket-versioning");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .containsPattern("VIOLATING +s3-bucket-versioning +arn:aws:s3:::one")
        .contains("1 VIOLATING")
        .contains("--events FILE");
    assertThat(assess("arn:aws:s3:::gone", "--service", "s3").out()).contains("NOT_FOUND");
  }

  @Test
  void aBucketThatCannotBeReadIsARowAndTheOthersAreLookedAt() {
    proxy.failAlways(
        request ->
            request.name().equals("s3:GetBucketVersioning") && request.path().contains("one"),
        403,
        "AccessDenied");

    Terminal.Result result = assess("--all", "--playbook", "s3-bucket-versioning", "--json");

    assertThat(result.code()).isEqualTo(1);
    JsonNode rows = result.json().path("assessments");
    assertThat(state(rows, "s3-bucket-versioning", "arn:aws:s3:::one")).isEqualTo("ERROR");
    assertThat(state(rows, "s3-bucket-versioning", "arn:aws:s3:::two")).isEqualTo("COMPLIANT");
    assertThat(rows.toString()).contains("AccessDenied");
  }

  @Test
  void aListThatCannotBeReadIsARowAndTheOthersAreLookedAt() {
    proxy.failAlways("s3:ListBuckets", 403, "AccessDenied");

    Terminal.Result result = assess("--all", "--json");

    assertThat(result.code()).isEqualTo(1);
    JsonNode rows = result.json().path("assessments");
    assertThat(rows.at("/0/resource").asText()).isEqualTo("AWS::S3::Bucket in us-east-1");
    assertThat(rows.at("/0/state").asText()).isEqualTo("ERROR");
    assertThat(rows.findValuesAsText("playbook")).contains("iam-password-policy");
  }

  @Test
  void groupsAreListedInTheRegionsThatAreAskedFor() {
    JsonNode two =
        assess("--all", "--service", "ec2", "--regions", "eu-west-1,us-west-2", "--json")
            .json()
            .path("assessments");
    assertThat(two.findValuesAsText("region")).contains("eu-west-1", "us-west-2").hasSize(2);

    JsonNode all =
        assess("--all", "--service", "ec2", "--all-regions", "--json").json().path("assessments");
    assertThat(all.findValuesAsText("region"))
        .contains("eu-west-1", "us-east-1", "ap-southeast-2")
        .hasSizeGreaterThan(10);
  }

  @Test
  void theConfiguredTargetsCount() throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("c.yaml"),
            "baselines:\n  passwordPolicy:\n    minimumPasswordLength: 27\n");

    JsonNode row =
        assess("--all", "--service", "iam", "--config", configuration, "--json")
            .json()
            .at("/assessments/0");

    assertThat(row.at("/change/after").toString()).contains("27");
  }

  @Test
  void violationsGoTheOrdinaryWayAsEvents() throws IOException {
    Path events = folder.resolve("events.jsonl");
    assess("--all", "--playbook", "s3-bucket-versioning", "--events", events);
    assertThat(Files.readAllLines(events)).hasSize(1);
    assertThat(Json.parse(Files.readString(events)).at("/detail/resource").asText())
        .isEqualTo("arn:aws:s3:::one");

    JsonNode incident = at("run", events, "--live", "--json").json().at("/incidents/0");

    assertThat(incident.path("outcome").asText()).as("%s", incident).isEqualTo("REMEDIATED");
    assertThat(incident.at("/change/playbook").asText()).isEqualTo("s3-bucket-versioning");
    assertThat(
            assess("arn:aws:s3:::one", "--playbook", "s3-bucket-versioning", "--json")
                .json()
                .at("/assessments/0/state")
                .asText())
        .isEqualTo("COMPLIANT");
  }

  @ParameterizedTest
  @CsvSource({
    "assess --json,--all",
    "assess --all arn:aws:s3:::x --json,--all",
    "assess nonsense --json,is not an ARN",
    "assess arn:aws:ec2:us-east-1:123456789012:instance/i-1 --json,AWS::S3::Bucket",
    "assess --all --playbook nope --json,s3-bucket-versioning",
    "assess --all --service rds --json,'[ec2, iam, s3]'",
    "assess --all --regions moon --json,--regions",
    "assess arn:aws:s3:::x --all-regions --json,--all-regions",
    "assess arn:aws:s3:::x --service iam --json,no playbook is left"
  })
  void whatCannotBeAskedForEndsWith2AndSaysWhatCan(String line, String said) {
    Terminal.Result result = Terminal.run((Object[]) line.split(" "));

    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.json().at("/errors/0/message").asText()).contains(said);
  }

  private static String state(JsonNode rows, String playbook, String resource) {
    List<String> states =
        StreamSupport.stream(rows.spliterator(), false)
            .filter(row -> row.path("playbook").asText().equals(playbook))
            .filter(row -> row.path("resource").asText().equals(resource))
            .map(row -> row.path("state").asText())
            .toList();
    assertThat(states).hasSize(1);
    return states.getFirst();
  }

  private Terminal.Result assess(Object... arguments) {
    return at(Stream.concat(Stream.of("assess"), Stream.of(arguments)).toArray());
  }

  private Terminal.Result at(Object... arguments) {
    return Terminal.run(
        Stream.concat(
                Stream.of(arguments),
                Stream.of("--target", proxy.endpoint(), "--data", folder.resolve("data")))
            .toArray());
  }

  private void write(String service, String operation, String region, String parameters) {
    try (WritingClients clients =
        WritingClients.open(
            new AwsConnection(Optional.of(emulated.endpoint()), "us-east-1", Optional.empty()))) {
      clients.writer().write(new ApiCall(service, operation, region, Json.parseObject(parameters)));
    }
  }
}

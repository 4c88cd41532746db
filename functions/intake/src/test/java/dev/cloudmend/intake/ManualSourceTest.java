package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.incidents;
import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManualSourceTest {

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(Json.parse(Samples.text("manual.schema.json")));

  private final ObjectNode event = Samples.read("manual/security-group-one-playbook.json");
  private final ObjectNode detail = (ObjectNode) event.get("detail");

  static Stream<String> samples() {
    return Samples.names().stream().filter(name -> name.startsWith("manual/"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsValidAndMakesIncidents(String name) {
    assertThat(SCHEMA.validate(Samples.text(name), InputFormat.JSON)).isEmpty();
    assertThat(incidents(Samples.read(name))).isNotEmpty().allMatch(i -> i.playbook() != null);
  }

  @Test
  void theExampleInTheSchemaIsValid() {
    for (var example : Json.parse(Samples.text("manual.schema.json")).get("examples")) {
      assertThat(SCHEMA.validate(example)).isEmpty();
      assertThat(incidents((ObjectNode) example)).hasSize(1);
    }
  }

  @Test
  void aPlaybookThatIsNamedIsTheOnlyOne() {
    Incident incident = only(event);

    assertThat(incident.playbook()).isEqualTo("ec2-security-group-admin-ports-world");
    assertThat(incident.outcome()).isNull();
    assertThat(incident.finding().source()).isEqualTo("manual");
    assertThat(incident.finding().check()).isEqualTo("ec2-security-group-admin-ports-world");
    assertThat(incident.finding().title()).isEqualTo("A penetration test found it.");
    assertThat(incident.finding().actor()).isNull();
    assertThat(incident.finding().facts().path("requestedBy").asText())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/Security/jane");
  }

  @Test
  void withoutPlaybookAndCheckAllPlaybooksOfTheTypeLookInOrder() {
    List<Incident> incidents = incidents(Samples.read("manual/bucket-all-playbooks.json"));

    assertThat(incidents)
        .extracting(Incident::playbook)
        .containsExactly(
            "s3-bucket-block-public-access",
            "s3-bucket-tls-only",
            "s3-bucket-default-encryption",
            "s3-bucket-versioning");
    assertThat(incidents.get(3).earlier()).hasSize(3);
  }

  @Test
  void aCheckIsMetAsAnotherSourcesIs() {
    Incident incident = only(Samples.read("manual/password-policy-by-check.json"));

    assertThat(incident.playbook()).isEqualTo("iam-password-policy");
    assertThat(incident.finding().check()).isEqualTo("IAM.7");
  }

  @Test
  void aCheckThatNobodyAnswersToGoesOnWithoutAPlaybook() {
    detail.remove("playbook");
    detail.put("check", "no such check");

    assertThat(only(event).playbook()).isNull();
    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void aResourceThatNoPlaybookLooksAtIsUnsupported() {
    detail.remove("playbook");
    detail.put("resource", "arn:aws:sqs:us-east-1:123456789012:jobs");

    assertThat(only(event).outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @Test
  void accountAndRegionAreTheArnsElseTheDetailsElseTheEvents() {
    assertThat(ref(event).region()).isEqualTo("us-east-1");

    ObjectNode bucket = Samples.read("manual/bucket-all-playbooks.json");
    assertThat(ref(bucket).account()).isEqualTo("123456789012");
    ((ObjectNode) bucket.get("detail")).put("region", "eu-west-1").put("account", "111122223333");
    event.put("account", "111122223333");
    bucket.put("account", Samples.TRUSTED);
    assertThat(ref(bucket).region()).isEqualTo("eu-west-1");
    assertThat(ref(bucket).account()).isEqualTo("111122223333");
  }

  @Test
  void anAccountsPasswordPolicyIsInTheRegionOfIamWhicheverAsks() {
    ObjectNode account = Samples.read("manual/password-policy-by-check.json");
    ((ObjectNode) account.get("detail")).put("region", "eu-west-1").remove("check");

    assertThat(only(account).playbook()).isEqualTo("iam-password-policy");
    assertThat(ref(account).region()).isEqualTo("us-east-1");
  }

  @Test
  void anotherAccountNeedsATrustedSender() {
    event.put("account", "111122223333");
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);

    event.put("account", Samples.TRUSTED);
    assertThat(only(event).outcome()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "playbook|s3-bucket-versionning|/detail/playbook|s3-bucket-versioning",
        "playbook|s3-bucket-versioning|/detail/resource|AWS::S3::Bucket",
        "resource|arn:aws:s3|/detail/resource|arn:aws:s3:::my-bucket",
        "resource||/detail/resource|the ARN",
        "reason||/detail/reason|why",
        "requestedBy||/detail/requestedBy|who",
        "account|12|/detail/account|twelve digits",
        "account|111122223333|/detail/account|123456789012",
        "region|eu-west-1|/detail/region|us-east-1",
        "branch|main..x|/detail/branch|the name of a branch",
        "playbok|s3-bucket-versioning|/detail/playbok|playbook"
      })
  void whatIsWrongIsNamedWithItsPointerAndWhatShouldBeThere(
      String member, String value, String pointer, String expected) {
    detail.put(member, value);

    assertThat(problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.expected()).contains(expected);
            });
  }

  @Test
  void everyProblemIsSaidAtOnce() {
    event.set("detail", Json.object().put("playbook", "none").put("account", 5));

    assertThat(problems())
        .extracting(EventProblem::pointer)
        .containsExactlyInAnyOrder(
            "/detail/resource",
            "/detail/playbook",
            "/detail/account",
            "/detail/reason",
            "/detail/requestedBy");
  }

  @Test
  void aMembersHostileNameIsShownHarmlessly() {
    detail.put("\u001b[31m~/" + "x".repeat(5_000), 1);

    assertThat(problems().getFirst().pointer())
        .startsWith("/detail/\\u001b[31m~0~1x")
        .hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resource\":\"arn:aws:s3\",\"reason\":\"r\",\"requestedBy\":\"me\"}",
        "{\"reason\":\"r\",\"requestedBy\":\"me\"}",
        "{\"resource\":\"arn:aws:s3:::b\",\"reason\":\" \",\"requestedBy\":\"me\"}",
        "{\"resource\":\"arn:aws:s3:::b\",\"reason\":\"r\"}",
        "{\"resource\":\"arn:aws:s3:::b\",\"reason\":\"r\",\"requestedBy\":\"me\",\"playbok\":\"x\"}",
        "{\"resource\":\"arn:aws:s3:::b\",\"reason\":\"r\",\"requestedBy\":\"me\",\"account\":12}"
      })
  void theSchemaRefusesWhatIsRefusedHere(String text) {
    event.set("detail", Json.parse(text));

    Set<ValidationMessage> messages = SCHEMA.validate(event);
    assertThat(messages).isNotEmpty();
    assertThat(problems()).hasSize(1);
  }

  @Test
  void aBranchThatIsNamedStandsInTheFacts() {
    assertThat(only(event).finding().facts().has("branch")).isFalse();

    detail.put("branch", "release/2026-11");

    assertThat(only(event).finding().facts().path("branch").asText()).isEqualTo("release/2026-11");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"main", "a", "a/b.c", "a@b", "@a", "a-", "{a}", "é", "x.locks", "a.lock.b"})
  void aBranchThatGitAllowsIsTakenHereAndByTheSchema(String branch) {
    detail.put("branch", branch);

    assertThat(SCHEMA.validate(event)).isEmpty();
    assertThat(only(event).finding().facts().path("branch").asText()).isEqualTo(branch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-a",
        "/a",
        "a/",
        "a//b",
        "a..b",
        ".a",
        "a/.b",
        "a.",
        "a.lock",
        "a.lock/b",
        "@",
        "a@{b",
        "a b",
        "a~",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[",
        "a\\b",
        "a\nb",
        "a\u001b",
        "a\u007f"
      })
  void aBranchThatGitDoesNotAllowIsRefusedHereAndByTheSchema(String branch) {
    detail.put("branch", branch);

    assertThat(SCHEMA.validate(event)).isNotEmpty();
    assertThat(problems()).extracting(EventProblem::pointer).containsExactly("/detail/branch");
  }

  /** The dollar of JSON Schema is the end of the text, that of its reader here is not. */
  @Test
  void aBranchEndsInNoLineFeed() {
    detail.put("branch", "a\n");

    assertThat(problems()).extracting(EventProblem::pointer).containsExactly("/detail/branch");
  }

  @Test
  void aBranchIsTextOfAtMostSoManyCharacters() {
    detail.put("branch", "a".repeat(245));
    assertThat(SCHEMA.validate(event)).isNotEmpty();
    assertThat(problems()).extracting(EventProblem::pointer).containsExactly("/detail/branch");

    detail.put("branch", 5);
    assertThat(SCHEMA.validate(event)).isNotEmpty();
    assertThat(problems()).extracting(EventProblem::pointer).containsExactly("/detail/branch");
  }

  private List<EventProblem> problems() {
    return Objects.requireNonNull(
            catchThrowableOfType(UnreadableEventException.class, () -> incidents(event)))
        .problems();
  }

  private static ResourceRef ref(ObjectNode event) {
    return Objects.requireNonNull(incidents(event).getFirst().finding().resource());
  }
}

package dev.cloudmend.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Severity;
import dev.cloudmend.playbooks.Catalogue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

  private static final String OWN_ROLE = "arn:aws:iam::123456789012:role/cloudmend-remediator";

  private final Intake intake =
      new Intake(Catalogue.standard(), Set.of(OWN_ROLE), Set.of("999999999999"));

  @Test
  void aFailedVantaTestBecomesAnIncidentOfThePlaybookThatAnswersToIt() {
    Incident incident = only(vanta("S3 Bucket Block Public Access", "arn:aws:s3:::reports"));

    Finding finding = incident.finding();
    assertThat(incident.playbook()).isEqualTo("s3-bucket-block-public-access");
    assertThat(incident.outcome()).isNull();
    assertThat(finding.source()).isEqualTo("vanta");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.frameworks()).containsExactly("SOC 2");
    assertThat(finding.title()).isEqualTo("It is open.");
    assertThat(Objects.requireNonNull(finding.resource()).account()).isEqualTo("123456789012");
    assertThat(finding.facts().path("current_state").path("block").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S3 Bucket Versioning",
        "s3-bucket-versioning",
        "S3 BUCKET: versioning!",
        "s3bucketversioning"
      })
  void aTestNameIsMetWhateverItsCaseHyphensAndPunctuation(String name) {
    assertThat(only(vanta(name, "arn:aws:s3:::reports")).playbook())
        .isEqualTo("s3-bucket-versioning");
  }

  @Test
  void aCheckThatNobodyKnowsHasNoPlaybookAndGoesOn() {
    Incident incident = only(vanta("No such check", "arn:aws:s3:::reports"));

    assertThat(incident.playbook()).isNull();
    assertThat(incident.outcome()).isNull();
    assertThat(incident.finding().check()).isEqualTo("No such check");
  }

  @Test
  void theSameEventGivesTheSameIdsAndAnotherEventOthers() {
    ObjectNode event = vanta("S3 Bucket Versioning", "arn:aws:s3:::reports");
    String id = only(event).incidentId();

    assertThat(only(event.deepCopy()).incidentId()).isEqualTo(id);
    assertThat(only(event.deepCopy().put("id", "another")).incidentId()).isNotEqualTo(id);
  }

  @Test
  void everyProblemOfAnEventIsSaidAtOnceWithItsPointer() {
    ObjectNode event = vanta("S3 Bucket Versioning", "arn:aws:s3");
    ObjectNode detail = (ObjectNode) event.get("detail");
    detail.remove("test_name");
    detail.put("account_id", "12");
    detail.put("frameworks", 3);

    assertThatThrownBy(() -> intake.read(event, RunOptions.NONE))
        .isInstanceOfSatisfying(
            UnreadableEventException.class,
            e ->
                assertThat(e.problems())
                    .extracting(EventProblem::pointer)
                    .containsExactlyInAnyOrder(
                        "/detail/test_name",
                        "/detail/resource_arn",
                        "/detail/account_id",
                        "/detail/frameworks"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "source", "detail-type", "account", "region", "time", "detail"})
  void anEnvelopeWithoutOneOfItsMembersIsRefused(String member) {
    ObjectNode event = vanta("S3 Bucket Versioning", "arn:aws:s3:::reports");
    event.remove(member);

    assertThatThrownBy(() -> intake.read(event, RunOptions.NONE))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("/" + member);
  }

  @Test
  void anEventAboutAnotherAccountIsIgnoredUnlessItsSenderIsTrusted() {
    ObjectNode event =
        vanta("EC2 Security Group", "arn:aws:ec2:us-east-1:111122223333:security-group/sg-1");
    ((ObjectNode) event.get("detail")).put("test_name", "ec2-security-group-admin-ports-world");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("not a trusted sender");

    event.put("account", "999999999999");
    Incident trusted = only(event);
    assertThat(trusted.outcome()).isNull();
    assertThat(Objects.requireNonNull(trusted.finding().resource()).account())
        .isEqualTo("111122223333");
  }

  @Test
  void theAccountIdInADetailIsNoWayAroundTrust() {
    ObjectNode event = vanta("S3 Bucket Versioning", "arn:aws:s3:::reports");
    ((ObjectNode) event.get("detail")).put("account_id", "111122223333");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void textsOfAnEventAreBounded() {
    ObjectNode event = vanta("S3 Bucket Versioning", "arn:aws:s3:::reports");
    ((ObjectNode) event.get("detail")).put("failure_reason", "x".repeat(10_000));

    assertThat(only(event).finding().title()).hasSizeLessThan(2_100).contains("10000 characters");
  }

  @Test
  void factsThatAreTooLargeAreLeftOutAndSaidToBe() {
    ObjectNode event = vanta("S3 Bucket Versioning", "arn:aws:s3:::reports");
    ObjectNode state = ((ObjectNode) event.get("detail")).putObject("current_state");
    for (int i = 0; i < 90; i++) {
      state.put("m" + i, "x".repeat(1_000));
    }

    assertThat(only(event).finding().facts().path("current_state").asText())
        .startsWith("(left out");
  }

  @Test
  void anArnWithControlCharactersIsRefused() {
    assertThatThrownBy(
            () ->
                intake.read(
                    vanta("S3 Bucket Versioning", "arn:aws:s3:::re\u001b[31mports"),
                    RunOptions.NONE))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("control characters")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void createBucketIsLookedAtByAllBucketPlaybooksInCatalogueOrder() {
    List<Incident> incidents =
        intake
            .read(cloudTrail("s3", "CreateBucket", "{\"bucketName\":\"reports\"}"), RunOptions.NONE)
            .resources()
            .getFirst()
            .incidents();

    assertThat(incidents)
        .extracting(Incident::playbook)
        .containsExactly(
            "s3-bucket-block-public-access",
            "s3-bucket-tls-only",
            "s3-bucket-default-encryption",
            "s3-bucket-versioning");
    assertThat(incidents.get(1).earlier()).containsExactly(incidents.get(0).incidentId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ec2|AuthorizeSecurityGroupIngress|{\"groupId\":\"sg-1\"}|arn:aws:ec2:us-east-1:123456789012:security-group/sg-1|ec2-security-group-admin-ports-world",
        "ec2|ModifySecurityGroupRules|{\"ModifySecurityGroupRulesRequest\":{\"GroupId\":\"sg-2\"}}|arn:aws:ec2:us-east-1:123456789012:security-group/sg-2|ec2-security-group-admin-ports-world",
        "s3|PutBucketPublicAccessBlock|{\"bucketName\":\"b\"}|arn:aws:s3:::b|s3-bucket-block-public-access",
        "s3|DeleteBucketPublicAccessBlock|{\"bucketName\":\"b\"}|arn:aws:s3:::b|s3-bucket-block-public-access",
        "s3|PutBucketVersioning|{\"bucketName\":\"b\"}|arn:aws:s3:::b|s3-bucket-versioning",
        "iam|UpdateAccountPasswordPolicy|null|arn:aws:iam::123456789012:root|iam-password-policy",
        "iam|DeleteAccountPasswordPolicy|null|arn:aws:iam::123456789012:root|iam-password-policy"
      })
  void aChangeIsLookedAtOnTheResourceThatItChanged(
      String service, String name, String parameters, String arn, String playbook) {
    Incident incident = only(cloudTrail(service, name, parameters));

    assertThat(Objects.requireNonNull(incident.finding().resource()).arn()).hasToString(arn);
    assertThat(incident.playbook()).isEqualTo(playbook);
  }

  @Test
  void whoChangedItFromWhereAndWithWhatGoesIntoTheFinding() {
    Finding.Actor actor =
        Objects.requireNonNull(
            only(cloudTrail("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}"))
                .finding()
                .actor());

    assertThat(actor.principal()).isEqualTo("arn:aws:sts::123456789012:assumed-role/Dev/jane");
    assertThat(actor.sourceAddress()).isEqualTo("203.0.113.17");
    assertThat(actor.userAgent()).isEqualTo("aws-cli/2");
    assertThat(actor.role()).isEqualTo("arn:aws:iam::123456789012:role/Dev");
  }

  @Test
  void aFailedCallIsIgnored() {
    ObjectNode event = cloudTrail("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    ((ObjectNode) event.get("detail")).put("errorCode", "AccessDenied");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("AccessDenied");
  }

  @Test
  void ownChangesAreKnownByTheRoleAlone() {
    ObjectNode event = cloudTrail("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    ObjectNode issuer = (ObjectNode) event.at("/detail/userIdentity/sessionContext/sessionIssuer");
    ((ObjectNode) event.get("detail")).put("userAgent", "cloudmend");
    ((ObjectNode) event.at("/detail/userIdentity"))
        .put("arn", "arn:aws:sts::123456789012:assumed-role/Dev/cloudmend-remediator");
    assertThat(only(event).outcome()).isNull();

    issuer.put("arn", OWN_ROLE);
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("own change");
  }

  @Test
  void aBucketOfAnotherOwnerInTheCallersTrailIsOfAnotherAccount() {
    ObjectNode event = cloudTrail("s3", "PutBucketVersioning", "{\"bucketName\":\"b\"}");
    ((ObjectNode) event.get("detail"))
        .set(
            "resources",
            Json.parse("[{\"type\":\"AWS::S3::Bucket\",\"accountId\":\"444455556666\"}]"));

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("444455556666");
  }

  @Test
  void aChangeWithoutAResourceIsUnsupportedNotLost() {
    Incident incident = only(cloudTrail("ec2", "AuthorizeSecurityGroupIngress", "{}"));

    assertThat(incident.outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @Test
  void aSourceOfNobodyIsRefused() {
    ObjectNode event = vanta("x", "arn:aws:s3:::b").put("detail-type", "Scheduled Event");

    assertThatThrownBy(() -> intake.read(event, RunOptions.NONE))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("/detail-type");
  }

  private Incident only(ObjectNode event) {
    Resources resources = intake.read(event, RunOptions.NONE);
    assertThat(resources.resources()).hasSize(1);
    assertThat(resources.resources().getFirst().incidents()).hasSize(1);
    return resources.resources().getFirst().incidents().getFirst();
  }

  private static ObjectNode vanta(String test, String arn) {
    ObjectNode event =
        Json.parseObject(
            """
            {"version":"0","id":"e-1","detail-type":"Test Failed","source":"vanta.compliance",
             "account":"123456789012","time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
             "detail":{"severity":"high","framework":"SOC 2","failure_reason":"It is open.",
                       "current_state":{"block":false}}}
            """);
    ((ObjectNode) event.get("detail")).put("test_name", test).put("resource_arn", arn);
    return event;
  }

  private static ObjectNode cloudTrail(String service, String name, String parameters) {
    ObjectNode event =
        Json.parseObject(
            """
            {"version":"0","id":"e-2","detail-type":"AWS API Call via CloudTrail",
             "account":"123456789012","time":"2026-11-20T10:00:00Z","region":"us-east-1","resources":[],
             "detail":{"awsRegion":"us-east-1","recipientAccountId":"123456789012",
               "sourceIPAddress":"203.0.113.17","userAgent":"aws-cli/2",
               "userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::123456789012:assumed-role/Dev/jane",
                 "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::123456789012:role/Dev"}}}}}
            """);
    event.put("source", "aws." + service);
    ((ObjectNode) event.get("detail"))
        .put("eventSource", service + ".amazonaws.com")
        .put("eventName", name)
        .set("requestParameters", Json.parse(parameters));
    return event;
  }
}

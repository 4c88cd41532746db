package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.incidents;
import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityHubSourceTest {

  private final ObjectNode event = Samples.read("securityhub/s3-block-public-access.json");
  private final ObjectNode finding = (ObjectNode) event.at("/detail/findings/0");

  @Test
  void anImportedFailureBecomesAnIncidentOfThePlaybookThatAnswersToTheControl() {
    Incident incident = only(event);

    Finding made = incident.finding();
    assertThat(incident.playbook()).isEqualTo("s3-bucket-block-public-access");
    assertThat(incident.outcome()).isNull();
    assertThat(made.source()).isEqualTo("securityhub");
    assertThat(made.check()).isEqualTo("S3.8");
    assertThat(made.title()).isEqualTo("S3 general purpose buckets should block public access");
    assertThat(made.severity()).isEqualTo(Severity.HIGH);
    assertThat(made.frameworks())
        .containsExactly("aws-foundational-security-best-practices/v/1.0.0");
    assertThat(ref(incident).arn()).hasToString("arn:aws:s3:::cloudmend-demo-reports");
    assertThat(ref(incident).account()).isEqualTo("123456789012");
    assertThat(made.facts().at("/resource/Details/AwsS3Bucket/Name").asText())
        .isEqualTo("cloudmend-demo-reports");
  }

  @ParameterizedTest
  @CsvSource({
    "/Compliance/Status,PASSED",
    "/Compliance/Status,WARNING",
    "/Compliance/Status,NOT_AVAILABLE",
    "/Workflow/Status,SUPPRESSED",
    "/Workflow/Status,RESOLVED",
    "/RecordState,ARCHIVED"
  })
  void whatIsNoOpenFailureIsIgnoredAndTheReasonNamesItsState(String pointer, String value) {
    put(finding, pointer, value);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains(value);
  }

  @ParameterizedTest
  @CsvSource({
    // Its own note came last, or the check ran again since.
    "cloudmend, 2026-11-20T10:00:05Z, 2026-11-20T10:00:00Z, true",
    "cloudmend, 2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z, true",
    "cloudmend, 2026-11-20T10:00:00Z, 2026-11-20T22:00:00Z, false",
    "ana, 2026-11-20T10:00:05Z, 2026-11-20T10:00:00Z, false",
    "cloudmend, yesterday, 2026-11-20T10:00:00Z, false",
    "cloudmend, 2026-11-20T10:00:05Z, unknown, false"
  })
  void aFindingThatComesBackOnlyForOurOwnNoteIsIgnored(
      String by, String noted, String seen, boolean isEcho) {
    finding.put("UpdatedAt", seen).putObject("Note").put("UpdatedBy", by).put("UpdatedAt", noted);

    assertThat(only(event).outcome()).isEqualTo(isEcho ? Outcome.IGNORED : null);
    event.put("detail-type", "Security Hub Findings - Custom Action");
    assertThat(only(event).outcome()).as("a person sends it on purpose").isNull();
  }

  @Test
  void aCheckThatPassedNamesItsPlaybookSoThatWhatIsOpenOfItCanBeClosed() {
    Incident incident = only(Samples.read("securityhub/s3-block-public-access-passed.json"));

    assertThat(incident.playbook()).isEqualTo("s3-bucket-block-public-access");
    assertThat(incident.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(incident.reason()).isEqualTo("the check's status is PASSED, not FAILED");
    assertThat(ref(incident).arn()).hasToString("arn:aws:s3:::cloudmend-demo-reports");
  }

  @ParameterizedTest
  @CsvSource({
    "/Compliance/Status,WARNING",
    "/Workflow/Status,SUPPRESSED",
    "/RecordState,ARCHIVED",
    "/Compliance/SecurityControlId,S3.999"
  })
  void whatPassedClosesNothingWhereItIsHiddenOrNoPlaybooks(String pointer, String value) {
    ((ObjectNode) finding.get("ProductFields")).remove("RelatedAWSResources:0/name");
    put(finding, "/Compliance/Status", "PASSED");
    put(finding, pointer, value);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).playbook()).isNull();
  }

  @Test
  void whatPassedInAnotherAccountClosesNothingThereUnlessItsSenderIsTrusted() {
    put(finding, "/Compliance/Status", "PASSED");
    finding.put("AwsAccountId", "111122223333");
    assertThat(only(event).playbook()).isNull();
    assertThat(only(event).reason()).contains("not a trusted sender");

    event.put("account", Samples.TRUSTED);
    assertThat(only(event).playbook()).isEqualTo("s3-bucket-block-public-access");
  }

  @Test
  void aFindingOfBeforeWorkflowStatusesIsResolvedByItsWorkflowState() {
    finding.remove("Workflow");
    finding.put("WorkflowState", "RESOLVED");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void aFindingThatANotificationWasSentForIsStillAFailure() {
    put(finding, "/Workflow/Status", "NOTIFIED");

    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void theControlIsTakenFromTheNewestOfItsPlacesThatIsThere() {
    finding.put("GeneratorId", "aws-foundational-security-best-practices/v/1.0.0/S3.14");
    put(finding, "/ProductFields/RuleId", "R.1");
    put(finding, "/ProductFields/ControlId", "C.1");
    assertThat(only(event).finding().check()).isEqualTo("S3.8");

    ((ObjectNode) finding.get("Compliance")).remove("SecurityControlId");
    assertThat(only(event).finding().check()).isEqualTo("C.1");

    ((ObjectNode) finding.get("ProductFields")).remove("ControlId");
    assertThat(only(event).finding().check()).isEqualTo("R.1");

    ((ObjectNode) finding.get("ProductFields")).remove("RuleId");
    assertThat(only(event).finding().check()).isEqualTo("S3.14");
    assertThat(only(event).playbook()).isEqualTo("s3-bucket-versioning");
  }

  @ParameterizedTest
  @CsvSource({
    "security-control/S3.5,S3.5",
    "aws-foundational-security-best-practices/v/1.0.0/EC2.13,EC2.13",
    "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.1,4.1",
    "prowler-s3_bucket_object_versioning,s3_bucket_object_versioning",
    "arn:aws:guardduty:us-east-1:123456789012:detector/06b0,arn:aws:guardduty:us-east-1:123456789012:detector/06b0"
  })
  void aGeneratorsIdGivesTheControlWhereItHoldsOne(String generator, String check) {
    ((ObjectNode) finding.get("Compliance")).remove("SecurityControlId");
    finding.put("GeneratorId", generator);

    assertThat(only(event).finding().check()).isEqualTo(check);
  }

  @Test
  void aControlThatOnlyItsStandardKnowsIsMetByTheConfigRuleBehindIt() {
    ((ObjectNode) finding.get("Compliance")).remove("SecurityControlId");
    put(finding, "/ProductFields/RuleId", "1.8");
    ((ObjectNode) finding.get("ProductFields"))
        .put("RelatedAWSResources:0/name", "securityhub-restricted-ssh-v4949q");

    assertThat(only(event).finding().check()).isEqualTo("1.8");
    assertThat(only(event).playbook()).isEqualTo("ec2-security-group-admin-ports-world");
  }

  @Test
  void aControlThatNobodyAnswersToGoesOnWithoutAPlaybook() {
    put(finding, "/Compliance/SecurityControlId", "S3.999");
    ((ObjectNode) finding.get("ProductFields")).remove("RelatedAWSResources:0/name");

    assertThat(only(event).playbook()).isNull();
    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void anAccountWideFindingIsAboutTheAccountInItsPartition() {
    ObjectNode account = Samples.read("securityhub/iam-password-policy.json");
    assertThat(ref(only(account)).arn()).hasToString("arn:aws:iam::123456789012:root");
    assertThat(only(account).playbook()).isEqualTo("iam-password-policy");

    ((ObjectNode) account.at("/detail/findings/0/Resources/0")).put("Region", "us-gov-east-1");
    assertThat(ref(only(account)).arn()).hasToString("arn:aws-us-gov:iam::123456789012:root");
  }

  @Test
  void anIamFindingHasOneRegionWhicheverItCameFromAndOtherAccountSettingsKeepTheirs() {
    ObjectNode account = Samples.read("securityhub/iam-password-policy.json");
    ObjectNode inner = (ObjectNode) account.at("/detail/findings/0");
    ((ObjectNode) inner.at("/Resources/0")).put("Region", "eu-west-1");
    assertThat(ref(only(account)).region()).isEqualTo("us-east-1");

    put(inner, "/Compliance/SecurityControlId", "EC2.7");
    assertThat(ref(only(account)).region()).isEqualTo("eu-west-1");

    ((ObjectNode) inner.at("/Resources/0"))
        .put("Type", "AwsIamUser")
        .put("Id", "arn:aws:iam::123456789012:user/AIDAEXAMPLEEXAMPLE123");
    assertThat(ref(only(account)).region()).isEqualTo("us-east-1");
    assertThat(only(account).finding().facts().path("uniqueId").asText())
        .isEqualTo("AIDAEXAMPLEEXAMPLE123");
  }

  @Test
  void aFindingAboutAnotherAccountIsIgnoredUnlessItsSenderIsTrusted() {
    finding.put("AwsAccountId", "111122223333");
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("not a trusted sender");

    event.put("account", Samples.TRUSTED);
    assertThat(only(event).outcome()).isNull();
    assertThat(ref(only(event)).account()).isEqualTo("111122223333");
  }

  @Test
  void aResourcesOwnAccountCountsMoreThanTheFindingsWord() {
    finding.withArray("/Resources").removeAll();
    finding
        .withArray("/Resources")
        .addObject()
        .put("Type", "AwsEc2SecurityGroup")
        .put("Id", "arn:aws:ec2:us-east-1:111122223333:security-group/sg-1");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("111122223333");
  }

  @Test
  void aResourceWithoutAnArnIsUnsupportedAndTheReasonQuotesItSafely() {
    ((ObjectNode) finding.at("/Resources/0"))
        .put("Type", "AwsIamAccessKey")
        .put("Id", "AWS::IAM::AccessKey:\u001b[31mnull");

    assertThat(only(event).outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(only(event).reason())
        .contains("AWS::IAM::AccessKey:", "AwsIamAccessKey")
        .doesNotContain("\u001b");
  }

  @Test
  void allProblemsOfAllFindingsAreSaidWithTheirPointers() {
    findings().add(finding.deepCopy());
    finding.put("AwsAccountId", "12");
    ((ObjectNode) findings().get(1)).remove("Resources");
    ((ObjectNode) findings().get(1)).put("Title", 5);

    assertThatThrownBy(() -> incidents(event))
        .isInstanceOfSatisfying(
            UnreadableEventException.class,
            e ->
                assertThat(e.problems())
                    .extracting(EventProblem::pointer)
                    .containsExactlyInAnyOrder(
                        "/detail/findings/0/AwsAccountId",
                        "/detail/findings/1/Resources",
                        "/detail/findings/1/Title"));
  }

  @Test
  void aFindingWithoutAnAccountIsRefusedAsItMaySpeakOfAnyOther() {
    finding.remove("AwsAccountId");

    assertThatThrownBy(() -> incidents(event)).hasMessageContaining("AwsAccountId");
  }

  @Test
  void aResourceIdThatWouldHaveToBeCutIsRefused() {
    ((ObjectNode) finding.at("/Resources/0")).put("Id", "arn:aws:s3:::" + "x".repeat(3_000));

    assertThatThrownBy(() -> incidents(event)).hasMessageContaining("/Resources/0/Id");
  }

  @ParameterizedTest
  @CsvSource({
    "-1,UNKNOWN",
    "0,INFORMATIONAL",
    "1,LOW",
    "39,LOW",
    "40,MEDIUM",
    "69,MEDIUM",
    "70,HIGH",
    "89,HIGH",
    "90,CRITICAL",
    "100,CRITICAL",
    "101,UNKNOWN"
  })
  void aSeverityWithoutALabelIsTakenFromItsNumber(int normalized, Severity severity) {
    finding.putObject("Severity").put("Normalized", normalized);

    assertThat(only(event).finding().severity()).isEqualTo(severity);
  }

  private ArrayNode findings() {
    return event.withArray("/detail/findings");
  }

  private static ResourceRef ref(Incident incident) {
    return Objects.requireNonNull(incident.finding().resource());
  }

  private static void put(ObjectNode node, String pointer, String value) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = last == 0 ? node : node.at(pointer.substring(0, last));
    ((ObjectNode) parent).put(pointer.substring(last + 1), value);
  }
}

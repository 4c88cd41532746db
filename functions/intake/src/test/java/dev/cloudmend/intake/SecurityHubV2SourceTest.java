package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Severity;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHubV2SourceTest {

  private final ObjectNode event = Samples.read("securityhub/v2-s3-versioning.json");
  private final ObjectNode finding = (ObjectNode) event.at("/detail/findings/0");
  private final ObjectNode resource = (ObjectNode) finding.at("/resources/0");

  @Test
  void aComplianceFindingSaysTheSameAsTheOlderForm() {
    Incident incident = only(event);

    Finding made = incident.finding();
    assertThat(incident.playbook()).isEqualTo("s3-bucket-versioning");
    assertThat(incident.outcome()).isNull();
    assertThat(made.source()).isEqualTo("securityhub");
    assertThat(made.check()).isEqualTo("S3.14");
    assertThat(made.severity()).isEqualTo(Severity.LOW);
    assertThat(made.frameworks())
        .containsExactly("aws-foundational-security-best-practices/v/1.0.0");
    assertThat(arn()).isEqualTo("arn:aws:s3:::cloudmend-demo-reports");
  }

  @Test
  void aBucketIsKnownByItsNameWhereTheArnIsNotBesideIt() {
    resource.remove("uid_alt");

    assertThat(arn()).isEqualTo("arn:aws:s3:::cloudmend-demo-reports");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS::EC2::SecurityGroup,sg-1,arn:aws:ec2:us-east-1:123456789012:security-group/sg-1",
    "AWS::EC2::Subnet,subnet-1,arn:aws:ec2:us-east-1:123456789012:subnet/subnet-1",
    "AwsIamRole,Dev,arn:aws:iam::123456789012:role/Dev",
    "AWS::::Account,123456789012,arn:aws:iam::123456789012:root"
  })
  void anIdBecomesAnArnByItsType(String type, String id, String arn) {
    resource.remove("uid_alt");
    resource.put("type", type).put("uid", id);

    assertThat(arn()).isEqualTo(arn);
  }

  @Test
  void anIdOfATypeThatWeDoNotNameIsUnsupported() {
    resource.remove("uid_alt");
    resource.put("type", "AWS::SQS::Queue").put("uid", "config-changes");

    assertThat(only(event).outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({"Suppressed,1", "RESOLVED,1", "Archived,1", "New,3", "New,4", "New,5"})
  void aSettledFindingIsIgnoredByWordOrByNumber(String status, int id) {
    finding.put("status", status).put("status_id", id);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void aCheckThatPassedNamesItsPlaybookAlsoWhereItsFindingWasClosedWithIt() {
    ObjectNode passed = Samples.read("securityhub/v2-s3-versioning-passed.json");
    assertThat(only(passed).playbook()).isEqualTo("s3-bucket-versioning");
    assertThat(only(passed).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(passed).reason()).contains("Pass");

    ObjectNode inner = (ObjectNode) passed.at("/detail/findings/0");
    inner.put("activity_id", 3);
    assertThat(only(passed).playbook()).isEqualTo("s3-bucket-versioning");

    ((ObjectNode) inner.get("compliance")).remove("status");
    assertThat(only(passed).playbook()).isEqualTo("s3-bucket-versioning");

    inner.put("status", "Suppressed").put("status_id", 3);
    assertThat(only(passed).playbook()).isNull();
  }

  @Test
  void aClosedFindingIsIgnored() {
    finding.put("activity_id", 3);

    assertThat(only(event).reason()).contains("closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pass", "PASSED", "Warning", "Unknown"})
  void aCheckThatDidNotFailIsIgnored(String status) {
    ((ObjectNode) finding.get("compliance")).put("status", status);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains(status);
  }

  @Test
  void aStatusMayBeGivenAsItsNumberAlone() {
    ObjectNode compliance = (ObjectNode) finding.get("compliance");
    compliance.remove("status");
    assertThat(only(event).outcome()).isNull();

    compliance.put("status_id", 1);
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void aThreatIsNoCheck() {
    finding.put("class_uid", 2004);
    finding.remove("compliance");

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("2004");
  }

  @Test
  void theOwnersAccountCountsAndNeedsATrustedSender() {
    ((ObjectNode) resource.at("/owner/account")).put("uid", "111122223333");
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);

    event.put("account", Samples.TRUSTED);
    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void aFindingWithNoControlIsMetByItsRuleOrRefused() {
    ((ObjectNode) finding.get("compliance")).remove("control");
    assertThat(only(event).playbook()).isEqualTo("s3-bucket-versioning");

    ((ObjectNode) finding.get("finding_info")).remove("analytic");
    assertThatThrownBy(() -> only(event))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("/detail/findings/0/compliance/control");
  }

  private String arn() {
    return Objects.requireNonNull(only(event).finding().resource()).arn().toString();
  }
}

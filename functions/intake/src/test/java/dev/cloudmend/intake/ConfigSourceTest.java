package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourceTest {

  private final ObjectNode event = Samples.read("config/s3-bucket-versioning.json");
  private final ObjectNode detail = (ObjectNode) event.get("detail");

  @Test
  void aRuleThatABucketBeginsToBreakBecomesAnIncidentWithoutAnOldResult() {
    Incident incident = only(event);

    assertThat(detail.has("oldEvaluationResult")).isFalse();
    assertThat(incident.playbook()).isEqualTo("s3-bucket-versioning");
    assertThat(incident.outcome()).isNull();
    assertThat(incident.finding().source()).isEqualTo("config");
    assertThat(incident.finding().check()).isEqualTo("s3-bucket-versioning-enabled");
    assertThat(incident.finding().facts().path("configRuleName").asText())
        .isEqualTo("s3-bucket-versioning-enabled-conformance-pack-7xk2qmz1a");
    assertThat(ref(incident).arn()).hasToString("arn:aws:s3:::cloudmend-demo-reports");
  }

  @ParameterizedTest
  @CsvSource({
    "restricted-ssh,restricted-ssh",
    "securityhub-restricted-ssh-v4949q,restricted-ssh",
    "securityhub-vpc-default-security-group-closed-089d8733,vpc-default-security-group-closed",
    "restricted-ssh-conformance-pack-abc123xyz,restricted-ssh",
    "OrgConfigRule-restricted-ssh-ab12cd34,restricted-ssh",
    "RestrictedSSH-conformance-pack-abc123xyz,RestrictedSSH",
    "securityhub--v4949q,securityhub--v4949q",
    "my-rule,my-rule"
  })
  void whatServicesPutAroundARulesNameIsTakenOff(String name, String check) {
    assertThat(ConfigRuleName.stripped(name)).isEqualTo(check);
  }

  @Test
  void aNameThatSaysNothingHasNoPlaybookAndGoesOn() {
    detail.put("configRuleName", "our-own-rule-7");

    assertThat(only(event).playbook()).isNull();
    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void anAccountsRuleIsAboutTheAccount() {
    Incident incident = only(Samples.read("config/iam-password-policy.json"));

    assertThat(incident.playbook()).isEqualTo("iam-password-policy");
    assertThat(ref(incident).arn()).hasToString("arn:aws:iam::123456789012:root");
    assertThat(incident.finding().title())
        .isEqualTo("The password policy does not ask for symbols.");
  }

  @Test
  void anIamResourceKeepsItsUniqueIdAndTheFactsSayThatItIsOne() {
    ObjectNode user = Samples.read("config/iam-user-unused-credentials.json");
    ((ObjectNode) user.get("detail")).put("awsRegion", "eu-west-1");
    Incident incident = only(user);

    assertThat(ref(incident).arn())
        .hasToString("arn:aws:iam::123456789012:user/AIDAEXAMPLEEXAMPLE123");
    assertThat(ref(incident).region()).isEqualTo("us-east-1");
    assertThat(incident.finding().facts().path("uniqueId").asText())
        .isEqualTo("AIDAEXAMPLEEXAMPLE123");
    assertThat(incident.playbook()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLIANT", "NOT_APPLICABLE", "INSUFFICIENT_DATA", "non_compliant"})
  void onlyNonCompliantIsAFailure(String result) {
    ((ObjectNode) detail.get("newEvaluationResult")).put("complianceType", result);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains(result);
  }

  @Test
  void aRuleThatIsKeptAgainNamesItsPlaybookSoThatWhatIsOpenOfItCanBeClosed() {
    ObjectNode kept = Samples.read("config/s3-bucket-versioning-compliant.json");
    assertThat(only(kept).playbook()).isEqualTo("s3-bucket-versioning");
    assertThat(only(kept).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(kept).reason())
        .isEqualTo("the rule's result is COMPLIANT, and was NON_COMPLIANT");

    ObjectNode before = (ObjectNode) kept.at("/detail/oldEvaluationResult");
    before.put("complianceType", "NOT_APPLICABLE");
    assertThat(only(kept).playbook()).isNull();

    ((ObjectNode) kept.get("detail")).remove("oldEvaluationResult");
    assertThat(only(kept).playbook()).isNull();
    assertThat(only(kept).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void aResourceOfATypeThatWeDoNotNameIsUnsupported() {
    detail.put("resourceType", "AWS::SQS::Queue");

    assertThat(only(event).outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(only(event).reason()).contains("AWS::SQS::Queue");
  }

  @Test
  void anotherAccountNeedsATrustedSender() {
    detail.put("awsAccountId", "111122223333");
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);

    event.put("account", Samples.TRUSTED);
    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void everyProblemIsSaidWithItsPointer() {
    detail.put("awsRegion", "nowhere").remove("configRuleName");
    detail.remove("newEvaluationResult");

    assertThatThrownBy(() -> only(event))
        .isInstanceOfSatisfying(
            UnreadableEventException.class,
            e ->
                assertThat(e.problems())
                    .extracting(EventProblem::pointer)
                    .containsExactlyInAnyOrder(
                        "/detail/configRuleName",
                        "/detail/newEvaluationResult/complianceType",
                        "/detail/awsRegion"));
  }

  private static ResourceRef ref(Incident incident) {
    return Objects.requireNonNull(incident.finding().resource());
  }
}

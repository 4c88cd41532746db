package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Severity;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProwlerSourceTest {

  private final ObjectNode event = Samples.read("prowler/s3-tls-only.json");
  private final ObjectNode detail = (ObjectNode) event.get("detail");

  @Test
  void aFailedCheckBecomesAnIncident() {
    Incident incident = only(event);

    assertThat(incident.playbook()).isEqualTo("s3-bucket-tls-only");
    assertThat(incident.outcome()).isNull();
    assertThat(incident.finding().source()).isEqualTo("prowler");
    assertThat(incident.finding().check()).isEqualTo("s3_bucket_secure_transport_policy");
    assertThat(incident.finding().severity()).isEqualTo(Severity.MEDIUM);
    assertThat(incident.finding().frameworks()).containsExactly("CIS-3.0", "SOC2");
    assertThat(incident.finding().title()).contains("does not have a bucket policy");
  }

  @Test
  void thePasswordPolicyIsTheAccountsAndNoResourceOfItsOwn() {
    Incident incident = only(Samples.read("prowler/iam-password-policy.json"));

    assertThat(incident.playbook()).isEqualTo("iam-password-policy");
    assertThat(Objects.requireNonNull(incident.finding().resource()).arn())
        .hasToString("arn:aws:iam::123456789012:root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PASS", "MANUAL", "MUTED"})
  void whatDidNotFailIsIgnored(String status) {
    detail.put("status_code", status);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains(status);
  }

  @Test
  void aMutedFailureIsIgnored() {
    detail.put("status", "Suppressed").put("status_id", 3);

    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(only(event).reason()).contains("SUPPRESSED");
  }

  @Test
  void aRegionThatMeansAllOfThemIsTheEventsOwn() {
    ((ObjectNode) detail.get("cloud")).put("region", "global");
    ((ObjectNode) detail.at("/resources/0")).put("region", "aws-global");

    assertThat(Objects.requireNonNull(only(event).finding().resource()).region())
        .isEqualTo("us-east-1");
  }

  @Test
  void anotherAccountNeedsATrustedSender() {
    ((ObjectNode) detail.at("/cloud/account")).put("uid", "111122223333");
    assertThat(only(event).outcome()).isEqualTo(Outcome.IGNORED);

    event.put("account", Samples.TRUSTED);
    assertThat(only(event).outcome()).isNull();
  }

  @Test
  void everyProblemIsSaidWithItsPointer() {
    ((ObjectNode) detail.get("metadata")).remove("event_code");
    ((ObjectNode) detail.get("cloud")).put("provider", "azure");
    detail.put("class_uid", 2001);
    detail.putArray("resources");
    detail.remove("status_code");

    assertThatThrownBy(() -> only(event))
        .isInstanceOfSatisfying(
            UnreadableEventException.class,
            e ->
                assertThat(e.problems())
                    .extracting(EventProblem::pointer)
                    .containsExactlyInAnyOrder(
                        "/detail/metadata/event_code",
                        "/detail/cloud/provider",
                        "/detail/class_uid",
                        "/detail/resources",
                        "/detail/status_code"));
  }
}

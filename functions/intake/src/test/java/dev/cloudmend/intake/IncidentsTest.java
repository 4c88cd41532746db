package dev.cloudmend.intake;

import static dev.cloudmend.intake.Samples.incidents;
import static dev.cloudmend.intake.Samples.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentsTest {

  private final ObjectNode event = Samples.read("securityhub/s3-block-public-access.json");
  private final ObjectNode finding = (ObjectNode) event.at("/detail/findings/0");

  @Test
  void aCustomActionsFindingsOnOneResourceRunInCatalogueOrderBesideWhatIsIgnored() {
    ObjectNode action = Samples.read("securityhub/custom-action.json");
    Resources resources = Samples.resources(action);

    assertThat(resources.resources()).hasSize(1);
    List<Incident> incidents = resources.resources().getFirst().incidents();
    assertThat(incidents)
        .extracting(Incident::playbook)
        .containsExactly("s3-bucket-tls-only", "s3-bucket-versioning", null);
    assertThat(incidents.get(1).earlier()).containsExactly(incidents.get(0).incidentId());
    assertThat(incidents.get(2).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(incidents.get(2).reason()).contains("SUPPRESSED");
  }

  @Test
  void oneFailureByTwoControlsInOneEventIsOneIncidentThatNamesBoth() {
    findings().add(finding.deepCopy());
    ((ObjectNode) findings().get(1).get("Compliance")).put("SecurityControlId", "S3.2");

    assertThat(only(event).finding().check()).isEqualTo("S3.8");
    assertThat(only(event).finding().facts().path("otherFailedChecks"))
        .isEqualTo(Json.parse("[\"S3.2\"]"));
  }

  @Test
  void incidentsOfOneEventNeverShareAnIdAndGetTheSameOneAgain() {
    ((ObjectNode) finding.get("Compliance")).put("Status", "WARNING");
    findings().add(finding.deepCopy());
    findings().add(finding.deepCopy());

    List<String> ids = incidents(event).stream().map(Incident::incidentId).toList();
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    assertThat(incidents(event.deepCopy()).stream().map(Incident::incidentId)).isEqualTo(ids);
  }

  @Test
  void aFailureRunsBeforeWhatPassedOnTheSameResourceAndTheirIdsDiffer() {
    ObjectNode passed = finding.deepCopy();
    ((ObjectNode) passed.get("Compliance"))
        .put("Status", "PASSED")
        .put("SecurityControlId", "S3.2");
    findings().insert(0, passed);

    List<Incident> incidents = incidents(event);
    assertThat(incidents)
        .extracting(Incident::playbook)
        .containsOnly("s3-bucket-block-public-access")
        .hasSize(2);
    assertThat(incidents).extracting(Incident::outcome).containsExactly(null, Outcome.IGNORED);
    assertThat(incidents).extracting(Incident::incidentId).doesNotHaveDuplicates();
    assertThat(incidents.get(1).earlier()).isEmpty();
  }

  @Test
  void everyResourceOfAFindingIsLookedAt() {
    ObjectNode other = ((ObjectNode) finding.at("/Resources/0")).deepCopy();
    finding.withArray("/Resources").add(other.put("Id", "arn:aws:s3:::another"));

    assertThat(Samples.resources(event).resources())
        .extracting(Resources.OneResource::resource)
        .containsExactly("arn:aws:s3:::cloudmend-demo-reports", "arn:aws:s3:::another");
  }

  @Test
  void manyFindingsLoseTheirFactsBeforeTheyLoseTheExecution() {
    finding.put("Description", "x".repeat(1_900));
    for (int i = 0; i < 90; i++) {
      ObjectNode copy = finding.deepCopy();
      ((ObjectNode) copy.at("/Resources/0")).put("Id", "arn:aws:s3:::bucket-" + i);
      findings().add(copy);
    }

    Resources resources = Samples.resources(event);
    assertThat(resources.resources()).hasSize(91);
    assertThat(Json.write(resources).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(200_000);
    assertThat(
            resources.resources().getFirst().incidents().getFirst().finding().facts().fieldNames())
        .toIterable()
        .containsExactly("leftOut");
  }

  @Test
  void moreThanAnExecutionCanCarryIsRefusedAndNotCut() {
    finding.put("Title", "x".repeat(2_000));
    for (int i = 0; i < 99; i++) {
      ObjectNode copy = finding.deepCopy();
      ((ObjectNode) copy.at("/Resources/0")).put("Id", "arn:aws:s3:::bucket-" + i);
      findings().add(copy);
    }

    assertThatThrownBy(() -> incidents(event))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("more incidents than one execution can carry");
  }

  private ArrayNode findings() {
    return event.withArray("/detail/findings");
  }
}

package dev.cloudmend.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.playbooks.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Ruler;

/** The deployed patterns of what says that a check passed, matched by EventBridge's own library. */
class EventPatternsTest {

  /** EventBridge's quota; Terraform adds an account and a region of the event to each. */
  private static final int LARGEST = 2_048 - 100;

  static Stream<String> patterns() {
    return Stream.of("cloudtrail", "config", "manual", "prowler", "securityhub", "vanta");
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void aPatternIsSmallerThanEventBridgesQuota(String name) {
    assertThat(pattern(name).toString()).hasSizeLessThanOrEqualTo(LARGEST);
  }

  @Test
  void aPassedCheckIsTakenByTheControlsOfTheCatalogueAlone() {
    List<String> controls =
        Catalogue.standard().playbooks().stream()
            .flatMap(playbook -> playbook.info().controls().stream())
            .filter(control -> control.framework().equals("Security Hub"))
            .map(control -> control.id())
            .distinct()
            .sorted()
            .toList();

    JsonNode alternatives = pattern("securityhub").at("/detail/$or");
    assertThat(texts(alternatives.at("/3/findings/Compliance/SecurityControlId")))
        .isEqualTo(controls);
    assertThat(texts(alternatives.at("/4/findings/compliance/control"))).isEqualTo(controls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "securityhub/s3-block-public-access-passed.json",
        "securityhub/v2-s3-versioning-passed.json",
        "config/s3-bucket-versioning-compliant.json"
      })
  void aPassedCheckIsTaken(String sample) throws Exception {
    assertThat(takes(Samples.read(sample))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "securityhub/s3-block-public-access-passed.json,/detail/findings/0/Compliance,SecurityControlId,S3.999",
    "securityhub/s3-block-public-access-passed.json,/detail/findings/0/Compliance,Status,WARNING",
    "securityhub/s3-block-public-access-passed.json,/detail/findings/0/Workflow,Status,SUPPRESSED",
    "securityhub/s3-block-public-access-passed.json,/detail/findings/0,RecordState,ARCHIVED",
    "securityhub/v2-s3-versioning-passed.json,/detail/findings/0/compliance,control,S3.999",
    "securityhub/v2-s3-versioning-passed.json,/detail/findings/0/compliance,status,Warning",
    "securityhub/v2-s3-versioning-passed.json,/detail/findings/0,status,Suppressed",
    "config/s3-bucket-versioning-compliant.json,/detail/oldEvaluationResult,complianceType,NOT_APPLICABLE",
    "config/s3-bucket-versioning-compliant.json,/detail/newEvaluationResult,complianceType,NOT_APPLICABLE"
  })
  void whatClosesNothingIsNotTaken(String sample, String pointer, String member, String value)
      throws Exception {
    ObjectNode event = Samples.read(sample);
    ((ObjectNode) event.at(pointer)).put(member, value);

    assertThat(takes(event)).isFalse();
  }

  private static boolean takes(ObjectNode event) throws Exception {
    String name = event.get("source").textValue().replace("aws.", "");
    return Ruler.matchesRule(event.toString(), pattern(name).toString());
  }

  private static JsonNode pattern(String name) {
    return Json.parse(
        Samples.text(Path.of("../../infra-terraform/event-patterns", name + ".json")));
  }

  private static List<String> texts(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).textValue())
        .toList();
  }
}

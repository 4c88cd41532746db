package dev.cloudmend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordsJsonTest {

  private static final Finding FINDING =
      new Finding(
          "event-1",
          "cloudtrail",
          "PutBucketVersioning",
          "PutBucketVersioning by jane",
          Severity.HIGH,
          List.of("SOC 2"),
          new ResourceRef(Arn.parse("arn:aws:s3:::b"), "123456789012", "us-east-1"),
          Instant.parse("2026-11-20T10:00:00Z"),
          new Finding.Actor("jane", "IAMUser", null, "203.0.113.1", "aws-cli"),
          Json.object().put("eventID", "1"));

  static Stream<Object> records() {
    return Stream.of(
        FINDING,
        new Incident(
            "inc-1",
            "p",
            FINDING,
            null,
            null,
            new RunOptions(List.of("h"), true, "j"),
            List.of("i")),
        new Incident("inc-1", null, FINDING, Outcome.IGNORED, "why", RunOptions.NONE, List.of()),
        new Decision(Decision.Mode.guided, true, "rule", List.of("live"), List.of(), "sha256:0"),
        new Verification(true, 2, Json.object().put("a", 1), Json.object().put("a", 1)),
        new Problem("assess", "AccessDenied", "no"),
        new Target("aws", "123456789012", Target.GLOBAL, Arn.ofAccount("aws", "123456789012")));
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsWrittenIsReadBack(Object value) {
    assertThat(Json.fromTree(Json.parse(Json.write(value)), value.getClass())).isEqualTo(value);
  }

  @Test
  void anAssessmentIsKnownByItsStatus() {
    Assessment blocked = new Assessment.Blocked("in use");

    assertThat(Json.write(blocked)).isEqualTo("{\"status\":\"BLOCKED\",\"reason\":\"in use\"}");
    assertThat(Json.fromTree(Json.parse(Json.write(blocked)), Assessment.class)).isEqualTo(blocked);
  }

  @Test
  void absentPartsAreLeftOutAndInstantsAreIso() {
    String json = Json.write(FINDING);

    assertThat(json).doesNotContain("null").contains("\"observedAt\":\"2026-11-20T10:00:00Z\"");
  }

  @Test
  void runOptionsOfAnEventBridgeEventAreEmpty() {
    assertThat(Json.fromTree(Json.object(), RunOptions.class)).isEqualTo(RunOptions.NONE);
  }

  @Test
  void aTargetMustFitItsArn() {
    Arn arn = Arn.parse("arn:aws:ec2:us-east-1:123456789012:security-group/sg-1");
    assertThatThrownBy(() -> new Target("aws", "111122223333", "us-east-1", arn))
        .hasMessageContaining("not of account");
    assertThatThrownBy(() -> new Target("aws-cn", "123456789012", "us-east-1", arn))
        .hasMessageContaining("not in partition");
  }

  @Test
  void anErrorOfAFunctionIsReadAndAnyOtherKept() {
    assertThat(
            Problem.ofError(
                "assess", "dev.cloudmend.TryAgainException", "{\"errorMessage\":\"slow down\"}"))
        .isEqualTo(new Problem("assess", "TryAgainException", "slow down"));
    assertThat(Problem.ofError("assess", "States.Timeout", "too long"))
        .isEqualTo(new Problem("assess", "Timeout", "too long"));
    assertThat(Problem.ofError("assess", "States.Timeout", ""))
        .isEqualTo(new Problem("assess", "Timeout", "States.Timeout"));
  }

  @Test
  void brokenJsonIsSaidWithLineAndColumn() {
    assertThatThrownBy(() -> Json.parse("{\n \"a\": }"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> Json.parse("")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}")).hasMessageContaining("Duplicate");
    assertThatThrownBy(() -> Json.parse("{} {}")).isInstanceOf(ModelException.class);
  }
}

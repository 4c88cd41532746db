package dev.cloudmend.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.report.ProwlerFinding.Status;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProwlerFindingTest {

  @Test
  void theEventSpeaksOfTheFindingsOwnAccountAndItsIdIsOfItsContent() {
    ObjectNode one = Reports.failed("check", "one");

    ObjectNode event = event(one);

    assertThat(event.path("account")).isEqualTo(one.at("/cloud/account/uid"));
    assertThat(event.path("detail-type").asText()).isEqualTo("Prowler Finding");
    assertThat(event.path("id")).isEqualTo(event(one.deepCopy()).path("id"));
    assertThat(event.path("id")).isNotEqualTo(event(Reports.failed("check", "two")).path("id"));
    assertThat(event.path("detail")).isEqualTo(one);
  }

  @Test
  void aLaterScanOfTheSameFailureIsAnotherEvent() {
    ObjectNode first = Reports.failed("check", "one");
    ObjectNode later = first.deepCopy();
    later.withObject("/finding_info").put("created_time", 1_795_254_000);

    assertThat(event(later).path("id")).isNotEqualTo(event(first).path("id"));
  }

  @ParameterizedTest
  @CsvSource({
    "created_time, 1795168680, 2026-11-20T09:58:00Z",
    "created_time, 1795168680000, 2026-11-20T09:58:00Z",
    "created_time, 9223372036854775807, 1970-01-01T00:00:00Z",
    "created_time_dt, 2026-11-20T09:58:00.123456, 2026-11-20T09:58:00.123456Z",
    "created_time_dt, 2026-11-20T09:58:00Z, 2026-11-20T09:58:00Z",
    "created_time_dt, yesterday, 1970-01-01T00:00:00Z"
  })
  void theTimeIsReadInEveryForm(String member, String value, String time) {
    ObjectNode finding = Reports.failed("check", "one");
    finding.remove("time");
    finding.remove("time_dt");
    finding.remove("finding_info");
    ObjectNode info = finding.putObject("finding_info");
    if (member.endsWith("_dt")) {
      info.put(member, value);
    } else {
      info.put(member, Long.parseLong(value));
    }

    assertThat(event(finding).path("time").asText()).isEqualTo(time);
  }

  @Test
  void aFindingOfNoRegionGetsTheRunsOwn() {
    ObjectNode finding = Reports.failed("check", "one");
    finding.withObject("/cloud").put("region", "global");
    ((ObjectNode) finding.at("/resources/0")).put("region", "global");

    assertThat(ProwlerFinding.of(finding).orElseThrow().event("eu-west-3").path("region").asText())
        .isEqualTo("eu-west-3");
  }

  @Test
  void aFindingOfNoAccountIsRefused() {
    ObjectNode finding = Reports.failed("check", "one");
    finding.remove("cloud");

    assertThatThrownBy(() -> event(finding)).isInstanceOf(ModelException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "status_code, FAIL, FAIL",
    "status_code, PASS, PASS",
    "status_code, MANUAL, MANUAL",
    "status_code, MUTED, MUTED",
    "status_code, fail, OTHER",
    "status_code, '', OTHER",
    "status, Suppressed, MUTED",
    "status, Resolved, MUTED",
    "status, New, FAIL"
  })
  void onlyFailIsAFailure(String member, String value, Status status) {
    ObjectNode finding = Reports.failed("check", "one").put(member, value);

    assertThat(ProwlerFinding.of(finding).orElseThrow().status()).isEqualTo(status);
  }

  @Test
  void aMutedFailureIsNone() {
    assertThat(ProwlerFinding.of(Reports.muted()).orElseThrow().status()).isEqualTo(Status.MUTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3",
        "[]",
        "{}",
        "{\"class_uid\":2003}",
        "{\"detail-type\":\"Prowler Finding\",\"class_uid\":2004}",
        "{\"DetailType\":\"t\",\"class_uid\":2004}"
      })
  void whatIsNoFindingIsLeftToOthers(String text) {
    assertThat(ProwlerFinding.of(Json.parse(text))).isEmpty();
  }

  private static ObjectNode event(ObjectNode finding) {
    return ProwlerFinding.of(finding).orElseThrow().event("us-east-1");
  }
}

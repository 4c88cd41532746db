package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.ExemptionScope;
import dev.cloudmend.store.Exemptions;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WakerTest {

  private static final String MACHINE =
      "arn:aws:states:us-east-1:123456789012:stateMachine:remediation";
  private static final Duration DAY = Duration.ofDays(1);

  @RegisterExtension final FreshStore tables = new FreshStore();
  @RegisterExtension final FakeStepFunctions server = new FakeStepFunctions();
  private Optional<Executions> executions = Optional.empty();

  @BeforeEach
  void open() {
    executions =
        Optional.of(Executions.open(SampleIncidents.REGION, Optional.of(server.endpoint())));
  }

  @AfterEach
  void close() {
    executions.ifPresent(Executions::close);
  }

  @Test
  void whatAnExceptionHeldBackIsAssessedOnceItIsOver() {
    Incident held = held("exc-1", "evt-1", "s3-bucket-versioning");
    assertThat(waker().wake()).isZero();
    tables.clock().advance(DAY);

    assertThat(waker().wake()).isEqualTo(1);

    assertThat(server.started()).hasSize(1);
    JsonNode started = server.started().getFirst();
    String name = started.path("name").asText();
    assertThat(name).matches("wake-[0-9a-f]{40}");
    assertThat(started.path("stateMachineArn").asText()).isEqualTo(MACHINE);
    assertThat(Json.parse(started.path("input").asText()))
        .isEqualTo(
            Json.parse(
                """
                {
                  "event": {
                    "version": "0",
                    "id": "%s",
                    "detail-type": "Assessment Requested",
                    "source": "cloudmend.manual",
                    "account": "123456789012",
                    "time": "2026-11-23T10:00:00Z",
                    "region": "us-east-1",
                    "resources": ["arn:aws:s3:::reports"],
                    "detail": {
                      "resource": "arn:aws:s3:::reports",
                      "account": "123456789012",
                      "region": "us-east-1",
                      "playbook": "s3-bucket-versioning",
                      "reason": "exception exc-1 of ana is over; it held back %s",
                      "requestedBy": "cloudmend-closer"
                    }
                  },
                  "run": {}
                }
                """
                    .formatted(name, held.incidentId())));
    assertThat(exemptions().heldBack("exc-1")).isEmpty();
    assertThat(waker().wake()).isZero();
  }

  @Test
  void whatARemovedExceptionHeldBackIsAssessedAtOnce() {
    held("exc-1", "evt-1", "p");
    exemptions().remove("exc-1");

    assertThat(waker().wake()).isEqualTo(1);

    assertThat(event(0).at("/detail/reason").asText())
        .contains("exception exc-1 of ana was removed");
    assertThat(exemptions().heldBack("exc-1")).isEmpty();
  }

  @Test
  void whatAnotherExceptionHoldsStays() {
    held("exc-1", "evt-1", "p");
    held("exc-2", "evt-2", "p");
    exemptions().remove("exc-1");

    assertThat(waker().wake()).isEqualTo(1);
    assertThat(exemptions().heldBack("exc-2")).hasSize(1);
  }

  @Test
  void aResourceThatWasHeldBackOftenIsAssessedOncePerPlaybook() {
    held("exc-1", "evt-1", "p");
    held("exc-1", "evt-2", "p");
    held("exc-1", "evt-3", "p");
    held("exc-1", "evt-4", "q");
    exemptions().remove("exc-1");

    assertThat(waker().wake()).isEqualTo(2);

    assertThat(server.started())
        .extracting(s -> Json.parse(s.path("input").asText()).at("/event/detail/playbook").asText())
        .containsExactlyInAnyOrder("p", "q");
    assertThat(exemptions().heldBack("exc-1")).isEmpty();
  }

  @Test
  void whatNoPlaybookAnsweredToIsAssessedByItsCheck() {
    Incident unmatched = SampleIncidents.unmatched("evt-1", RunOptions.NONE);
    hold("exc-1", unmatched);
    exemptions().remove("exc-1");

    assertThat(waker().wake()).isEqualTo(1);
    assertThat(event(0).at("/detail/check").asText()).isEqualTo("S3 buckets are private");
    assertThat(event(0).at("/detail").has("playbook")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"manual, true", "vanta, false"})
  void theBranchThatAPersonNamedIsNamedAgain(String source, boolean named) {
    hold("exc-1", onto("release/1", source));
    exemptions().remove("exc-1");

    waker().wake();

    assertThat(event(0).at("/detail/branch").asText()).isEqualTo(named ? "release/1" : "");
  }

  @Test
  void whatWasStartedAndNotForgottenIsNotStartedAgain() {
    Incident held = held("exc-1", "evt-1", "p");
    exemptions().remove("exc-1");
    waker().wake();
    exemptions().holdBack("exc-1", held.incidentId());

    assertThat(waker().wake()).isEqualTo(1);

    assertThat(server.started()).hasSize(1);
    assertThat(exemptions().heldBack("exc-1")).isEmpty();
  }

  @Test
  void whatCannotBeStartedStaysHeldAndTheNextSweepStartsIt() {
    Incident refused = held("exc-1", "evt-1", "p");
    held("exc-1", "evt-2", "q");
    exemptions().remove("exc-1");
    String name = Waker.nameOf("exc-1", refused.incidentId());
    server.refuses(name);

    assertThatThrownBy(() -> waker().wake())
        .isInstanceOf(ExecutionsUnavailableException.class)
        .hasMessageContaining("1 resources that an exception held back were not taken up again")
        .hasMessageContaining("not authorized to perform: states:StartExecution");

    assertThat(server.started()).hasSize(1);
    assertThat(exemptions().heldBack("exc-1")).containsExactly(refused.incidentId());
    server.allows(name);
    assertThat(waker().wake()).isEqualTo(1);
    assertThat(exemptions().heldBack("exc-1")).isEmpty();
  }

  @Test
  void anIncidentOfWhichNothingIsKnownDoesNotStandInTheWay() {
    held("exc-1", "evt-1", "p");
    exemptions().holdBack("exc-1", "inc-0");
    exemptions().remove("exc-1");

    assertThat(waker().wake()).isEqualTo(1);
    assertThat(exemptions().heldBack("exc-1")).isEmpty();
  }

  @Test
  void oneSweepAsksForABoundedNumberAndTheNextGoesOn() {
    for (int i = 0; i <= Waker.MOST; i++) {
      held("exc-1", "evt-" + i, "p-" + i);
    }
    exemptions().remove("exc-1");

    assertThat(waker().wake()).isEqualTo(Waker.MOST);
    assertThat(exemptions().heldBack("exc-1")).hasSize(1);
    assertThat(waker().wake()).isEqualTo(1);
  }

  @Test
  void aSweepTellsHowManyItWoke() {
    held("exc-1", "evt-1", "p");
    exemptions().remove("exc-1");
    server.hasStateMachine(MACHINE);
    var closer =
        new Closer(
            tables.store(),
            executions.orElseThrow(),
            List.of(MACHINE),
            tables.clock(),
            new Closer.Told() {
              @Override
              public void closed(Closed closed) {}

              @Override
              public void stopSwitch(boolean on) {}
            });

    assertThat(closer.sweep()).isEqualTo(new Closings(0, 0, 0, 1));
  }

  private Waker waker() {
    return new Waker(tables.store(), executions.orElseThrow(), MACHINE, tables.clock());
  }

  private Exemptions exemptions() {
    return tables.store().exemptions();
  }

  private Incident held(String exemptionId, String eventId, String playbook) {
    Incident incident = SampleIncidents.of(eventId, playbook, RunOptions.NONE);
    hold(exemptionId, incident);
    return incident;
  }

  private static Incident onto(String branch, String source) {
    Incident of = SampleIncidents.of("evt-1", "p", RunOptions.NONE);
    Finding finding = of.finding();
    return new Incident(
        of.incidentId(),
        of.playbook(),
        new Finding(
            finding.eventId(),
            source,
            finding.check(),
            finding.title(),
            finding.severity(),
            finding.frameworks(),
            finding.resource(),
            finding.observedAt(),
            null,
            Json.object().put("branch", branch)),
        null,
        null,
        of.run(),
        List.of());
  }

  private void hold(String exemptionId, Incident incident) {
    Instant now = tables.clock().instant();
    var scope = new ExemptionScope(SampleIncidents.BUCKET.toString(), null, null, null, null);
    exemptions().add(new Exemption(exemptionId, scope, "a public site", "ana", now, now.plus(DAY)));
    new AuditWriter(tables.store()).open(incident, "execution");
    exemptions().holdBack(exemptionId, incident.incidentId());
  }

  private JsonNode event(int place) {
    return Json.parse(server.started().get(place).path("input").asText()).path("event");
  }
}

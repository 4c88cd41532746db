package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.Link;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Findings that say that a check passed. */
class PassedTest {

  private static final String SAID = "the check's status is PASSED";

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"AWAITING_APPROVAL", "PULL_REQUEST_OPENED", "MANUAL", "PLANNED"})
  void whereTheLiveResourceAgreesTheIncidentThatWaitsIsClosed(Outcome waiting) {
    IncidentState open = waits("evt-1", waiting, true);
    desk.playbook.sees(new Assessment.Compliant());

    IncidentState passed = pass("evt-2");

    assertThat(passed.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(passed.reason()).startsWith(SAID).contains(open.incidentId()).contains("was closed");
    assertThat(desk.record(passed).link()).isEqualTo(new Link(Link.Kind.CLOSES, open.incidentId()));
    assertThat(desk.record(open).outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
    assertThat(desk.record(open).reason())
        .contains("passed, says vanta")
        .contains(passed.incidentId());
    assertThat(tables.store().audit().ofIncident(open.incidentId()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.kind()).isEqualTo("CLOSED");
              assertThat(entry.data().path("outcome").asText()).isEqualTo("ALREADY_COMPLIANT");
              assertThat(entry.data().path("closedBy").asText()).isEqualTo(passed.incidentId());
            });
  }

  @Test
  void theClaimOfWhatWasClosedIsFreeForTheNextFailure() {
    waits("evt-1", Outcome.MANUAL, true);
    desk.playbook.sees(new Assessment.Compliant());
    pass("evt-2");
    desk.playbook.seesViolation("Suspended");

    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-3"))).outcome()).isNull();
  }

  @Test
  void theIncidentsOfALiveAndOfADryRunAreBothClosed() {
    IncidentState dry = waits("evt-1", Outcome.PLANNED, false);
    IncidentState live = waits("evt-2", Outcome.AWAITING_APPROVAL, true);
    desk.playbook.sees(new Assessment.Compliant());

    IncidentState passed = pass("evt-3");

    assertThat(passed.reason()).contains(live.incidentId() + " and " + dry.incidentId());
    assertThat(List.of(desk.record(dry), desk.record(live)))
        .allMatch(record -> record.outcome() == Outcome.ALREADY_COMPLIANT);
  }

  @Test
  void whereTheLiveResourceStillViolatesNothingIsClosed() {
    IncidentState open = waits("evt-1", Outcome.MANUAL, true);

    IncidentState passed = pass("evt-2");

    assertThat(passed.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(passed.reason())
        .contains("but the live resource still violates")
        .contains(open.incidentId() + " stays");
    assertThat(desk.record(open).outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(desk.record(passed).link()).isNull();
    assertThat(passed.claim()).isNull();
    assertThat(tables.auditKinds(open.incidentId())).isEmpty();
  }

  @Test
  void whatCannotBeToldClosesNothing() {
    IncidentState open = waits("evt-1", Outcome.MANUAL, true);
    for (Assessment seen :
        List.of(
            new Assessment.Blocked("another account"),
            new Assessment.NotFound("it is gone"),
            new Assessment.NotApplicable("a directory bucket"))) {
      desk.playbook.sees(seen);
      assertThat(pass("evt-2").outcome()).isEqualTo(Outcome.IGNORED);
    }
    desk.playbook.cannotRead(Kind.ACCESS_DENIED, "AccessDenied");
    assertThat(pass("evt-3").outcome()).isEqualTo(Outcome.FAILED);

    assertThat(desk.record(open).outcome()).isEqualTo(Outcome.MANUAL);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"REMEDIATED", "FAILED", "IGNORED"})
  void whatDoesNotWaitIsLeftAsItIs(Outcome ended) {
    IncidentState open = waits("evt-1", ended, true);
    desk.playbook.sees(new Assessment.Compliant());

    assertThat(pass("evt-2").reason()).isEqualTo(SAID);
    assertThat(desk.record(open).outcome()).isEqualTo(ended);
  }

  @Test
  void whatRunsIsLeftAsItIs() {
    IncidentState running = desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    desk.playbook.sees(new Assessment.Compliant());

    assertThat(pass("evt-2").reason()).isEqualTo(SAID);
    assertThat(desk.record(running).outcome()).isNull();
  }

  @Test
  void whereNoneWaitsTheResourceIsNotLookedAt() {
    desk.playbook.cannotRead(Kind.ACCESS_DENIED, "AccessDenied");

    assertThat(pass("evt-1").reason()).isEqualTo(SAID);
  }

  @Test
  void aResourceThatIsGoneHasNothingToClose() {
    desk.answers =
        call -> {
          throw new AwsCallException(Kind.SERVICE, "NoSuchBucket", call, "gone");
        };

    assertThat(pass("evt-1").outcome()).isEqualTo(Outcome.IGNORED);
  }

  private IncidentState waits(String eventId, Outcome outcome, boolean live) {
    desk.playbook.seesViolation("Suspended");
    IncidentState planned =
        desk.assessor(tables.store(), live).assess(desk.open(Desk.incident(eventId)));
    assertThat(planned.outcome()).isNull();
    tables.store().claims().close(desk.claimKey(live), eventId, outcome);
    tables.store().incidents().close(planned.incidentId(), outcome, "as the policy says", null);
    return planned;
  }

  private IncidentState pass(String eventId) {
    Incident incident =
        new Incident(
            Incident.idOf(eventId, SampleIncidents.BUCKET.toString(), Desk.ID),
            Desk.ID,
            SampleIncidents.finding(eventId),
            Outcome.IGNORED,
            SAID,
            RunOptions.NONE,
            List.of());
    return desk.assessor().assess(desk.open(incident));
  }
}

package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.UndoMark;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims, undo marks, and incidents of one finding that overlap. */
class OnceOnlyTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void aSecondEventOfTheSameStateIsADuplicateOfTheFirst() {
    Incident first = Desk.incident("evt-1");
    desk.assessor().assess(desk.open(first));

    IncidentState second = desk.assessor().assess(desk.open(Desk.incident("evt-2")));

    assertThat(second.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(second.reason())
        .contains("is being handled since 2026-11-22T10:00:00Z")
        .contains(first.incidentId());
    assertThat(second.claim()).isNull();
  }

  @Test
  void aRetryOfTheSameEventIsPlannedAgain() {
    IncidentState state = desk.open(Desk.incident("evt-1"));
    IncidentState first = desk.assessor().assess(state);

    assertThat(desk.assessor().assess(state)).isEqualTo(first);
  }

  @Test
  void theSameEventAgainAfterItsEndIsADuplicate() {
    Incident incident = Desk.incident("evt-1");
    desk.assessor().assess(desk.open(incident));
    tables.store().claims().close(desk.claimKey(true), "evt-1", Outcome.MANUAL);

    IncidentState again = desk.assessor().assess(desk.open(incident));

    assertThat(again.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(again.reason()).contains("ended as MANUAL").contains(incident.incidentId());
  }

  @Test
  void anotherStateOfTheSameResourceIsNoDuplicate() {
    desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    desk.playbook.seesViolation("Never");

    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-2"))).outcome()).isNull();
  }

  @Test
  void withAgainTheClaimIsSkipped() {
    desk.assessor().assess(desk.open(Desk.incident("evt-1")));

    IncidentState second =
        desk.assessor().assess(desk.open(SampleIncidents.of("evt-2", Desk.ID, Desk.AGAIN)));

    assertThat(second.outcome()).isNull();
    assertThat(second.hash()).isEqualTo(desk.playbook.change("Suspended").hash());
  }

  @Test
  void aDryClaimDoesNotStandInTheWayOfALiveOne() {
    desk.assessor(tables.store(), false).assess(desk.open(Desk.incident("evt-1")));

    assertThat(
            desk.assessor(tables.store(), false)
                .assess(desk.open(Desk.incident("evt-2")))
                .outcome())
        .isEqualTo(Outcome.DUPLICATE);
    assertThat(
            desk.assessor(tables.store(), true).assess(desk.open(Desk.incident("evt-3"))).outcome())
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"AWAITING_APPROVAL", "PLANNED"})
  void aYesToTheHashOpensWhatWaitsForOne(Outcome waiting) {
    desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    tables.store().claims().close(desk.claimKey(true), "evt-1", waiting);

    String hash = desk.playbook.change("Suspended").hash();
    assertThat(desk.assessor().assess(desk.open(Desk.approving("evt-2", "sha256:other"))).outcome())
        .isEqualTo(Outcome.DUPLICATE);
    assertThat(desk.assessor().assess(desk.open(Desk.approving("evt-3", hash))).outcome()).isNull();
  }

  @Test
  void aYesDoesNotOpenWhatEndedOtherwise() {
    desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    tables.store().claims().close(desk.claimKey(true), "evt-1", Outcome.MANUAL);

    String hash = desk.playbook.change("Suspended").hash();
    assertThat(desk.assessor().assess(desk.open(Desk.approving("evt-2", hash))).outcome())
        .isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void aPlanOfANewStateGivesUpTheClaimOfTheOldOne() {
    IncidentState first = desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    desk.playbook.seesViolation("Never");

    IncidentState second = desk.assessor().assess(first);

    assertThat(second.attempt()).isEqualTo(2);
    desk.playbook.seesViolation("Suspended");
    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-2"))).outcome()).isNull();
  }

  @Test
  void whatAPersonTookBackIsNotDoneAgainUnlessAskedFor() {
    Change change = desk.playbook.change("Suspended");
    tables
        .store()
        .undoMarks()
        .mark(
            SampleIncidents.TARGET.key(),
            Desk.ID,
            change.fingerprint(),
            new UndoMark("ana", AdvancingClock.START, "inc-old"));

    IncidentState after = desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason())
        .contains("ana took this very fix back at 2026-11-22T10:00:00Z (incident inc-old)")
        .contains("--again");

    assertThat(
            desk.assessor()
                .assess(desk.open(SampleIncidents.of("evt-2", Desk.ID, Desk.AGAIN)))
                .outcome())
        .isNull();
  }

  @Test
  void whatAnEarlierIncidentOfTheFindingPlansIsNotPlannedTwice() {
    Incident earlier = SampleIncidents.of("evt-1", "earlier-playbook", RunOptions.NONE);
    tables.store().incidents().open(earlier, Desk.EXECUTION);
    tables.store().incidents().saveChange(earlier.incidentId(), desk.playbook.change("Suspended"));

    IncidentState after =
        desk.assessor()
            .assess(
                desk.open(
                    SampleIncidents.of("evt-1", Desk.ID, RunOptions.NONE, earlier.incidentId())));

    assertThat(after.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(after.reason()).contains(earlier.incidentId());
  }

  @Test
  void whatAnEarlierIncidentPlannedInAnotherExecutionOrOtherwiseCoversNothing() {
    Incident earlier = SampleIncidents.of("evt-1", "earlier-playbook", RunOptions.NONE);
    tables.store().incidents().open(earlier, "another-execution");
    tables.store().incidents().saveChange(earlier.incidentId(), desk.playbook.change("Suspended"));
    Incident incident = SampleIncidents.of("evt-1", Desk.ID, RunOptions.NONE, earlier.incidentId());

    assertThat(desk.assessor().assess(desk.open(incident)).outcome()).isNull();
    tables.store().incidents().open(earlier, Desk.EXECUTION);
    assertThat(desk.assessor().assess(desk.open(incident)).outcome()).isNull();
  }
}

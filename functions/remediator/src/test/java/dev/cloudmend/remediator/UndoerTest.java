package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.UndoMark;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UndoerTest {

  private static final String TARGET = SampleIncidents.TARGET.key();

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, true);

  @Test
  void aDryRunShowsTheWayBackAndWritesNothing() {
    IncidentState fixed = fixed();

    UndoState after = scene.undoer(false).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.PLANNED);
    Change undo = Objects.requireNonNull(after.change());
    assertThat(undo.apply())
        .containsExactly(FakeAccount.versioning("Suspended"), FakeAccount.block(false));
    assertThat(undo.after()).isEqualTo(FakeAccount.state(false, "Suspended"));
    assertThat(scene.account.writes()).hasSize(2);
    assertThat(record(fixed).undoneBy()).isNull();
    assertThat(tables.auditKinds(fixed.incidentId())).containsExactly("INTENT", "VERIFIED");
    assertThat(tables.store().leases().holder(TARGET)).isEmpty();
  }

  @Test
  void aLiveRunTakesTheFixBackAndRemembersWhoAskedForIt() {
    IncidentState fixed = fixed();
    Change applied =
        tables
            .store()
            .incidents()
            .change(fixed.incidentId(), Objects.requireNonNull(fixed.hash()))
            .orElseThrow();
    tables.clock().advance(Duration.ofMinutes(5));

    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(scene.account.state()).isEqualTo(FakeAccount.state(false, "Suspended"));
    var mark = new UndoMark("ana", tables.clock().instant(), fixed.incidentId());
    assertThat(mark(applied.fingerprint())).contains(mark);
    assertThat(record(fixed).undoneBy()).isEqualTo("ana");
    assertThat(record(fixed).undoneAt()).isEqualTo(tables.clock().instant());
    assertThat(scene.intent(fixed).done()).isTrue();
    assertThat(tables.auditKinds(fixed.incidentId()))
        .containsExactly("INTENT", "VERIFIED", "INTENT", "VERIFIED", "UNDONE");
    assertThat(tables.store().audit().ofIncident(fixed.incidentId()).getLast())
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("ana");
              assertThat(entry.data().path("takesBack").asText()).isEqualTo(applied.hash());
              assertThat(entry.data().path("hash").asText()).isEqualTo(after.hash());
            });
  }

  @Test
  void aDryUndoOfALiveRunShowsTheWayBackAndWritesNothing() {
    IncidentState fixed = fixed();
    JsonNode before = scene.account.state();
    var dry =
        new UndoState(
            fixed.incidentId(),
            Scene.EXECUTION,
            "ana",
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    UndoState after = scene.undoer(true).undo(dry);

    assertThat(after.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(after.change()).isNotNull();
    assertThat(scene.account.state()).isEqualTo(before);
    assertThat(record(fixed).undoneBy()).isNull();
  }

  /** A suspended bucket is not one that never had versions: undo may lead to a third state. */
  @Test
  void theStateBeforeAndTheStateThatUndoLeadsToAreBothRemembered() {
    Change planned = scene.plan();
    var applied =
        new Change(
            planned.target(),
            planned.playbook(),
            planned.playbookVersion(),
            FakeAccount.state(false, "Never"),
            planned.after(),
            planned.apply(),
            planned.undo(),
            planned.reversibility(),
            FakeAccount.state(false, "Suspended"),
            planned.summary(),
            planned.warnings(),
            planned.evidence());
    IncidentState fixed = fixed();
    tables.store().incidents().keepChange(fixed.incidentId(), applied);
    tables.store().incidents().applied(fixed.incidentId(), applied.hash());

    assertThat(scene.undoer(true).undo(asked(fixed.incidentId())).outcome())
        .isEqualTo(Outcome.UNDONE);
    assertThat(mark(applied.fingerprint())).isPresent();
    assertThat(mark(planned.fingerprint())).isPresent();
    assertThat(applied.fingerprint()).isNotEqualTo(planned.fingerprint());
  }

  @Test
  void aSecondTimeItIsUndoneAlready() {
    IncidentState fixed = fixed();
    scene.undoer(true).undo(asked(fixed.incidentId()));

    UndoState again = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(again.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(again.reason())
        .isEqualTo("it was taken back already, by ana at 2026-11-22T10:00:00Z");
    assertThat(scene.account.writes()).hasSize(4);
  }

  @Test
  void anIncidentThatAppliedNothingHasNothingToTakeBack() {
    IncidentState state = scene.decided("evt-1");

    UndoState after = scene.undoer(true).undo(asked(state.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason()).contains("has applied nothing to take back");
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void anIncidentThatDoesNotKnowWhetherItAppliedSaysHowToFindOut() {
    scene.account.set(FakeAccount.state(false, "Enabled"));
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.UNREACHABLE, "UNREACHABLE");
    scene.remediator().apply(state);

    UndoState after = scene.undoer(true).undo(asked(state.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason()).contains("began its change").contains("run its event again");
  }

  @Test
  void anUnknownIncidentIsSaidToBeUnknown() {
    UndoState after = scene.undoer(true).undo(asked("inc-unknown"));

    assertThat(after.outcome()).isEqualTo(Outcome.RESOURCE_NOT_FOUND);
    assertThat(after.reason()).isEqualTo("there is no incident inc-unknown");
  }

  @Test
  void whatSomebodyChangedSinceIsNotOverwrittenAndTheDifferenceIsShown() {
    IncidentState fixed = fixed();
    scene.account.set(FakeAccount.state(true, "MfaDelete"));

    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason()).contains("/versioning expected \"Enabled\", found \"MfaDelete\"");
    assertThat(scene.account.writes()).hasSize(2);
    assertThat(record(fixed).undoneBy()).isNull();
  }

  @Test
  void whatSomebodyElseTookBackIsLeftAlone() {
    IncidentState fixed = fixed();
    scene.account.set(FakeAccount.state(false, "Suspended"));

    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
    assertThat(scene.account.writes()).hasSize(2);
  }

  @Test
  void withTheStopSwitchOnNothingIsTakenBack() {
    IncidentState fixed = fixed();
    tables.store().safety().stop("bob", "a bad day");

    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason()).startsWith("stopped: bob");
    assertThat(scene.account.writes()).hasSize(2);
  }

  @Test
  void aResourceThatIsBeingChangedIsNotTouched() {
    IncidentState fixed = fixed();
    tables.store().leases().acquire(TARGET, "somebody/else", Duration.ofSeconds(30));

    assertThatThrownBy(() -> scene.undoer(true).undo(asked(fixed.incidentId())))
        .isExactlyInstanceOf(LeaseHeldException.class);
    assertThat(scene.account.writes()).hasSize(2);
  }

  @Test
  void aStateThatIsNotSeenYetIsLookedForAgain() {
    IncidentState fixed = fixed();
    scene.account.lagFor(2);

    UndoState first = scene.undoer(true).undo(asked(fixed.incidentId()));
    assertThat(first.next()).isEqualTo(Next.VERIFY);
    assertThat(first.outcome()).isNull();
    assertThat(tables.store().leases().holder(TARGET)).isPresent();

    UndoState second = scene.undoer(true).verify(first);
    assertThat(second.next()).isEqualTo(Next.VERIFY);

    UndoState third = scene.undoer(true).verify(second);
    assertThat(third.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(Objects.requireNonNull(third.verification()).reads()).isEqualTo(3);
    assertThat(record(fixed).undoneBy()).isEqualTo("ana");
    assertThat(tables.store().leases().holder(TARGET)).isEmpty();
  }

  @Test
  void aStateThatIsNotSeenInTimeFailsAndIsRememberedWhenAskedAgain() {
    IncidentState fixed = fixed();
    scene.account.lagFor(100);

    UndoState at = scene.undoer(true).undo(asked(fixed.incidentId()));
    for (int i = 0; i < 10 && at.next() == Next.VERIFY; i++) {
      at = scene.undoer(true).verify(at);
    }

    assertThat(at.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(Objects.requireNonNull(at.error()).type()).isEqualTo("NotVerified");
    assertThat(Objects.requireNonNull(at.verification()).reads()).isEqualTo(4);
    assertThat(record(fixed).undoneBy()).isNull();

    scene.account.catchUp();
    assertThat(scene.undoer(true).undo(asked(fixed.incidentId())).outcome())
        .isEqualTo(Outcome.UNDONE);
    assertThat(scene.account.writes()).hasSize(4);
    assertThat(record(fixed).undoneBy()).isEqualTo("ana");
  }

  /** Otherwise the next event would make the fix again. */
  @Test
  void anUndoWhoseProcessDiedIsRememberedByTheNextOne() {
    IncidentState fixed = fixed();
    scene.account.dieAfter(4);
    assertThatThrownBy(() -> scene.undoer(true).undo(asked(fixed.incidentId())))
        .isInstanceOf(FakeAccount.ProcessDied.class);
    assertThat(mark(scene.plan().fingerprint())).isEmpty();

    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(mark(scene.plan().fingerprint())).isPresent();
    assertThat(scene.account.writes()).hasSize(4);
  }

  @Test
  void aHalfWayUndoIsLeftAndTheRestIsNotHidden() {
    IncidentState fixed = fixed();
    scene.account.refuse(4, Kind.ACCESS_DENIED, FakeAccount.DENIED);

    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(after.reason())
        .contains("after 1 of 2 calls; not taken back, because it is a way back itself");
    assertThat(record(fixed).undoneBy()).isNull();
  }

  @Test
  void aReadThatMayWorkLaterIsTriedAgainAndARefusedOneFails() {
    IncidentState fixed = fixed();
    scene.account.failReads(Kind.THROTTLED, "SlowDown");
    assertThatThrownBy(() -> scene.undoer(true).undo(asked(fixed.incidentId())))
        .isExactlyInstanceOf(TryAgainException.class);

    scene.account.failReads(Kind.ACCESS_DENIED, FakeAccount.DENIED);
    UndoState after = scene.undoer(true).undo(asked(fixed.incidentId()));
    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(after.reason()).contains("AccessDenied").endsWith("; nothing was changed");
  }

  private IncidentState fixed() {
    IncidentState state = scene.decided("evt-1");
    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    return state;
  }

  private static UndoState asked(String incidentId) {
    return new UndoState(
        incidentId, Scene.EXECUTION, "ana", null, null, null, null, null, null, null, null);
  }

  private IncidentRecord record(IncidentState state) {
    return tables.store().incidents().find(state.incidentId()).orElseThrow();
  }

  private Optional<UndoMark> mark(String fingerprint) {
    return tables.store().undoMarks().find(TARGET, BucketSettings.ID, fingerprint);
  }
}

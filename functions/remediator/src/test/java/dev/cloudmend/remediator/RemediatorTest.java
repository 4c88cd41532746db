package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Verification;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemediatorTest {

  private static final String TARGET = SampleIncidents.TARGET.key();
  private static final Limits ONE_A_WINDOW = new Limits(1, 1, 1, Duration.ofHours(1));

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);

  @Test
  void appliesWhatWasAgreedAndReadsItBack() {
    IncidentState state = scene.decided("evt-1");

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(scene.account.writes())
        .containsExactly(FakeAccount.block(true), FakeAccount.versioning("Enabled"));
    assertThat(scene.account.state()).isEqualTo(FakeAccount.state(true, "Enabled"));
    IncidentRecord record = record(state);
    assertThat(record.appliedHash()).isEqualTo(state.hash());
    assertThat(record.verification())
        .isEqualTo(
            new Verification(
                true, 1, FakeAccount.state(true, "Enabled"), FakeAccount.state(true, "Enabled")));
    assertThat(scene.intent(state).done()).isTrue();
    assertThat(tables.auditKinds(state.incidentId())).containsExactly("INTENT", "VERIFIED");
  }

  @Test
  void theIntentStandsInTheAuditTrailAndTheStoreBeforeTheFirstCall() {
    IncidentState state = scene.decided("evt-1");
    scene.account.beforeWrite(
        1,
        () -> {
          assertThat(tables.store().audit().ofIncident(state.incidentId()))
              .singleElement()
              .satisfies(
                  entry -> {
                    assertThat(entry.kind()).isEqualTo("INTENT");
                    assertThat(entry.data().at("/change/hash").asText()).isEqualTo(state.hash());
                    assertThat(entry.data().at("/change/undo")).hasSize(2);
                  });
          assertThat(scene.intent(state).done()).isFalse();
        });

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void aStateThatChangedSinceThePlanIsPlannedAgainAndTheThirdTimeItExpires() {
    IncidentState state = scene.decided("evt-1");

    scene.account.set(FakeAccount.state(false, "Enabled"));
    IncidentState first = scene.remediator().apply(state);
    assertThat(first.next()).isEqualTo(Next.ASSESS);
    assertThat(first.outcome()).isNull();

    IncidentState again = scene.planAgain(first);
    scene.account.set(FakeAccount.state(true, "Suspended"));
    IncidentState second = scene.remediator().apply(again);
    assertThat(second.next()).isEqualTo(Next.ASSESS);

    IncidentState oneMore = scene.planAgain(second);
    scene.account.set(FakeAccount.state(false, "Suspended"));
    IncidentState third = scene.remediator().apply(oneMore);
    assertThat(third.outcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(third.reason()).contains("3 times").contains("nothing was written");
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.auditKinds(state.incidentId())).isEmpty();
  }

  @Test
  void whatBecameCompliantMeanwhileIsLeftAlone() {
    IncidentState state = scene.decided("evt-1");
    scene.account.set(FakeAccount.state(true, "Enabled"));

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
    assertThat(scene.account.writes()).isEmpty();
    assertThat(record(state).appliedHash()).isNull();
  }

  @Test
  void whatIsGoneOrBlockedMeanwhileIsLeftAlone() {
    IncidentState state = scene.decided("evt-1");

    scene.playbook.assessAs(new Assessment.NotFound("it is gone"));
    assertThat(scene.remediator().apply(state))
        .isEqualTo(state.ended(Outcome.RESOURCE_NOT_FOUND, "it is gone"));
    scene.playbook.assessAs(new Assessment.Blocked("it would cut you off"));
    assertThat(scene.remediator().apply(state))
        .isEqualTo(state.ended(Outcome.BLOCKED, "it would cut you off"));
    scene.playbook.assessAs(new Assessment.NotApplicable("it is no bucket"));
    assertThat(scene.remediator().apply(state))
        .isEqualTo(state.ended(Outcome.UNSUPPORTED, "it is no bucket"));
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void withoutBothYesesNothingIsWritten() {
    IncidentState state = scene.decided("evt-1");
    IncidentState dryDecision =
        state.decided(
            new Decision(Mode.automatic, true, "test", List.of("live"), List.of(), "sha256:0"));

    assertThat(scene.remediator().apply(dryDecision).outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(scene.remediator(tables.store(), false, Limits.DEFAULT).apply(state).outcome())
        .isEqualTo(Outcome.PLANNED);
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.auditKinds(state.incidentId())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"guided", "manual", "ignore"})
  void aModeThatNeedsAYesIsNotAppliedWithoutOne(Mode mode) {
    IncidentState state =
        scene
            .decided("evt-1")
            .decided(new Decision(mode, false, "test", List.of("live"), List.of(), "sha256:0"));

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void aGuidedChangeWithAYesToItsHashIsApplied() {
    Change change = scene.plan();
    IncidentState state =
        scene
            .decided("evt-1", approving(change))
            .decided(
                new Decision(Mode.guided, false, "test", List.of("live"), List.of(), "sha256:0"));

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void aResourceThatAnotherOneIsChangingIsNotTouched() {
    IncidentState state = scene.decided("evt-1");
    tables.store().leases().acquire(TARGET, "somebody/else", Duration.ofSeconds(30));

    assertThatThrownBy(() -> scene.remediator().apply(state))
        .isExactlyInstanceOf(LeaseHeldException.class)
        .hasMessage(
            "arn:aws:s3:::reports is being changed by somebody/else,"
                + " at most until 2026-11-22T10:00:30Z; nothing was written");
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.store().leases().isHeld(TARGET, "somebody/else")).isTrue();
  }

  @Test
  void theLeaseOfAHolderThatDiedIsTakenOver() {
    IncidentState state = scene.decided("evt-1");
    tables.store().leases().acquire(TARGET, "somebody/else", Duration.ofSeconds(30));
    tables.clock().advance(Duration.ofSeconds(31));

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void theLeaseIsHeldWhileItWritesAndGivenBackAtTheEnd() {
    IncidentState state = scene.decided("evt-1");
    String owner = ResourceLease.ownerOf(Scene.EXECUTION, state.incidentId());
    scene.account.beforeWrite(
        1, () -> assertThat(tables.store().leases().isHeld(TARGET, owner)).isTrue());

    scene.remediator().apply(state);

    assertThat(tables.store().leases().holder(TARGET)).isEmpty();
  }

  @Test
  void withTheStopSwitchOnNothingIsWritten() {
    IncidentState state = scene.decided("evt-1");
    tables.store().safety().stop("ana", "a bad day");

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason()).startsWith("stopped: ana switched live changes off at 2026-11-22");
    assertThat(after.reason()).endsWith("(a bad day)");
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.auditKinds(state.incidentId())).isEmpty();
  }

  @Test
  void pastTheBudgetAFixNeedsAYes() {
    Remediator tight = scene.remediator(tables.store(), true, ONE_A_WINDOW);
    assertThat(tight.apply(scene.decided("evt-1")).outcome()).isEqualTo(Outcome.REMEDIATED);
    scene.account.set(FakeAccount.state(false, "Suspended"));
    IncidentState second = scene.decided("evt-2");

    IncidentState after = tight.apply(second);

    assertThat(after.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(after.reason())
        .contains("budget of 1 live changes (account 123456789012)")
        .endsWith("--approve " + second.hash());
    assertThat(scene.account.writes()).hasSize(2);

    IncidentState approved = scene.decided("evt-3", approving(scene.plan()));
    assertThat(tight.apply(approved).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void withoutAnAuditTrailNothingIsWritten() {
    IncidentState state = scene.decided("evt-1");
    Remediator unaudited = scene.remediator(tables.withoutAuditTable(), true, Limits.DEFAULT);

    assertThatThrownBy(() -> unaudited.apply(state))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no-audit-table");
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.store().leases().holder(TARGET)).isEmpty();
  }

  @Test
  void withoutAStateTableNothingIsWritten() {
    IncidentState state = scene.decided("evt-1");
    Remediator lost = scene.remediator(tables.withoutTables(), true, Limits.DEFAULT);

    assertThatThrownBy(() -> lost.apply(state)).isInstanceOf(StoreException.class);
    assertThat(scene.account.writes()).isEmpty();
  }

  private IncidentRecord record(IncidentState state) {
    return tables.store().incidents().find(state.incidentId()).orElseThrow();
  }

  private static RunOptions approving(Change change) {
    return new RunOptions(List.of(change.hash()), false, "ana");
  }
}

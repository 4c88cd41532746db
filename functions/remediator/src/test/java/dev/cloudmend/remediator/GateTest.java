package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.AuditUnavailableException;
import dev.cloudmend.store.Fix;
import dev.cloudmend.store.Histories;
import dev.cloudmend.store.Spent;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Budget and breaker around a fix. */
class GateTest {

  private static final String KEY = SampleIncidents.TARGET.key();
  private static final String EVE = "arn:aws:iam::123456789012:user/eve";

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ACCESS_DENIED", "SERVICE", "INVALID_CALL", "REFUSED"})
  void whatWroteNothingCostsNothing(Kind kind) {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, kind, "No");

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.FAILED);

    assertThat(used()).containsOnly(0);
    assertThat(fixes()).isEmpty();
  }

  @Test
  void aThrottledFirstCallCostsNothingUntilItIsMade() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.THROTTLED, "SlowDown");

    assertThatThrownBy(() -> scene.remediator().apply(state)).isInstanceOf(TryAgainException.class);
    assertThat(used()).containsOnly(0);
    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(used()).containsOnly(1);
  }

  @Test
  void aThrottledAnswerDoesNotHideThatTheFixIsThere() {
    scene.account.set(FakeAccount.state(false, "Enabled"));
    IncidentState state = scene.decided("evt-1");
    scene.account.answerWrongly(1, Kind.THROTTLED, "SlowDown");

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(used()).containsOnly(1);
  }

  @Test
  void whatMayHaveHappenedStaysCounted() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.UNREACHABLE, "UNREACHABLE");

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.FAILED);

    assertThat(used()).containsOnly(1);
  }

  @Test
  void whatWasTakenBackHalfWayStaysCounted() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(2, Kind.ACCESS_DENIED, FakeAccount.DENIED);

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.ROLLED_BACK);

    assertThat(used()).containsOnly(1);
    assertThat(fixes()).isEmpty();
  }

  @Test
  void withoutAnAuditTrailNothingIsDoneAndNothingIsCounted() {
    IncidentState state = scene.decided("evt-1");
    Remediator unaudited = scene.remediator(tables.withoutAuditTable(), true, Limits.DEFAULT);

    assertThatThrownBy(() -> unaudited.apply(state)).isInstanceOf(AuditUnavailableException.class);

    assertThat(scene.account.writes()).isEmpty();
    assertThat(used()).containsOnly(0);
  }

  @Test
  void aProcessThatDiesAfterCountingLeavesTooMuchCountedNeverTooLittle() {
    IncidentState state = scene.decided("evt-1");
    scene.account.beforeWrite(
        1,
        () -> {
          throw new FakeAccount.ProcessDied();
        });
    assertThatThrownBy(() -> scene.remediator().apply(state))
        .isInstanceOf(FakeAccount.ProcessDied.class);
    scene.account.refuse(2, Kind.ACCESS_DENIED, FakeAccount.DENIED);

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.FAILED);

    assertThat(used()).containsOnly(1);
  }

  @Test
  void aFixIsRecordedOnceWithBothSides() {
    Instant fixedAt = tables.clock().instant();
    IncidentState state = scene.decided("evt-1", RunOptions.NONE, EVE);
    scene.remediator().apply(state);
    tables.clock().advance(Duration.ofSeconds(5));

    scene.remediator().apply(state);

    assertThat(fixes()).containsExactly(new Fix(state.incidentId(), fixedAt, "cloudmend", EVE));
  }

  @Test
  void withoutAnActorTheSourceIsNamed() {
    scene.remediator().apply(scene.decided("evt-1"));

    assertThat(fixes()).extracting(Fix::brokenBy).containsExactly("vanta");
  }

  @Test
  void theFourthFixWithinADayNeedsAYesAndTheRecordNamesBothSides() {
    breakAndFix(3);
    IncidentState state = broken("evt-4", RunOptions.NONE);
    int before = scene.account.writes().size();

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(after.reason())
        .startsWith("fixed 3 times within PT24H and broken again: fixed by cloudmend; broken by ")
        .contains(EVE + " before 2026")
        .endsWith("; the fix needs a yes to its hash: --approve " + state.hash());
    assertThat(scene.account.writes()).hasSize(before);
    assertThat(used()).containsOnly(3);
    AuditEntry entry = tables.store().audit().ofIncident(state.incidentId()).getFirst();
    assertThat(entry.kind()).isEqualTo("BREAKER");
    assertThat(entry.data().path("fixes").findValuesAsText("by")).containsOnly("cloudmend");
    assertThat(entry.data().path("fixes").findValuesAsText("brokenBy"))
        .hasSize(3)
        .containsOnly(EVE);
    assertThat(entry.data().path("brokenNowBy").asText()).isEqualTo(EVE);
    assertThat(entry.data().path("hash").asText()).isEqualTo(state.hash());
    assertThat(tables.auditKinds(state.incidentId())).containsExactly("BREAKER");
  }

  @Test
  void aYesToThisVeryChangePassesTheBreaker() {
    breakAndFix(3);
    String hash = scene.plan().hash();

    IncidentState state = broken("evt-4", new RunOptions(List.of(hash), false, "ana"));

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(fixes()).hasSize(4).first().extracting(Fix::by).isEqualTo("ana");
  }

  @Test
  void aYesToAnotherChangeDoesNot() {
    breakAndFix(3);

    IncidentState state = broken("evt-4", new RunOptions(List.of("sha256:other"), false, "ana"));

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
  }

  @Test
  void fixesThatAreLongPastDoNotTripIt() {
    breakAndFix(3);
    tables.clock().advance(Breaker.DEFAULT.window().plusSeconds(1));

    assertThat(scene.remediator().apply(broken("evt-4", RunOptions.NONE)).outcome())
        .isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void theStopSwitchBeatsTheBreaker() {
    breakAndFix(3);
    tables.store().safety().stop("ana", "");

    assertThat(scene.remediator().apply(broken("evt-4", RunOptions.NONE)).outcome())
        .isEqualTo(Outcome.BLOCKED);
  }

  @Test
  void aWayBackIsNoFixAndIsNotStoppedByTheBreaker() {
    breakAndFix(3);
    String last = fixes().getFirst().incidentId();
    scene.account.set(FakeAccount.state(true, "Enabled"));

    assertThat(
            scene
                .undoer(true)
                .undo(
                    new UndoState(
                        last,
                        Scene.EXECUTION,
                        "ana",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .outcome())
        .isEqualTo(Outcome.UNDONE);
    assertThat(fixes()).hasSize(3);
  }

  private void breakAndFix(int times) {
    for (int i = 1; i <= times; i++) {
      IncidentState state = broken("evt-" + i, RunOptions.NONE);
      assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
      tables.clock().advance(Duration.ofMinutes(1));
    }
    scene.account.set(FakeAccount.state(false, "Suspended"));
  }

  private IncidentState broken(String eventId, RunOptions run) {
    scene.account.set(FakeAccount.state(false, "Suspended"));
    return scene.decided(eventId, run, EVE);
  }

  private List<Integer> used() {
    return tables.store().safety().spent(Limits.DEFAULT).stream().map(Spent::used).toList();
  }

  private List<Fix> fixes() {
    Histories histories = tables.store().histories();
    return histories.fixes(KEY, BucketSettings.ID);
  }
}

package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsCommandLine;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that are refused, get lost, or end with the process. */
class FailingWritesTest {

  private static final Limits ONE_A_WINDOW = new Limits(1, 1, 1, Duration.ofHours(1));

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);
  private final Scene widening = new Scene(tables, true);

  @Test
  void aRefusedFirstCallChangesNothingAndSaysSo() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.ACCESS_DENIED, FakeAccount.DENIED);

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).type()).isEqualTo("AccessDenied");
    assertThat(problem(after).step()).isEqualTo("remediate");
    assertThat(problem(after).message()).endsWith("; nothing was changed");
    assertThat(scene.account.writes()).hasSize(1);
    assertThat(scene.intent(state).done()).isTrue();
    assertThat(tables.auditKinds(state.incidentId())).containsExactly("INTENT", "FAILED");
    assertThat(tables.store().leases().holder(SampleIncidents.TARGET.key())).isEmpty();
  }

  @Test
  void whatAHalfWayFixDidIsTakenBack() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(2, Kind.ACCESS_DENIED, FakeAccount.DENIED);

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(problem(after).message())
        .contains("AccessDenied")
        .contains("after 1 of 2 calls")
        .endsWith("what was done was taken back");
    assertThat(scene.account.state()).isEqualTo(FakeAccount.state(false, "Suspended"));
    assertThat(scene.account.writes())
        .containsExactly(
            FakeAccount.block(true), FakeAccount.versioning("Enabled"), FakeAccount.block(false));
    assertThat(tables.auditKinds(state.incidentId())).containsExactly("INTENT", "ROLLED_BACK");
  }

  @Test
  void whatWouldWidenAccessIsNotTakenBackAndTheWayBackIsPrinted() {
    IncidentState state = widening.decided("evt-1");
    widening.account.refuse(2, Kind.ACCESS_DENIED, FakeAccount.DENIED);

    IncidentState after = widening.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).message())
        .contains("after 1 of 2 calls; not taken back, because that would widen access")
        .endsWith("To take it back:\n" + AwsCommandLine.of(FakeAccount.block(false)));
    assertThat(widening.account.writes()).hasSize(2);
    assertThat(widening.account.state()).isEqualTo(FakeAccount.state(true, "Suspended"));
  }

  @Test
  void whatCannotBeTakenBackIsPrinted() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(2, Kind.ACCESS_DENIED, FakeAccount.DENIED);
    scene.account.refuse(3, Kind.THROTTLED, "SlowDown");

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).type()).isEqualTo("AccessDenied");
    assertThat(problem(after).message())
        .contains("taking it back failed too: s3:PutPublicAccessBlock: SlowDown")
        .endsWith(AwsCommandLine.of(FakeAccount.block(false)));
    assertThat(scene.account.state()).isEqualTo(FakeAccount.state(true, "Suspended"));
  }

  @Test
  void whatWasTakenBackButIsNotSeenIsNotCalledRolledBack() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(2, Kind.ACCESS_DENIED, FakeAccount.DENIED);
    scene.account.beforeWrite(
        3, () -> scene.account.failReads(Kind.ACCESS_DENIED, FakeAccount.DENIED));

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).message()).contains("the state before was not seen again");
  }

  @Test
  void aThrottledFirstCallIsTriedAgainAndCountedOnce() {
    Remediator tight = scene.remediator(tables.store(), true, ONE_A_WINDOW);
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.THROTTLED, "SlowDown");

    assertThatThrownBy(() -> tight.apply(state)).isExactlyInstanceOf(TryAgainException.class);

    assertThat(tight.apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(scene.account.writes()).hasSize(3);
  }

  @Test
  void aRetryDoesNotPassTheStopSwitch() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.THROTTLED, "SlowDown");
    assertThatThrownBy(() -> scene.remediator().apply(state))
        .isExactlyInstanceOf(TryAgainException.class);
    tables.store().safety().stop("ana", "");

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(scene.account.writes()).hasSize(1);
  }

  @Test
  void aCallWhoseAnswerWasLostCountsWhenItsEffectIsThere() {
    scene.account.set(FakeAccount.state(false, "Enabled"));
    IncidentState state = scene.decided("evt-1");
    scene.account.answerWrongly(1, Kind.UNREACHABLE, "UNREACHABLE");

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(scene.intent(state).done()).isTrue();
  }

  /** The SDK sent it twice; the second time the service says that there is nothing to do. */
  @Test
  void anErrorOfTheServiceDoesNotHideThatTheFixIsThere() {
    scene.account.set(FakeAccount.state(false, "Enabled"));
    IncidentState state = scene.decided("evt-1");
    scene.account.answerWrongly(1, Kind.SERVICE, "InvalidPermission.NotFound");

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void aCallWithoutAnAnswerAndWithoutEffectFailsAndKeepsItsIntentOpen() {
    scene.account.set(FakeAccount.state(false, "Enabled"));
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(1, Kind.UNREACHABLE, "UNREACHABLE");

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).message())
        .contains("no answer came, so it is not known whether it took effect")
        .endsWith(AwsCommandLine.of(FakeAccount.block(false)));
    assertThat(scene.intent(state).done()).isFalse();
  }

  @Test
  void aHalfWayFixWithoutAnAnswerIsLeftAndTheWholeWayBackIsPrinted() {
    IncidentState state = scene.decided("evt-1");
    scene.account.refuse(2, Kind.UNREACHABLE, "UNREACHABLE");

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).message())
        .contains("not taken back, because no answer came")
        .endsWith(
            AwsCommandLine.of(FakeAccount.versioning("Suspended"))
                + "\n"
                + AwsCommandLine.of(FakeAccount.block(false)));
    assertThat(scene.account.writes()).hasSize(2);
    assertThat(scene.intent(state).done()).isFalse();
  }

  @Test
  void aProcessThatDiesAfterTheCallsIsFinishedByTheNextOneWithoutCallingAgain() {
    IncidentState state = scene.decided("evt-1");
    scene.account.dieAfter(2);
    assertThatThrownBy(() -> scene.remediator().apply(state))
        .isInstanceOf(FakeAccount.ProcessDied.class);

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(scene.account.writes()).hasSize(2);
    assertThat(tables.auditKinds(state.incidentId())).containsExactly("INTENT", "VERIFIED");
    assertThat(scene.intent(state).done()).isTrue();
  }

  @Test
  void aStepWhoseAnswerGotLostComesAgainAndIsStillRemediated() {
    IncidentState state = scene.decided("evt-1");
    scene.remediator().apply(state);

    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(scene.account.writes()).hasSize(2);
  }

  @Test
  void whatAnEarlierExecutionDidIsNotThisOnesWork() {
    scene.remediator().apply(scene.decided("evt-1"));
    scene.account.set(FakeAccount.state(false, "Suspended"));
    tables.clock().advance(Duration.ofMinutes(1));
    IncidentState again = scene.decided("evt-1");
    scene.account.set(FakeAccount.state(true, "Enabled"));

    assertThat(scene.remediator().apply(again).outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
  }

  @Test
  void aReadThatIsRefusedBeforeTheFirstCallFails() {
    IncidentState state = scene.decided("evt-1");
    scene.account.failReads(Kind.ACCESS_DENIED, FakeAccount.DENIED);

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(problem(after).type()).isEqualTo("AccessDenied");
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void aReadThatMayWorkLaterIsTriedAgain() {
    IncidentState state = scene.decided("evt-1");
    scene.account.failReads(Kind.UNREACHABLE, "UNREACHABLE");

    assertThatThrownBy(() -> scene.remediator().apply(state))
        .isExactlyInstanceOf(TryAgainException.class);
    assertThat(scene.account.writes()).isEmpty();
  }

  private static Problem problem(IncidentState state) {
    return Objects.requireNonNull(state.error());
  }
}

package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.AwsCommandLine;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Verification;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An after-state that is seen late, or never. */
class VerificationTest {

  private static final String TARGET = SampleIncidents.TARGET.key();

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);

  @Test
  void anAfterStateThatIsNotSeenYetIsLookedForAgain() {
    IncidentState state = scene.decided("evt-1");
    scene.account.lagFor(2);

    IncidentState first = scene.remediator().apply(state);
    assertThat(first.next()).isEqualTo(Next.VERIFY);
    assertThat(first.outcome()).isNull();

    IncidentState second = scene.remediator().verify(first);
    assertThat(second.next()).isEqualTo(Next.VERIFY);

    IncidentState third = scene.remediator().verify(second);
    assertThat(third.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(verification(state).reads()).isEqualTo(3);
    assertThat(verification(state).holds()).isTrue();
    assertThat(scene.account.writes()).hasSize(2);
  }

  @Test
  void theLeaseIsKeptFromTheCallsToTheLastLook() {
    IncidentState state = scene.decided("evt-1");
    String owner = ResourceLease.ownerOf(Scene.EXECUTION, state.incidentId());
    scene.account.lagFor(2);

    IncidentState first = scene.remediator().apply(state);
    assertThat(tables.store().leases().isHeld(TARGET, owner)).isTrue();
    IncidentState second = scene.remediator().verify(first);
    assertThat(tables.store().leases().isHeld(TARGET, owner)).isTrue();
    scene.remediator().verify(second);
    assertThat(tables.store().leases().holder(TARGET)).isEmpty();
  }

  @Test
  void afterFourLooksItFailsAndTheWayBackIsPrinted() {
    IncidentState state = scene.decided("evt-1");
    scene.account.lagFor(100);

    IncidentState after = untilItEnds(scene.remediator().apply(state));

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    var problem = Objects.requireNonNull(after.error());
    assertThat(problem.type()).isEqualTo("NotVerified");
    assertThat(problem.step()).isEqualTo("verify");
    assertThat(problem.message())
        .contains("after 4 reads the after-state was not seen")
        .contains("observed {\"blocksPublic\":false,\"versioning\":\"Suspended\"}")
        .contains("cloudmend undo " + state.incidentId())
        .endsWith(
            AwsCommandLine.of(FakeAccount.versioning("Suspended"))
                + "\n"
                + AwsCommandLine.of(FakeAccount.block(false)));
    assertThat(verification(state).reads()).isEqualTo(4);
    assertThat(record(state).appliedHash()).isEqualTo(state.hash());
    assertThat(scene.intent(state).done()).isTrue();
    assertThat(tables.store().leases().holder(TARGET)).isEmpty();
  }

  @Test
  void looksThatFailAreCountedToo() {
    IncidentState state = scene.decided("evt-1");
    scene.account.beforeWrite(
        2, () -> scene.account.failReads(Kind.ACCESS_DENIED, FakeAccount.DENIED));

    IncidentState after = untilItEnds(scene.remediator().apply(state));

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(Objects.requireNonNull(after.error()).message())
        .contains("observed \"AccessDenied\"");
    assertThat(verification(state).reads()).isEqualTo(4);
  }

  @Test
  void aLookThatFailsOnceIsMadeGoodByTheNext() {
    IncidentState state = scene.decided("evt-1");
    scene.account.beforeWrite(2, () -> scene.account.failReads(Kind.THROTTLED, "SlowDown"));

    IncidentState first = scene.remediator().apply(state);
    assertThat(first.next()).isEqualTo(Next.VERIFY);
    scene.account.healReads();

    assertThat(scene.remediator().verify(first).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void whoFindsTheLeaseTakenAfterTheCallsDoesNotSayThatNothingWasWritten() {
    IncidentState state = scene.decided("evt-1");
    scene.account.lagFor(1);
    IncidentState first = scene.remediator().apply(state);
    tables.clock().advance(Duration.ofMinutes(2));
    tables.store().leases().acquire(TARGET, "somebody/else", Duration.ofSeconds(30));

    assertThatThrownBy(() -> scene.remediator().verify(first))
        .isExactlyInstanceOf(LeaseHeldException.class)
        .hasMessageEndingWith("; the calls were made, but their effect was not read back");
  }

  private IncidentState untilItEnds(IncidentState state) {
    IncidentState at = state;
    for (int i = 0; i < 10 && at.next() == Next.VERIFY; i++) {
      at = scene.remediator().verify(at);
    }
    return at;
  }

  private Verification verification(IncidentState state) {
    return Objects.requireNonNull(record(state).verification());
  }

  private IncidentRecord record(IncidentState state) {
    return tables.store().incidents().find(state.incidentId()).orElseThrow();
  }
}

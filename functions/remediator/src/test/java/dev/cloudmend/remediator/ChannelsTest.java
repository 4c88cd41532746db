package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.Fix;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fixes that go to the resource, to its source, or to both. */
class ChannelsTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);

  @Test
  void withoutTheLiveChannelNothingIsWritten() {
    IncidentState after = scene.remediator().apply(decided("evt-1", "pull_request"));

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason())
        .isEqualTo("the channels are pull_request, without live; nothing was written");
    assertThat(after.next()).isNull();
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.auditKinds(after.incidentId())).isEmpty();
  }

  @Test
  void whatWasAppliedIsProposedTooWhereItIsToGoToTheSource() {
    IncidentState after = scene.remediator().apply(decided("evt-1", "live", "pull_request"));

    assertThat(after.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(after.reason()).isEqualTo("applied, and the after-state was read back");
    assertThat(after.next()).isEqualTo(Next.PROPOSE);
  }

  @Test
  void whatGoesToTheResourceOnlyIsNotProposed() {
    IncidentState after = scene.remediator().apply(decided("evt-1", "live"));

    assertThat(after.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(after.next()).isNull();
  }

  @Test
  void whatIsSeenLateIsProposedOnceItIsSeen() {
    scene.account.lagFor(1);

    IncidentState first = scene.remediator().apply(decided("evt-1", "live", "pull_request"));
    assertThat(first.next()).isEqualTo(Next.VERIFY);
    IncidentState second = scene.remediator().verify(first);

    assertThat(second.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(second.next()).isEqualTo(Next.PROPOSE);
    assertThat(tables.store().leases().holder(SampleIncidents.TARGET.key())).isEmpty();
  }

  @Test
  void whatTheBudgetHoldsBackIsProposedAllTheSame() {
    var none = new Limits(0, 0, 0, Duration.ofHours(1));

    IncidentState after =
        scene
            .remediator(tables.store(), true, none)
            .apply(decided("evt-1", "live", "pull_request"));

    assertThat(after.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(after.reason()).contains("budget");
    assertThat(after.next()).isEqualTo(Next.PROPOSE);
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void whatTheBreakerHoldsBackIsProposedAllTheSame() {
    IncidentState state = decided("evt-1", "live", "pull_request");
    for (int i = 0; i < 3; i++) {
      tables
          .store()
          .histories()
          .fixed(
              SampleIncidents.TARGET.key(),
              BucketSettings.ID,
              new Fix("inc-" + i, tables.clock().instant().plusSeconds(i), "cloudmend", "eve"));
    }

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(after.reason()).contains("fixed 3 times");
    assertThat(after.next()).isEqualTo(Next.PROPOSE);
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void whatEndsOtherwiseIsNotProposed() {
    IncidentState state = decided("evt-1", "live", "pull_request");

    scene.playbook.assessAs(new Assessment.Blocked("it would cut you off"));
    assertThat(scene.remediator().apply(state).next()).isNull();
    scene.playbook.assessAs(new Assessment.Compliant());
    assertThat(scene.remediator().apply(state).next()).isNull();
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void withTheStopSwitchOnNothingIsProposedEither() {
    IncidentState state = decided("evt-1", "live", "pull_request");
    tables.store().safety().stop("ana", "a bad day");

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.next()).isNull();
  }

  @Test
  void whatIsToBePlannedAgainIsPlannedFirst() {
    IncidentState state = decided("evt-1", "live", "pull_request");
    scene.account.set(FakeAccount.state(false, "Enabled"));

    assertThat(scene.remediator().apply(state).next()).isEqualTo(Next.ASSESS);
  }

  private IncidentState decided(String eventId, String... channels) {
    return scene
        .decided(eventId)
        .decided(
            new Decision(Mode.automatic, false, "test", List.of(channels), List.of(), "sha256:0"));
  }
}

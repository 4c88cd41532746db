package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.ExemptionScope;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Violations that somebody said are to be left alone. */
class ExemptTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void anExemptionEndsTheIncidentWithoutAClaimAndHoldsItBack() {
    exempt();

    IncidentState after = assess("evt-1");

    assertThat(after.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(after.reason()).contains("exception exc-1 of ana").contains("needed for a test");
    assertThat(after.claim()).isNull();
    assertThat(after.hash()).isNull();
    assertThat(tables.store().exemptions().heldBack("exc-1")).containsExactly(after.incidentId());
    assertThat(tables.store().histories().latest(SampleIncidents.TARGET.key(), Desk.ID, true))
        .isEmpty();
  }

  @Test
  void onceItIsOverTheNextEventIsPlanned() {
    exempt();
    assess("evt-1");

    tables.clock().advance(Duration.ofDays(1));

    assertThat(assess("evt-2").hash()).isEqualTo(desk.playbook.change("Suspended").hash());
  }

  @Test
  void theOptOutTagEndsTheIncidentWithItsAuthorsWord() {
    desk.answers = call -> Desk.tags("cloudmend:ignore", "static site, ask web team");

    IncidentState after = assess("evt-1");

    assertThat(after.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(after.reason()).contains("cloudmend:ignore: 'static site, ask web team'");
    assertThat(after.claim()).isNull();
  }

  @Test
  void whatTheRunAsksForAgainStaysExemptToo() {
    desk.answers = call -> Desk.tags("cloudmend:ignore", "yes");

    assertThat(
            desk.assessor()
                .assess(desk.open(SampleIncidents.of("evt-1", Desk.ID, Desk.AGAIN)))
                .outcome())
        .isEqualTo(Outcome.IGNORED);
  }

  @Test
  void tagsThatCannotBeReadBlock() {
    desk.answers =
        call -> {
          throw new AwsCallException(Kind.ACCESS_DENIED, "AccessDenied", call, "no");
        };

    IncidentState after = assess("evt-1");

    assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(after.reason()).contains("tags cannot be read").contains("AccessDenied");
    assertThat(after.claim()).isNull();
  }

  @Test
  void tagsThatMayBeReadLaterAreTriedAgain() {
    desk.answers =
        call -> {
          throw new AwsCallException(Kind.THROTTLED, "SlowDown", call, "later");
        };
    IncidentState state = desk.open(Desk.incident("evt-1"));

    assertThatThrownBy(() -> desk.assessor().assess(state))
        .isExactlyInstanceOf(TryAgainException.class);
  }

  @Test
  void theTagsOfWhatDoesNotViolateAreNotRead() {
    desk.playbook.sees(new Assessment.Compliant());

    assess("evt-1");

    assertThat(desk.read).isEmpty();
  }

  @Test
  void theClaimOfAnEarlierAttemptIsGivenUp() {
    IncidentState planned = assess("evt-1");
    desk.answers = call -> Desk.tags("cloudmend:ignore", "from now on");

    assertThat(desk.assessor().assess(planned).outcome()).isEqualTo(Outcome.IGNORED);

    desk.answers = call -> Desk.tags("team", "web");
    assertThat(assess("evt-2").outcome()).isNull();
  }

  private IncidentState assess(String eventId) {
    return desk.assessor().assess(desk.open(Desk.incident(eventId)));
  }

  private void exempt() {
    tables
        .store()
        .exemptions()
        .add(
            new Exemption(
                "exc-1",
                new ExemptionScope(SampleIncidents.BUCKET.toString(), null, null, Desk.ID, null),
                "needed for a test",
                "ana",
                AdvancingClock.START,
                AdvancingClock.START.plus(Duration.ofHours(1))));
  }
}

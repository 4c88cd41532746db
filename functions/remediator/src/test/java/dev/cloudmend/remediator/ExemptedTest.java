package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.Exemption;
import dev.cloudmend.store.ExemptionScope;
import dev.cloudmend.store.Intent;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who accepts a failure after its fix was planned is heard before anything is written. */
class ExemptedTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);

  @Test
  void anExceptionThatCameAfterThePlanStopsTheWrite() {
    IncidentState state = scene.decided("evt-1");
    claim(state);
    except();

    IncidentState after = scene.remediator().apply(state);

    assertThat(after.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(after.reason())
        .contains("exc-1", "ana", "migration")
        .endsWith("nothing was written");
    assertThat(scene.account.writes()).isEmpty();
    assertThat(tables.store().exemptions().heldBack("exc-1")).containsExactly(state.incidentId());
    assertThat(claimOfAnother(state)).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void anOptOutTagThatCameAfterThePlanStopsTheWrite() {
    IncidentState state = scene.decided("evt-1");
    scene.account.tag("cloudmend:ignore", "owned by the data team");
    IncidentState after = scene.remediator().apply(state);
    assertThat(after.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(after.reason()).contains("owned by the data team");
    assertThat(scene.account.writes()).isEmpty();
  }

  @Test
  void aChangeThatWasBegunIsMadeToItsEnd() {
    IncidentState state = scene.decided("evt-1");
    tables
        .store()
        .incidents()
        .intend(
            state.incidentId(),
            new Intent(
                Objects.requireNonNull(state.hash()),
                Intent.APPLY,
                tables.clock().instant(),
                false));
    except();
    assertThat(scene.remediator().apply(state).outcome()).isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void anAccountThatCannotBeReadNowIsAskedAgain() {
    IncidentState state = scene.decided("evt-1");
    scene.account.failReads(Kind.THROTTLED, "SlowDown");
    assertThatThrownBy(() -> scene.remediator().apply(state)).isInstanceOf(TryAgainException.class);
    assertThat(scene.account.writes()).isEmpty();
  }

  private void except() {
    tables
        .store()
        .exemptions()
        .add(
            new Exemption(
                "exc-1",
                new ExemptionScope(SampleIncidents.BUCKET.toString(), null, null, null, null),
                "migration",
                "ana",
                tables.clock().instant(),
                tables.clock().instant().plus(Duration.ofDays(1))));
  }

  private void claim(IncidentState state) {
    tables.store().claims().claim(key(state), "evt-1", state.incidentId(), Set.of());
  }

  private ClaimResult claimOfAnother(IncidentState state) {
    return tables.store().claims().claim(key(state), "evt-2", "inc-2", Set.of());
  }

  private static ClaimKey key(IncidentState state) {
    return Json.fromTree(Objects.requireNonNull(state.claim()), ClaimKey.class);
  }
}

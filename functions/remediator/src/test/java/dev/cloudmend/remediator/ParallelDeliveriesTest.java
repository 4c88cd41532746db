package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.Fix;
import dev.cloudmend.store.Spent;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * EventBridge and Step Functions deliver at least once, and all copies may come at the same time.
 */
class ParallelDeliveriesTest {

  private static final int MANY = 100;
  private static final String LATER = "held";

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Scene scene = new Scene(tables, false);

  /** The same event may claim again, since a retry does; so the lease has to keep them apart. */
  @Test
  void ofAHundredDeliveriesOfTheSameEventOneWrites() throws Exception {
    IncidentState planned = scene.decided("evt-1");
    Remediator remediator = scene.remediator();

    List<String> ends =
        atOnce(
            i -> {
              assertThat(claim("evt-1")).isInstanceOf(ClaimResult.Claimed.class);
              return end(remediator, inExecution(planned, i));
            });

    assertThat(scene.account.writes())
        .containsExactly(FakeAccount.block(true), FakeAccount.versioning("Enabled"));
    assertThat(ends).contains(Outcome.REMEDIATED.name()).hasSize(MANY);
    // Who came after the fix finds it as its own incident's work, or finds the lease held.
    assertThat(List.of(Outcome.REMEDIATED.name(), LATER)).containsAll(ends);
    assertThat(tables.store().safety().spent(Limits.DEFAULT))
        .extracting(Spent::used)
        .containsOnly(1);
    assertThat(fixes()).hasSize(1);
    // Those that met the lease are tried again by the state machine.
    assertThat(remediator.apply(inExecution(planned, MANY)).outcome())
        .isEqualTo(Outcome.REMEDIATED);
    assertThat(scene.account.writes()).hasSize(2);
  }

  @Test
  void ofAHundredEventsOfTheSameFailureOneClaimsAndWrites() throws Exception {
    var plans = new ArrayList<IncidentState>();
    for (int i = 0; i < MANY; i++) {
      plans.add(scene.decided("evt-" + i));
    }
    Remediator remediator = scene.remediator();

    List<String> ends =
        atOnce(
            i ->
                claim("evt-" + i) instanceof ClaimResult.Claimed
                    ? end(remediator, plans.get(i))
                    : Outcome.DUPLICATE.name());

    assertThat(ends).containsOnlyOnce(Outcome.REMEDIATED.name());
    assertThat(ends).filteredOn(Outcome.DUPLICATE.name()::equals).hasSize(MANY - 1);
    assertThat(scene.account.writes()).hasSize(2);
    assertThat(fixes()).hasSize(1);
  }

  /** Even where the claim did not hold them back: each reads again under the lease. */
  @Test
  void ofAHundredIncidentsThatAllGotThroughOneWrites() throws Exception {
    var plans = new ArrayList<IncidentState>();
    for (int i = 0; i < MANY; i++) {
      plans.add(scene.decided("evt-" + i));
    }
    Remediator remediator = scene.remediator();

    List<String> ends = atOnce(i -> end(remediator, plans.get(i)));

    assertThat(ends).containsOnlyOnce(Outcome.REMEDIATED.name());
    assertThat(List.of(Outcome.REMEDIATED.name(), Outcome.ALREADY_COMPLIANT.name(), LATER))
        .containsAll(ends);
    assertThat(scene.account.writes()).extracting(ApiCall::operation).hasSize(2);
  }

  private ClaimResult claim(String eventId) {
    var key =
        new ClaimKey(
            SampleIncidents.TARGET.key(), BucketSettings.ID, "sha256:the-same-state", true);
    return tables.store().claims().claim(key, eventId, "inc-of-" + eventId, Set.of());
  }

  private List<Fix> fixes() {
    return tables.store().histories().fixes(SampleIncidents.TARGET.key(), BucketSettings.ID);
  }

  private static String end(Remediator remediator, IncidentState state) {
    try {
      return String.valueOf(remediator.apply(state).outcome());
    } catch (LeaseHeldException e) {
      return LATER;
    }
  }

  /** The same incident in an execution of its own. */
  private static IncidentState inExecution(IncidentState state, int number) {
    IncidentState opened =
        IncidentState.opened(
            state.incidentId(), Scene.EXECUTION + "-" + number, state.playbook(), RunOptions.NONE);
    return opened
        .planned(Objects.requireNonNull(state.claim()), Objects.requireNonNull(state.hash()))
        .decided(Scene.AUTOMATIC);
  }

  private interface Delivery {
    String make(int number);
  }

  private static List<String> atOnce(Delivery delivery) throws Exception {
    var start = new CyclicBarrier(MANY);
    try (var threads = Executors.newFixedThreadPool(MANY)) {
      var running = new ArrayList<Future<String>>();
      for (int i = 0; i < MANY; i++) {
        int number = i;
        Callable<String> task =
            () -> {
              start.await();
              return delivery.make(number);
            };
        running.add(threads.submit(task));
      }
      var ends = new ArrayList<String>();
      for (Future<String> end : running) {
        ends.add(end.get());
      }
      return ends;
    }
  }
}

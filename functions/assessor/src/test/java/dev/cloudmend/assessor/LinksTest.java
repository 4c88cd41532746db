package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.Fix;
import dev.cloudmend.store.Link;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an incident has to do with older ones of the same resource. */
class LinksTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void aDuplicateIsLinkedToTheIncidentThatHasTheClaim() {
    Incident first = Desk.incident("evt-1");
    desk.assessor().assess(desk.open(first));

    IncidentState second = desk.assessor().assess(desk.open(Desk.incident("evt-2")));

    assertThat(second.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(desk.record(second).link())
        .isEqualTo(new Link(Link.Kind.DUPLICATE_OF, first.incidentId()));
  }

  @Test
  void anUnmatchedDuplicateIsLinkedAsWell() {
    Incident first = SampleIncidents.unmatched("evt-1", RunOptions.NONE);
    desk.assessor().assess(desk.open(first));

    IncidentState second =
        desk.assessor().assess(desk.open(SampleIncidents.unmatched("evt-2", RunOptions.NONE)));

    assertThat(desk.record(second).link())
        .isEqualTo(new Link(Link.Kind.DUPLICATE_OF, first.incidentId()));
  }

  @Test
  void whatAnEarlierIncidentOfTheFindingPlansIsLinkedToThat() {
    Incident earlier = SampleIncidents.of("evt-1", "earlier-playbook", RunOptions.NONE);
    tables.store().incidents().open(earlier, Desk.EXECUTION);
    tables.store().incidents().saveChange(earlier.incidentId(), desk.playbook.change("Suspended"));

    IncidentState after =
        desk.assessor()
            .assess(
                desk.open(
                    SampleIncidents.of("evt-1", Desk.ID, RunOptions.NONE, earlier.incidentId())));

    assertThat(desk.record(after).link())
        .isEqualTo(new Link(Link.Kind.DUPLICATE_OF, earlier.incidentId()));
  }

  @Test
  void anEventThatComesAgainAfterItsEndIsNotLinkedToItself() {
    Incident incident = Desk.incident("evt-1");
    desk.assessor().assess(desk.open(incident));
    tables.store().claims().close(desk.claimKey(true), "evt-1", Outcome.MANUAL);

    IncidentState again = desk.assessor().assess(desk.open(incident));

    assertThat(again.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(desk.record(again).link()).isNull();
  }

  @Test
  void ofAHundredDeliveriesAtOnceOneIsPlannedAndTheOthersAreLinkedToIt() throws Exception {
    Assessor assessor = desk.assessor();
    List<IncidentState> opened = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      opened.add(desk.open(Desk.incident("evt-" + i)));
    }

    List<IncidentState> ended = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(20)) {
      List<Callable<IncidentState>> runs =
          opened.stream()
              .<Callable<IncidentState>>map(state -> () -> assessor.assess(state))
              .toList();
      for (Future<IncidentState> run : threads.invokeAll(runs)) {
        ended.add(run.get());
      }
    }

    List<IncidentState> planned = ended.stream().filter(s -> s.outcome() == null).toList();
    assertThat(planned).hasSize(1);
    String winner = planned.getFirst().incidentId();
    assertThat(ended)
        .filteredOn(state -> !state.incidentId().equals(winner))
        .allSatisfy(
            state -> {
              assertThat(state.outcome()).isEqualTo(Outcome.DUPLICATE);
              assertThat(desk.record(state).link())
                  .isEqualTo(new Link(Link.Kind.DUPLICATE_OF, winner));
            });
    assertThat(latest(true)).isEqualTo(winner);
  }

  @Test
  void theHistoryHasTheIncidentThatClaimedLastByItsRun() {
    IncidentState dry =
        desk.assessor(tables.store(), false).assess(desk.open(Desk.incident("evt-1")));
    IncidentState live = desk.assessor().assess(desk.open(Desk.incident("evt-2")));
    desk.assessor().assess(desk.open(Desk.incident("evt-3")));

    assertThat(latest(false)).isEqualTo(dry.incidentId());
    assertThat(latest(true)).isEqualTo(live.incidentId());
  }

  @Test
  void whatWasFixedBeforeFollowsTheLastFixAndSaysSo() {
    fixed("inc-older", AdvancingClock.START.minus(Duration.ofDays(9)));
    fixed("inc-last", AdvancingClock.START.minus(Duration.ofDays(2)));

    IncidentState planned = desk.assessor().assess(desk.open(Desk.incident("evt-1")));

    assertThat(desk.record(planned).link()).isEqualTo(new Link(Link.Kind.FOLLOWS, "inc-last"));
    assertThat(planned.hash()).isEqualTo(desk.playbook.change("Suspended").hash());
    assertThat(warnings(planned))
        .singleElement()
        .asString()
        .contains("fixed before, at 2026-11-20T10:00:00Z by ana (incident inc-last")
        .contains("arn:aws:iam::123456789012:user/bob\\u001b")
        .contains("fails again");
    assertThat(Objects.requireNonNull(desk.record(planned).diagnosis()).couldBreak())
        .isEqualTo(warnings(planned));
  }

  @Test
  void itsOwnFixIsNotFollowed() {
    Incident incident = Desk.incident("evt-1");
    fixed(incident.incidentId(), AdvancingClock.START.minus(Duration.ofDays(1)));

    IncidentState planned = desk.assessor().assess(desk.open(incident));

    assertThat(desk.record(planned).link()).isNull();
    assertThat(warnings(planned)).isEmpty();
  }

  private void fixed(String incidentId, Instant at) {
    tables
        .store()
        .histories()
        .fixed(
            SampleIncidents.TARGET.key(),
            Desk.ID,
            new Fix(incidentId, at, "ana", "arn:aws:iam::123456789012:user/bob\u001b"));
  }

  private List<String> warnings(IncidentState planned) {
    return tables
        .store()
        .incidents()
        .change(planned.incidentId(), Objects.requireNonNull(planned.hash()))
        .orElseThrow()
        .warnings();
  }

  private String latest(boolean live) {
    return tables
        .store()
        .histories()
        .latest(SampleIncidents.TARGET.key(), Desk.ID, live)
        .orElseThrow();
  }
}

package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoriesTest {

  private static final String TARGET = TestStore.target("123456789012", "b").key();
  private static final Instant START = AdvancingClock.START;

  @RegisterExtension final TestStore test = new TestStore();
  private Histories histories;

  @BeforeEach
  void histories() {
    histories = test.store().histories();
  }

  @Test
  void theLastClaimIsKnownByRunAndPlaybookAndResource() {
    histories.claimed(TARGET, "p", "inc-1", true);
    histories.claimed(TARGET, "p", "inc-2", true);
    histories.claimed(TARGET, "p", "inc-3", false);

    assertThat(histories.latest(TARGET, "p", true)).contains("inc-2");
    assertThat(histories.latest(TARGET, "p", false)).contains("inc-3");
    assertThat(histories.latest(TARGET, "q", true)).isEmpty();
    assertThat(histories.latest(TARGET + "2", "p", true)).isEmpty();
  }

  @Test
  void theLatestFixStandsFirstAlsoWithinASecond() {
    Fix first = fix("inc-2", START);
    Fix second = fix("inc-1", START.plusMillis(500));
    Fix third = fix("inc-3", START.plusMillis(500).plusNanos(1));
    Fix fourth = fix("inc-0", START.plusSeconds(1));
    for (Fix fix : new Fix[] {third, first, fourth, second}) {
      histories.fixed(TARGET, "p", fix);
    }

    assertThat(histories.fixes(TARGET, "p")).containsExactly(fourth, third, second, first);
    assertThat(histories.fixesSince(TARGET, "p", second.at()))
        .containsExactly(fourth, third, second);
    assertThat(histories.fixes(TARGET, "q")).isEmpty();
  }

  @Test
  void theSameFixAgainCountsOnce() {
    histories.fixed(TARGET, "p", fix("inc-1", START));
    histories.fixed(TARGET, "p", fix("inc-1", START));

    assertThat(histories.fixes(TARGET, "p")).containsExactly(fix("inc-1", START));
  }

  @Test
  void aClaimIsNoFix() {
    histories.claimed(TARGET, "p", "inc-1", true);

    assertThat(histories.fixes(TARGET, "p")).isEmpty();
  }

  @Test
  void aFixExpiresAfterNinetyDays() {
    histories.fixed(TARGET, "p", fix("inc-1", START));

    assertThat(test.raw().scan(r -> r.tableName(test.settings().stateTable())).items())
        .singleElement()
        .satisfies(
            item ->
                assertThat(Optional.ofNullable(item.get("expiresAt")))
                    .contains(Values.seconds(START.plus(Duration.ofDays(90)))));
  }

  @Test
  void ofMoreThanAHundredFixesTheLatestAreTold() {
    for (int i = 0; i < 103; i++) {
      histories.fixed(TARGET, "p", fix("inc-" + i, START.plusSeconds(i)));
    }

    assertThat(histories.fixes(TARGET, "p"))
        .hasSize(100)
        .startsWith(fix("inc-102", START.plusSeconds(102)))
        .endsWith(fix("inc-3", START.plusSeconds(3)));
  }

  @Test
  void bothSidesOfATugOfWarAreNamedAndMadeHarmless() {
    var tripped =
        new Tripped(
            new Breaker(2, Duration.ofHours(6)),
            List.of(
                new Fix("inc-2", START.plusSeconds(60), "ana", "arn:aws:iam::1:role/x\u001b[2J"),
                new Fix("inc-1", START, "cloudmend", "securityhub")));

    assertThat(tripped.told())
        .isEqualTo(
            "fixed 2 times within PT6H and broken again: fixed by ana, cloudmend;"
                + " broken by arn:aws:iam::1:role/x\\u001b[2J before 2026-11-22T10:01:00Z,"
                + " securityhub before 2026-11-22T10:00:00Z");
  }

  private static Fix fix(String incidentId, Instant at) {
    return new Fix(incidentId, at, "cloudmend", "arn:aws:iam::123456789012:user/eve");
  }
}

package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeasesTest {

  private static final String TARGET = "aws|123456789012|us-east-1|arn:aws:s3:::b";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @RegisterExtension final TestStore test = new TestStore();
  private Leases leases;

  @BeforeEach
  void leases() {
    leases = test.store().leases();
  }

  @Test
  void oneOfAHundredCallersGetsTheLease() throws Exception {
    var results = Callers.atOnce(i -> leases.acquire(TARGET, "owner-" + i, MINUTE));

    assertThat(results).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(results).contains(leases.holder(TARGET));
  }

  @Test
  void oneOfAHundredCallersTakesAnExpiredLeaseOver() throws Exception {
    leases.acquire(TARGET, "dead", MINUTE);
    test.clock.advance(MINUTE);

    var results = Callers.atOnce(i -> leases.acquire(TARGET, "owner-" + i, MINUTE));

    assertThat(results).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(results).contains(leases.holder(TARGET));
  }

  @Test
  void aLeaseIsHeldUntilItsLastSecond() {
    leases.acquire(TARGET, "one", MINUTE);
    test.clock.advance(MINUTE.minusMillis(1));

    assertThat(leases.acquire(TARGET, "two", MINUTE)).isEmpty();
    assertThat(leases.isHeld(TARGET, "one")).isTrue();
    assertThat(leases.isHeld(TARGET, "two")).isFalse();

    test.clock.advance(Duration.ofMillis(1));
    assertThat(leases.holder(TARGET)).isEmpty();
    assertThat(leases.isHeld(TARGET, "one")).isFalse();
  }

  @Test
  void aPartOfASecondIsRoundedUp() {
    test.clock.advance(Duration.ofMillis(500));

    assertThat(leases.acquire(TARGET, "one", MINUTE))
        .contains(new Lease(TARGET, "one", AdvancingClock.START.plus(MINUTE).plusSeconds(1)));
  }

  @Test
  void theOwnerRenewsItsLease() {
    leases.acquire(TARGET, "one", MINUTE);
    test.clock.advance(Duration.ofSeconds(30));

    assertThat(leases.acquire(TARGET, "one", MINUTE)).isPresent();
    test.clock.advance(Duration.ofSeconds(59));
    assertThat(leases.isHeld(TARGET, "one")).isTrue();
  }

  @Test
  void onlyTheOwnerReleasesALease() {
    leases.acquire(TARGET, "one", MINUTE);

    assertThat(leases.release(TARGET, "two")).isFalse();
    assertThat(leases.isHeld(TARGET, "one")).isTrue();
    assertThat(leases.release(TARGET, "one")).isTrue();
    assertThat(leases.acquire(TARGET, "two", MINUTE)).isPresent();
  }

  @Test
  void whoLostItsLeaseCannotReleaseTheNextOwners() {
    leases.acquire(TARGET, "slow", MINUTE);
    test.clock.advance(MINUTE);
    leases.acquire(TARGET, "next", MINUTE);

    assertThat(leases.release(TARGET, "slow")).isFalse();
    assertThat(leases.isHeld(TARGET, "next")).isTrue();
  }

  @Test
  void resourcesDoNotWaitForEachOther() {
    leases.acquire(TARGET, "one", MINUTE);

    assertThat(leases.acquire(TARGET + "-other", "two", MINUTE)).isPresent();
  }
}

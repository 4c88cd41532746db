package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClaimsTest {

  private static final ClaimKey KEY =
      new ClaimKey("aws|123456789012|us-east-1|arn:aws:s3:::b", "p", "sha256:1", true);
  private static final ClaimResult CLAIMED = new ClaimResult.Claimed();

  @RegisterExtension final TestStore test = new TestStore();
  private Claims claims;

  @BeforeEach
  void claims() {
    claims = test.store().claims();
  }

  @Test
  void oneOfAHundredCallersWins() throws Exception {
    var results = Callers.atOnce(i -> claim("event-" + i));

    assertThat(results).containsOnlyOnce(CLAIMED);
    int winner = results.indexOf(CLAIMED);
    assertThat(results)
        .filteredOn(result -> !result.equals(CLAIMED))
        .hasSize(Callers.MANY - 1)
        .containsOnly(held("event-" + winner, Optional.empty()));
  }

  @Test
  void oneOfAHundredCallersTakesAnExpiredClaimOver() throws Exception {
    claim("dead");
    test.clock.advance(Claims.OPEN_FOR);

    assertThat(Callers.atOnce(i -> claim("event-" + i))).containsOnlyOnce(CLAIMED);
  }

  @Test
  void oneOfAHundredCallersReopensAClosedClaim() throws Exception {
    claim("first");
    claims.close(KEY, "first", Outcome.ALREADY_COMPLIANT);

    assertThat(
            Callers.atOnce(
                i ->
                    claims.claim(KEY, "event-" + i, "inc-" + i, Set.of(Outcome.ALREADY_COMPLIANT))))
        .containsOnlyOnce(CLAIMED);
  }

  @Test
  void anOpenClaimIsHeldUntilTheLastMomentOfItsHour() {
    claim("event-1");
    test.clock.advance(Claims.OPEN_FOR.minusSeconds(1));

    assertThat(claim("event-2")).isEqualTo(held("event-1", Optional.empty()));

    test.clock.advance(Duration.ofSeconds(1));
    assertThat(claim("event-2")).isEqualTo(CLAIMED);
  }

  @Test
  void theOwnerMayClaimItsOpenClaimAgain() {
    assertThat(claim("event-1")).isEqualTo(CLAIMED);
    assertThat(claim("event-1")).isEqualTo(CLAIMED);
    assertThat(claim("event-2")).isEqualTo(held("event-1", Optional.empty()));
  }

  @Test
  void aClosedClaimIsHeldForEveryoneForSevenDays() {
    claim("event-1");
    assertThat(claims.close(KEY, "event-1", Outcome.REMEDIATED)).isTrue();

    var held = held("event-1", Optional.of(Outcome.REMEDIATED));
    assertThat(claim("event-2")).isEqualTo(held);
    assertThat(claim("event-1")).isEqualTo(held);
    test.clock.advance(Claims.CLOSED_FOR.minusSeconds(1));
    assertThat(claim("event-2")).isEqualTo(held);
    test.clock.advance(Duration.ofSeconds(1));
    assertThat(claim("event-2")).isEqualTo(CLAIMED);
  }

  @Test
  void aClosedClaimOpensForTheOutcomesThatTheCallerNames() {
    claim("event-1");
    claims.close(KEY, "event-1", Outcome.AWAITING_APPROVAL);

    assertThat(claims.claim(KEY, "event-2", "inc-2", Set.of(Outcome.PLANNED, Outcome.MANUAL)))
        .isEqualTo(held("event-1", Optional.of(Outcome.AWAITING_APPROVAL)));
    assertThat(
            claims.claim(
                KEY, "event-2", "inc-2", Set.of(Outcome.PLANNED, Outcome.AWAITING_APPROVAL)))
        .isEqualTo(CLAIMED);
    assertThat(claim("event-3")).isEqualTo(held("event-2", Optional.empty()));
  }

  @Test
  void onlyTheOwnerReleasesAClaim() {
    claim("event-1");

    assertThat(claims.release(KEY, "event-2")).isFalse();
    assertThat(claim("event-2")).isEqualTo(held("event-1", Optional.empty()));
    assertThat(claims.release(KEY, "event-1")).isTrue();
    assertThat(claim("event-2")).isEqualTo(CLAIMED);
  }

  @Test
  void onlyTheOwnerClosesAClaim() {
    claim("event-1");

    assertThat(claims.close(KEY, "event-2", Outcome.FAILED)).isFalse();
    assertThat(claim("event-2")).isEqualTo(held("event-1", Optional.empty()));
  }

  @Test
  void closingAndReleasingWhatIsNotThereChangesNothing() {
    assertThat(claims.close(KEY, "event-1", Outcome.FAILED)).isFalse();
    assertThat(claims.release(KEY, "event-1")).isFalse();
    assertThat(claim("event-2")).isEqualTo(CLAIMED);
  }

  @Test
  void aDryClaimNeverBlocksALiveOneNorAnotherStateOrPlaybook() {
    claim("event-1");

    assertThat(claims.claim(with("p", "sha256:1", false), "event-2", "inc-2", Set.of()))
        .isEqualTo(CLAIMED);
    assertThat(claims.claim(with("p", "sha256:2", true), "event-2", "inc-2", Set.of()))
        .isEqualTo(CLAIMED);
    assertThat(claims.claim(with("q", "sha256:1", true), "event-2", "inc-2", Set.of()))
        .isEqualTo(CLAIMED);
  }

  @Test
  void aTargetAsLongAsAnArnMayBeCanBeClaimed() {
    var key = new ClaimKey("t".repeat(2_100), "p", "sha256:1", true);

    assertThat(claims.claim(key, "event-1", "inc-1", Set.of())).isEqualTo(CLAIMED);
  }

  private ClaimResult claim(String owner) {
    return claims.claim(KEY, owner, owner.replace("event", "inc"), Set.of());
  }

  private static ClaimKey with(String playbook, String fingerprint, boolean live) {
    return new ClaimKey(KEY.targetKey(), playbook, fingerprint, live);
  }

  private static ClaimResult held(String owner, Optional<Outcome> closedAs) {
    return new ClaimResult.Held(
        owner, owner.replace("event", "inc"), closedAs, AdvancingClock.START);
  }
}

package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExemptionsTest {

  private static final Instant START = AdvancingClock.START;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String BUCKET = "arn:aws:s3:::b";

  @RegisterExtension final TestStore test = new TestStore();
  private Exemptions exemptions;

  @BeforeEach
  void exemptions() {
    exemptions = test.store().exemptions();
  }

  @Test
  void whatWasAddedIsFoundTheFirstToEndFirst() {
    Exemption late = exemption("exc-1", START.plus(HOUR.multipliedBy(2)));
    Exemption soon = exemption("exc-2", START.plus(HOUR));
    exemptions.add(late);
    exemptions.add(soon);

    assertThat(exemptions.all()).containsExactly(soon, late);
    assertThat(exemptions.find("exc-1")).contains(late);
    assertThat(exemptions.find("exc-3")).isEmpty();
  }

  @Test
  void oneThatIsOverIsStillListedAndIsPast() {
    Exemption over = exemption("exc-1", START.plus(HOUR));
    exemptions.add(over);
    exemptions.add(exemption("exc-2", START.plus(HOUR).plusSeconds(1)));
    assertThat(exemptions.past()).isEmpty();

    test.clock.advance(HOUR);

    assertThat(exemptions.past()).containsExactly(over);
    assertThat(exemptions.all()).hasSize(2);
  }

  @Test
  void oneThatWasRemovedIsFoundAmongThePastOnesForNinetyDays() {
    Exemption removed = exemption("exc-1", START.plus(Duration.ofDays(365)));
    exemptions.add(removed);

    exemptions.remove("exc-1");

    assertThat(exemptions.find("exc-1")).isEmpty();
    assertThat(exemptions.all()).isEmpty();
    assertThat(exemptions.past()).containsExactly(removed);
    test.clock.advance(Duration.ofDays(90));
    assertThat(exemptions.past()).isEmpty();
  }

  @Test
  void oneThatIsAddedAgainHoldsAgain() {
    Exemption again = exemption("exc-1", START.plus(HOUR));
    exemptions.add(again);
    exemptions.remove("exc-1");

    exemptions.add(again);

    assertThat(exemptions.all()).containsExactly(again);
    assertThat(exemptions.past()).isEmpty();
  }

  @Test
  void removingWhatIsNotThereMakesNothing() {
    exemptions.remove("exc-1");

    assertThat(exemptions.past()).isEmpty();
    assertThat(test.raw().scan(r -> r.tableName(test.settings().stateTable())).items()).isEmpty();
  }

  @Test
  void whatItHeldBackIsListedUntilItIsForgotten() {
    exemptions.holdBack("exc-1", "inc-1");
    exemptions.holdBack("exc-1", "inc-1");
    exemptions.holdBack("exc-1", "inc-2");
    exemptions.holdBack("exc-2", "inc-3");

    assertThat(exemptions.heldBack("exc-1")).containsExactlyInAnyOrder("inc-1", "inc-2");
    exemptions.forget("exc-1", "inc-1");
    assertThat(exemptions.heldBack("exc-1")).containsExactly("inc-2");
    assertThat(exemptions.heldBack("exc-2")).containsExactly("inc-3");
  }

  @Test
  void everyPartOfAScopeHasToFit() {
    var scope = new ExemptionScope(BUCKET, "env", "dev", "p", "123456789012");

    assertThat(scope.fits(BUCKET, "123456789012", "p")).isTrue();
    assertThat(scope.fits(BUCKET + "2", "123456789012", "p")).isFalse();
    assertThat(scope.fits(BUCKET, "999999999999", "p")).isFalse();
    assertThat(scope.fits(BUCKET, "123456789012", "q")).isFalse();
    assertThat(scope.asksForTags()).isTrue();
    assertThat(scope.fitsTags(Map.of("env", "dev", "more", "x"))).isTrue();
    assertThat(scope.fitsTags(Map.of("env", "prod"))).isFalse();
    assertThat(scope.fitsTags(Map.of("Env", "dev"))).isFalse();
  }

  @Test
  void aPartThatIsNotGivenFitsEverything() {
    var byPlaybook = new ExemptionScope(null, null, null, "p", null);
    var byKey = new ExemptionScope(null, "env", null, null, null);

    assertThat(byPlaybook.fits(BUCKET, "123456789012", "p")).isTrue();
    assertThat(byPlaybook.asksForTags()).isFalse();
    assertThat(byPlaybook.fitsTags(Map.of())).isTrue();
    assertThat(byKey.fitsTags(Map.of("env", ""))).isTrue();
    assertThat(byKey.fitsTags(Map.of())).isFalse();
  }

  @Test
  void aScopeOfEverythingAndAReasonlessOrEndlessExceptionAreRefused() {
    assertThatThrownBy(() -> new ExemptionScope(null, null, null, null, "123456789012"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an exception is for a resource, a tag or a playbook");
    assertThatThrownBy(() -> new ExemptionScope(BUCKET, null, "dev", null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> exemption("exc-1", START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends after it begins");
    var scope = new ExemptionScope(BUCKET, null, null, null, null);
    assertThatThrownBy(() -> new Exemption("exc-1", scope, " ", "ana", START, START.plus(HOUR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an exception needs a reason");
  }

  private static Exemption exemption(String id, Instant until) {
    return new Exemption(
        id,
        new ExemptionScope(BUCKET, null, null, null, null),
        "a public site",
        "ana",
        START,
        until);
  }
}

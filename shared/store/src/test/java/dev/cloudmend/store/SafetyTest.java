package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetyTest {

  private static final Target TARGET = TestStore.target("123456789012", "b");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Permission GRANTED = new Permission.Granted(AdvancingClock.START.plus(HOUR));

  @RegisterExtension final TestStore test = new TestStore();
  private Safety safety;

  @BeforeEach
  void safety() {
    safety = test.store().safety();
  }

  @ParameterizedTest
  @CsvSource({
    "7, 50, 100, account 123456789012, 7",
    "50, 8, 100, playbook p, 8",
    "50, 50, 9, all changes, 9"
  })
  void aHundredCallersNeverSpendMoreThanTheSmallestBudget(
      int perAccount, int perPlaybook, int total, String which, int limit) throws Exception {
    var limits = new Limits(perAccount, perPlaybook, total, HOUR);

    var permissions = Callers.atOnce(i -> safety.spend(TARGET, "p", limits, false));

    assertThat(Collections.frequency(permissions, GRANTED)).isEqualTo(limit);
    assertThat(permissions)
        .filteredOn(permission -> !permission.equals(GRANTED))
        .containsOnly(new Permission.OverBudget(which, limit, AdvancingClock.START.plus(HOUR)));
  }

  @Test
  void whatWasRefusedIsCountedNowhere() {
    var oneInTheAccount = new Limits(1, 2, 2, HOUR);
    Target other = TestStore.target("999999999999", "b");

    assertThat(safety.spend(TARGET, "p", oneInTheAccount, false)).isEqualTo(GRANTED);
    assertThat(safety.spend(TARGET, "p", oneInTheAccount, false))
        .isInstanceOf(Permission.OverBudget.class);
    assertThat(safety.spend(other, "p", oneInTheAccount, false)).isEqualTo(GRANTED);
  }

  @Test
  void aLimitOfZeroAllowsNothing() {
    assertThat(safety.spend(TARGET, "p", new Limits(0, 5, 5, HOUR), false))
        .isEqualTo(
            new Permission.OverBudget("account 123456789012", 0, AdvancingClock.START.plus(HOUR)));
  }

  @Test
  void theNextWindowHasABudgetOfItsOwn() {
    var one = new Limits(1, 1, 1, HOUR);
    safety.spend(TARGET, "p", one, false);
    test.clock.advance(HOUR.minusSeconds(1));
    assertThat(safety.spend(TARGET, "p", one, false)).isInstanceOf(Permission.OverBudget.class);

    test.clock.advance(Duration.ofSeconds(1));
    assertThat(safety.spend(TARGET, "p", one, false))
        .isEqualTo(new Permission.Granted(AdvancingClock.START.plus(HOUR).plus(HOUR)));
  }

  @Test
  void whatAPersonAgreedToIsCountedButNotRefused() {
    var two = new Limits(2, 2, 2, HOUR);
    for (int i = 0; i < 3; i++) {
      assertThat(safety.spend(TARGET, "p", two, true)).isEqualTo(GRANTED);
    }

    assertThat(safety.spend(TARGET, "p", two, false)).isInstanceOf(Permission.OverBudget.class);
  }

  @Test
  void aHundredAgreedChangesAreAllCounted() throws Exception {
    Callers.atOnce(i -> safety.spend(TARGET, "p", Limits.DEFAULT, true));

    assertThat(safety.spend(TARGET, "p", new Limits(101, 101, 101, HOUR), false))
        .isEqualTo(GRANTED);
    assertThat(safety.spend(TARGET, "p", new Limits(101, 101, 101, HOUR), false))
        .isInstanceOf(Permission.OverBudget.class);
  }

  @Test
  void theStopSwitchBeatsBudgetAndAgreement() {
    safety.stop("ana", "a bad day");
    var stop = new Stop("ana", AdvancingClock.START, "a bad day");

    assertThat(safety.stopped()).contains(stop);
    assertThat(safety.spend(TARGET, "p", Limits.DEFAULT, false))
        .isEqualTo(new Permission.Stopped(stop));
    assertThat(safety.spend(TARGET, "p", Limits.DEFAULT, true))
        .isEqualTo(new Permission.Stopped(stop));
    assertThat(safety.spend(TARGET, "p", new Limits(0, 0, 0, HOUR), false))
        .isEqualTo(new Permission.Stopped(stop));
  }

  @Test
  void nothingIsGrantedToWhoAsksAfterTheStop() throws Exception {
    var permissions =
        Callers.atOnce(
            i -> {
              if (i == 0) {
                safety.stop("ana", "now");
              }
              Permission first = safety.spend(TARGET, "p", Limits.DEFAULT, true);
              return i == 0 ? first : GRANTED;
            });

    assertThat(permissions.getFirst()).isInstanceOf(Permission.Stopped.class);
    assertThat(safety.spend(TARGET, "p", Limits.DEFAULT, true))
        .isInstanceOf(Permission.Stopped.class);
  }

  @Test
  void whatWasStoppedIsNotCounted() {
    var one = new Limits(1, 1, 1, HOUR);
    safety.stop("ana", "a bad day");
    safety.spend(TARGET, "p", one, false);
    safety.resume("bo");

    assertThat(safety.stopped()).isEmpty();
    assertThat(safety.spend(TARGET, "p", one, false)).isEqualTo(GRANTED);
  }

  @Test
  void theSwitchIsOffUntilSomebodyTurnsIt() {
    assertThat(safety.stopped()).isEmpty();
  }

  @Test
  void aSwitchThatCannotBeReadIsAnError() {
    try (Store nowhere =
        Store.open(
            new StoreSettings("a-none", "s-none", TestStore.REGION, test.settings().endpoint()),
            Clock.systemUTC())) {
      assertThatThrownBy(() -> nowhere.safety().stopped())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("table s-none: GetItem failed: ResourceNotFoundException")
          .hasMessageContaining("create the tables");
      assertThatThrownBy(() -> nowhere.safety().spend(TARGET, "p", Limits.DEFAULT, true))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("table s-none");
    }
  }

  @Test
  void aSwitchThatSomebodyElseWroteStopsToo() {
    var item = new HashMap<>(Values.key("safety", "stop"));
    item.put("stopped", Values.text("yes"));
    test.raw().putItem(r -> r.tableName(test.settings().stateTable()).item(item));

    assertThatThrownBy(() -> safety.stopped()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> safety.spend(TARGET, "p", Limits.DEFAULT, true))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void countersExpireOneWindowAfterTheirs() {
    safety.spend(TARGET, "p", Limits.DEFAULT, false);
    Instant ends = AdvancingClock.START.plus(HOUR);
    var item =
        test.raw()
            .getItem(
                r ->
                    r.tableName(test.settings().stateTable())
                        .key(
                            Values.key("budget#" + ends.getEpochSecond() + "/3600", "all changes")))
            .item();

    assertThat(Optional.ofNullable(item.get("spent"))).contains(Values.number(1));
    assertThat(Optional.ofNullable(item.get("expiresAt")))
        .contains(Values.seconds(ends.plus(HOUR)));
  }

  @Test
  void limitsBelowZeroAndWindowsOfPartsOfSecondsAreRefused() {
    assertThatThrownBy(() -> new Limits(-1, 1, 1, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, 1, 1, Duration.ofMillis(1_500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT1.5S");
  }
}

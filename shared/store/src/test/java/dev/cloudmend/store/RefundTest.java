package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted, and what is given back. */
class RefundTest {

  private static final Target TARGET = TestStore.target("123456789012", "b");
  private static final Target OTHER = TestStore.target("999999999999", "b");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant ENDS = AdvancingClock.START.plus(HOUR);
  private static final Limits LIMITS = new Limits(2, 3, 4, HOUR);

  @RegisterExtension final TestStore test = new TestStore();
  private Safety safety;

  @BeforeEach
  void safety() {
    safety = test.store().safety();
  }

  @Test
  void whatWasSpentIsTold() {
    spend(TARGET, "p");
    spend(TARGET, "q");
    spend(OTHER, "p");

    assertThat(safety.spent(LIMITS))
        .containsExactlyInAnyOrder(
            new Spent("account 123456789012", 2, 2, ENDS),
            new Spent("account 999999999999", 1, 2, ENDS),
            new Spent("playbook p", 2, 3, ENDS),
            new Spent("playbook q", 1, 3, ENDS),
            new Spent("all changes", 3, 4, ENDS));
  }

  @Test
  void ofAWindowInWhichNothingWasChangedNothingIsTold() {
    assertThat(safety.spent(LIMITS)).isEmpty();

    spend(TARGET, "p");
    test.clock.advance(HOUR);

    assertThat(safety.spent(LIMITS)).isEmpty();
  }

  @Test
  void whatIsGivenBackMayBeSpentAgain() {
    spend(TARGET, "p");
    Instant window = spend(TARGET, "p");
    assertThat(safety.spend(TARGET, "p", LIMITS, false)).isInstanceOf(Permission.OverBudget.class);

    safety.refund(TARGET, "p", LIMITS, window);

    assertThat(safety.spent(LIMITS))
        .containsExactlyInAnyOrder(
            new Spent("account 123456789012", 1, 2, ENDS),
            new Spent("playbook p", 1, 3, ENDS),
            new Spent("all changes", 1, 4, ENDS));
    assertThat(spend(TARGET, "p")).isEqualTo(ENDS);
  }

  @Test
  void whatIsGivenBackMoreOftenThanItWasSpentNeverGoesBelowZero() {
    Instant window = spend(TARGET, "p");

    safety.refund(TARGET, "p", LIMITS, window);
    safety.refund(TARGET, "p", LIMITS, window);

    assertThat(safety.spent(LIMITS)).extracting(Spent::used).containsOnly(0);
    spend(TARGET, "p");
    spend(TARGET, "p");
    assertThat(safety.spend(TARGET, "p", LIMITS, false)).isInstanceOf(Permission.OverBudget.class);
  }

  @Test
  void whatWasNeverSpentIsNotGivenBack() {
    safety.refund(TARGET, "p", LIMITS, ENDS);

    assertThat(safety.spent(LIMITS)).isEmpty();
  }

  @Test
  void aWindowThatIsOverIsNotTouchedAndNeitherIsTheNext() {
    Instant window = spend(TARGET, "p");
    test.clock.advance(HOUR);
    spend(TARGET, "p");

    safety.refund(TARGET, "p", LIMITS, window);

    assertThat(safety.spent(LIMITS)).extracting(Spent::used).containsOnly(1);
    assertThat(spent(window)).isEqualTo("1");
  }

  @Test
  void onlyTheBudgetsOfTheChangeAreGivenBack() {
    spend(TARGET, "p");
    Instant window = spend(OTHER, "q");

    safety.refund(OTHER, "q", LIMITS, window);

    assertThat(safety.spent(LIMITS))
        .contains(
            new Spent("account 123456789012", 1, 2, ENDS),
            new Spent("playbook p", 1, 3, ENDS),
            new Spent("account 999999999999", 0, 2, ENDS));
  }

  /** The process died after the first of the three: too much stays counted, never too little. */
  @Test
  void aRefundThatBreaksOffLeavesTheOtherBudgetsCounted() {
    spend(TARGET, "p");
    test.raw()
        .updateItem(
            r ->
                r.tableName(test.settings().stateTable())
                    .key(
                        Values.key(
                            "budget#" + ENDS.getEpochSecond() + "/3600", "account 123456789012"))
                    .updateExpression("ADD spent :back")
                    .expressionAttributeValues(Map.of(":back", Values.number(-1))));

    assertThat(safety.spent(LIMITS))
        .containsExactlyInAnyOrder(
            new Spent("account 123456789012", 0, 2, ENDS),
            new Spent("playbook p", 1, 3, ENDS),
            new Spent("all changes", 1, 4, ENDS));
  }

  @Test
  void aHundredWhoSpendAndGiveBackLeaveNothingCounted() throws Exception {
    var plenty = new Limits(100, 100, 100, HOUR);

    Callers.atOnce(
        i -> {
          var granted = (Permission.Granted) safety.spend(TARGET, "p", plenty, false);
          safety.refund(TARGET, "p", plenty, granted.windowEnds());
          return i;
        });

    assertThat(safety.spent(plenty)).hasSize(3).extracting(Spent::used).containsOnly(0);
  }

  private Instant spend(Target target, String playbook) {
    return ((Permission.Granted) safety.spend(target, playbook, LIMITS, false)).windowEnds();
  }

  private String spent(Instant windowEnds) {
    return test.raw()
        .getItem(
            r ->
                r.tableName(test.settings().stateTable())
                    .key(
                        Values.key(
                            "budget#" + windowEnds.getEpochSecond() + "/3600", "all changes")))
        .item()
        .getOrDefault("spent", Values.number(0))
        .n();
  }
}

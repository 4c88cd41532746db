package dev.cloudmend.propener;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Text;
import java.util.Optional;

/**
 * Says how an incident ends with what came of its pull request. An end that it has already stays,
 * whatever came of it, and its reason gets a sentence more. Only {@link Outcome#MANUAL} gives way
 * where a fix was proposed: then a person need not make it.
 *
 * @param state the incident
 * @param dry whether nothing is written, so that MANUAL stays too
 */
record Answers(IncidentState state, boolean dry) {

  private static final int LONGEST = 1_500;

  /** There is a pull request. */
  IncidentState proposed(String sentence) {
    return held()
        .map(outcome -> state.ended(outcome, with(sentence)))
        .orElseGet(() -> state.ended(Outcome.PULL_REQUEST_OPENED, shown(sentence)));
  }

  /** There would be one. */
  IncidentState planned(String sentence) {
    return held()
        .map(outcome -> state.ended(outcome, with(sentence)))
        .orElseGet(() -> state.ended(Outcome.PLANNED, shown(sentence)));
  }

  /**
   * There is none.
   *
   * @param outcome how it ends where it has no end that stays
   */
  IncidentState none(Outcome outcome, String why) {
    return state.ended(
        held().orElse(outcome),
        state.reason() == null ? shown(why) : with("no pull request: " + why));
  }

  /** The end that it has, where that stays. */
  Optional<Outcome> held() {
    return Optional.ofNullable(state.outcome()).filter(o -> dry || o != Outcome.MANUAL);
  }

  private String with(String sentence) {
    return state.reason() == null ? shown(sentence) : state.reason() + "; " + shown(sentence);
  }

  private static String shown(String sentence) {
    return Text.shown(sentence, LONGEST);
  }
}

package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each step keeps of the state and what it forgets. */
class IncidentStateTest {

  /** Every member has a value, so that what is forgotten shows. */
  private static final ObjectNode FULL =
      Json.parseObject(
          """
          {"incidentId": "inc-1", "execution": "e", "playbook": "p", "suggested": true,
           "run": {"approve": ["sha256:0"], "again": true}, "attempt": 1,
           "findingClaim": {"f": 1}, "claim": {"c": 1}, "hash": "sha256:0",
           "diagnosis": {"origin": "CLAUDE", "confidence": "medium"},
           "diagnosisFailed": {"Error": "x"},
           "decision": {"mode": "automatic", "dryRun": false, "rule": "r", "channels": [],
             "notes": [], "configuration": "sha256:1"},
           "waiting": {"until": "2026-11-22T00:00:00Z", "times": 1},
           "proposalFailed": {"Error": "y"}, "next": "VERIFY", "outcome": "FAILED", "reason": "because",
           "error": {"step": "s", "type": "t", "message": "m"}}
          """);

  private static final List<String> ALWAYS = List.of("incidentId", "execution", "run");
  private static final List<String> END = List.of("next", "outcome", "reason", "error");

  private final IncidentState full = Json.fromTree(FULL, IncidentState.class);

  @Test
  void thePlanOfAnUnmatchedFindingIsForgottenWithItsPlaybook() {
    assertThat(kept(full.unmatched(FULL)))
        .containsExactlyInAnyOrderElementsOf(with("attempt", "findingClaim"));
  }

  @Test
  void aSuggestionKeepsItsDiagnosisAndNoPlan() {
    IncidentState suggested = full.suggested("other");

    assertThat(suggested.playbook()).isEqualTo("other");
    assertThat(suggested.hasSuggestedPlaybook()).isTrue();
    assertThat(kept(suggested))
        .containsExactlyInAnyOrderElementsOf(
            with("playbook", "suggested", "attempt", "findingClaim", "diagnosis"));
  }

  @Test
  void aPlaybookThatAnswersIsNoSuggestionAndLeavesTheRest() {
    IncidentState answered = full.answered("other");

    assertThat(answered.playbook()).isEqualTo("other");
    assertThat(answered.hasSuggestedPlaybook()).isFalse();
    List<String> rest = new ArrayList<>(kept(full));
    rest.remove("suggested");
    assertThat(kept(answered)).containsExactlyElementsOf(rest).contains("claim");
  }

  @Test
  void aPlanCountsAndForgetsWhatWasDecidedOfTheLastOne() {
    IncidentState planned = full.planned(Json.object().put("c", 2), "sha256:2");

    assertThat(planned.attempt()).isEqualTo(2);
    assertThat(planned.hash()).isEqualTo("sha256:2");
    assertThat(kept(planned))
        .containsExactlyInAnyOrderElementsOf(
            with("playbook", "suggested", "attempt", "findingClaim", "claim", "hash", "diagnosis"));
  }

  @Test
  void aDecisionForgetsTheEndOnly() {
    var members = names(FULL);
    members.removeAll(END);

    assertThat(kept(full.decided(Objects.requireNonNull(full.decision()))))
        .containsExactlyInAnyOrderElementsOf(members);
  }

  @Test
  void anEndKeepsAllThatLedToIt() {
    assertThat(Json.toTree(full.ended(Outcome.BLOCKED, "no")))
        .isEqualTo(
            FULL.deepCopy()
                .put("outcome", "BLOCKED")
                .put("reason", "no")
                .without(List.of("next", "error")));
    assertThat(Json.toTree(full.continues(Next.ASSESS)))
        .isEqualTo(
            FULL.deepCopy().put("next", "ASSESS").without(List.of("outcome", "reason", "error")));
    assertThat(full.failed(Outcome.FAILED, new Problem("a", "b", "c")).reason()).isEqualTo("c");
  }

  private static List<String> kept(IncidentState state) {
    return names(Json.toTree(state));
  }

  private static List<String> names(JsonNode state) {
    var names = new ArrayList<String>();
    state.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> with(String... members) {
    return Stream.concat(ALWAYS.stream(), Stream.of(members)).toList();
  }
}

package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends of incidents whose fix was to be proposed where the resource is declared. */
class ProposalEndTest {

  private static final String HASH = "sha256:" + "a".repeat(64);
  private static final ClaimKey CLAIM =
      new ClaimKey(SampleIncidents.TARGET.key(), "p", "sha256:fingerprint", true);
  private static final PullRequestLink LINK =
      new PullRequestLink(
          "acme/web",
          7,
          "https://github.com/acme/web/pull/7",
          "cloudmend/p/0123456789ab",
          PullRequestLink.Status.OPEN);
  private static final ObjectNode FAILED =
      Json.object()
          .put("Error", "dev.cloudmend.function.TryAgainException")
          .put("Cause", "{\"errorMessage\": \"GitHub does not answer\"}");

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Incident incident = SampleIncidents.of("evt-1", "p", RunOptions.NONE);

  @Test
  void withoutAnOutcomeOfItsOwnAFailedProposalIsAFailure() {
    IncidentState state = decided("pull_request", false);

    assertThat(close(state.proposes(), FAILED).outcome()).isEqualTo(Outcome.FAILED);

    var problem = new Problem("propose", "TryAgainException", "GitHub does not answer");
    assertThat(tables.record(incident).error()).isEqualTo(problem);
    assertThat(tables.record(incident).reason()).isEqualTo("GitHub does not answer");
    assertThat(Json.fromTree(lastEntry().path("error"), Problem.class)).isEqualTo(problem);
    assertThat(claimOfAnother()).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void whatAPersonHasToDoHasFailedWithItsProposal() {
    IncidentState state = decided("pull_request", false);

    close(state.endedAndProposes(Outcome.MANUAL, "by hand"), FAILED);

    assertThat(tables.record(incident).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(tables.record(incident).error())
        .isEqualTo(new Problem("propose", "TryAgainException", "GitHub does not answer"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"REMEDIATED", "AWAITING_APPROVAL", "PLANNED"})
  void whatBecameOfTheResourceItselfHoldsWithoutAPullRequest(Outcome outcome) {
    IncidentState state = decided("live, pull_request", outcome == Outcome.PLANNED);
    tables.store().incidents().proposed(incident.incidentId(), LINK);

    Closed closed = close(state.endedAndProposes(outcome, "so it is"), FAILED);

    assertThat(closed.outcome()).isEqualTo(outcome);
    assertThat(tables.record(incident).reason())
        .isEqualTo("so it is; no pull request: GitHub does not answer");
    assertThat(tables.record(incident).error()).isNull();
    assertThat(lastEntry().has("error")).isFalse();
    assertThat(lastEntry().has("pullRequest")).isFalse();
    assertThat(claimOfAnother())
        .isInstanceOf(
            outcome == Outcome.REMEDIATED ? ClaimResult.Claimed.class : ClaimResult.Held.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"PULL_REQUEST_OPENED", "REMEDIATED", "AWAITING_APPROVAL", "MANUAL"})
  void theEndNamesThePullRequestThatWasProposedInIt(Outcome outcome) {
    IncidentState state = decided("live, pull_request", false);
    tables.store().incidents().proposed(incident.incidentId(), LINK);

    close(state.ended(outcome, "so it is"));

    assertThat(lastEntry().path("pullRequest")).isEqualTo(Json.toTree(LINK));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nothing was to be proposed now, nothing was proposed, or it did not come so far.
        "live|false|REMEDIATED",
        "pull_request|true|PLANNED",
        "pull_request|true|MANUAL",
        "live, pull_request|false|BLOCKED",
        "live, pull_request|false|FAILED"
      })
  void thePullRequestOfAnEarlierExecutionIsNoPartOfTheEnd(
      String channels, boolean dryRun, Outcome outcome) {
    IncidentState state = decided(channels, dryRun);
    tables.store().incidents().proposed(incident.incidentId(), LINK);

    close(state.ended(outcome, "so it is"));

    assertThat(lastEntry().has("pullRequest")).isFalse();
    assertThat(tables.record(incident).pullRequest()).isEqualTo(LINK);
  }

  private AuditWriter writer() {
    return new AuditWriter(tables.store());
  }

  private IncidentState decided(String channels, boolean dryRun) {
    IncidentState state = writer().open(incident, "execution");
    tables.store().claims().claim(CLAIM, "evt-1", incident.incidentId(), Set.of());
    return state
        .planned(Json.toTree(CLAIM), HASH)
        .decided(
            new Decision(
                Mode.guided, dryRun, "r", List.of(channels.split(", ")), List.of(), "sha256:0"));
  }

  private Closed close(IncidentState state) {
    return writer().close(state, Optional.empty(), Optional.empty());
  }

  /** As the Catch of the state machine leaves it. */
  private Closed close(IncidentState state, JsonNode failed) {
    ObjectNode tree = (ObjectNode) Json.toTree(state);
    tree.set("proposalFailed", failed);
    return close(Json.fromTree(tree, IncidentState.class));
  }

  private JsonNode lastEntry() {
    return tables.store().audit().ofIncident(incident.incidentId()).getLast().data();
  }

  private ClaimResult claimOfAnother() {
    return tables.store().claims().claim(CLAIM, "evt-2", "inc-2", Set.of());
  }
}

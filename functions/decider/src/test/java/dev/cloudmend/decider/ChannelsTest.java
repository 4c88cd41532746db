package dev.cloudmend.decider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.YamlDocument;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a fix goes: to the resource, to its source, or to both. */
class ChannelsTest {

  private static final String HASH = "sha256:" + "a".repeat(64);
  private static final String MAPPED =
      "pullRequests: {repositories: [{repository: acme/web, when: {tag: {key: team, value: web}}}]}";

  @RegisterExtension final FreshStore tables = new FreshStore();

  /** Empty: goes on to the remediator, or has no outcome of its own yet. */
  @ParameterizedTest
  @CsvSource({
    // mode, channels, dry run, approved, outcome, next
    "automatic, live, false, false, , ",
    "automatic, live, false, true, , ",
    "automatic, live, true, false, PLANNED, ",
    "automatic, live, true, true, PLANNED, ",
    "automatic, pull_request, false, false, , PROPOSE",
    "automatic, pull_request, false, true, , PROPOSE",
    "automatic, pull_request, true, false, PLANNED, PROPOSE",
    "automatic, pull_request, true, true, PLANNED, PROPOSE",
    "automatic, live+pull_request, false, false, , ",
    "automatic, live+pull_request, false, true, , ",
    "automatic, live+pull_request, true, false, PLANNED, PROPOSE",
    "automatic, live+pull_request, true, true, PLANNED, PROPOSE",
    "guided, live, false, false, AWAITING_APPROVAL, ",
    "guided, live, false, true, , ",
    "guided, live, true, false, PLANNED, ",
    "guided, live, true, true, PLANNED, ",
    "guided, pull_request, false, false, , PROPOSE",
    "guided, pull_request, false, true, , PROPOSE",
    "guided, pull_request, true, false, PLANNED, PROPOSE",
    "guided, pull_request, true, true, PLANNED, PROPOSE",
    "guided, live+pull_request, false, false, AWAITING_APPROVAL, PROPOSE",
    "guided, live+pull_request, false, true, , ",
    "guided, live+pull_request, true, false, PLANNED, PROPOSE",
    "guided, live+pull_request, true, true, PLANNED, PROPOSE",
    "manual, live, false, false, MANUAL, ",
    "manual, live, false, true, MANUAL, ",
    "manual, live, true, false, MANUAL, ",
    "manual, live, true, true, MANUAL, ",
    "manual, pull_request, false, false, MANUAL, PROPOSE",
    "manual, pull_request, false, true, MANUAL, PROPOSE",
    "manual, pull_request, true, false, MANUAL, PROPOSE",
    "manual, pull_request, true, true, MANUAL, PROPOSE",
    "manual, live+pull_request, false, false, MANUAL, PROPOSE",
    "manual, live+pull_request, false, true, MANUAL, PROPOSE",
    "manual, live+pull_request, true, false, MANUAL, PROPOSE",
    "manual, live+pull_request, true, true, MANUAL, PROPOSE",
    "ignore, live, false, false, IGNORED, ",
    "ignore, live, false, true, IGNORED, ",
    "ignore, live, true, false, IGNORED, ",
    "ignore, live, true, true, IGNORED, ",
    "ignore, pull_request, false, false, IGNORED, ",
    "ignore, pull_request, false, true, IGNORED, ",
    "ignore, pull_request, true, false, IGNORED, ",
    "ignore, pull_request, true, true, IGNORED, ",
    "ignore, live+pull_request, false, false, IGNORED, ",
    "ignore, live+pull_request, false, true, IGNORED, ",
    "ignore, live+pull_request, true, false, IGNORED, ",
    "ignore, live+pull_request, true, true, IGNORED, "
  })
  void modeAndChannelsSayWhatFollows(
      Mode mode, String channels, boolean dryRun, boolean approved, Outcome outcome, Next next) {
    String rule =
        "policy: {rules: [{name: r, mode: %s, channels: [%s], dryRun: %s}]}"
            .formatted(mode, channels.replace("+", ", "), dryRun);

    IncidentState state = decide(Tier.auto, rule, true, approved);

    assertThat(state.outcome()).isEqualTo(outcome);
    assertThat(state.next()).isEqualTo(next);
    Decision decision = Objects.requireNonNull(state.decision());
    assertThat(decision.mode()).isEqualTo(mode);
    assertThat(decision.dryRun()).isEqualTo(dryRun);
    assertThat(decision.channels()).containsExactly(channels.split("\\+"));
  }

  @Test
  void withTheRunsSwitchOffAProposalIsOnlyPlanned() {
    String rule = "policy: {rules: [{name: r, mode: automatic, channels: [pull_request]}]}";

    IncidentState state = decide(Tier.auto, rule, false, false);

    assertThat(state.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(state.next()).isEqualTo(Next.PROPOSE);
    assertThat(Objects.requireNonNull(state.decision()).dryRun()).isTrue();
    assertThat(state.reason())
        .isEqualTo("dry run: nothing was written; a live run would propose it in a pull request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auto| dry run: nothing was written; a live run would apply it, and propose it in a pull"
            + " request",
        "guided| dry run: nothing was written; a live run would ask for a yes to its hash, and"
            + " propose it in a pull request"
      })
  void whatIsMappedIsPlannedForBothChannels(Tier tier, String reason) {
    IncidentState state = decide(tier, MAPPED, false, false);

    assertThat(state.reason()).isEqualTo(reason);
    assertThat(state.next()).isEqualTo(Next.PROPOSE);
  }

  @Test
  void whatIsMappedGoesToTheSourceTooWhereNoRuleSaysOtherwise() {
    assertThat(channels(MAPPED)).containsExactly("live", "pull_request");
    assertThat(channels(MAPPED + "\npolicy: {rules: [{name: r, mode: guided}]}"))
        .containsExactly("live", "pull_request");
    assertThat(channels(MAPPED + "\npolicy: {rules: [{name: r, mode: guided, channels: [live]}]}"))
        .containsExactly("live");
    assertThat(channels("{}")).containsExactly("live");
  }

  @Test
  void whereAGuardAsksForAYesTheProposalDoesNotWaitForIt() {
    String rule = "policy: {rules: [{name: r, mode: automatic, channels: [live, pull_request]}]}";

    IncidentState state = decide(Tier.guided, rule, true, false);

    assertThat(state.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(state.reason()).isEqualTo("the fix needs a yes to its hash: --approve " + HASH);
    assertThat(state.next()).isEqualTo(Next.PROPOSE);
    assertThat(Objects.requireNonNull(state.decision()).notes()).hasSize(1);
  }

  @Test
  void aPlaybookOfTierManualIsProposedAndNeverApplied() {
    String rule = "policy: {rules: [{name: r, mode: automatic, channels: [live, pull_request]}]}";

    IncidentState state = decide(Tier.manual, rule, true, true);

    assertThat(state.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(state.reason()).isEqualTo("what to do");
    assertThat(state.next()).isEqualTo(Next.PROPOSE);
  }

  private List<String> channels(String yaml) {
    return Objects.requireNonNull(decide(Tier.auto, yaml, true, false).decision()).channels();
  }

  private IncidentState decide(Tier tier, String yaml, boolean live, boolean approved) {
    var run = new RunOptions(approved ? List.of(HASH) : List.of(), false, "jane");
    Incident incident = SampleIncidents.of("evt-1", OfTier.ID, run);
    tables.store().incidents().open(incident, "execution");
    Configuration configuration = Configuration.read(YamlDocument.read("cloudmend.yaml", yaml));
    return new Decider(
            new Catalogue(List.of(new OfTier(tier))),
            configuration,
            tables.store(),
            live,
            tables.clock())
        .decide(
            IncidentState.opened(incident.incidentId(), "execution", OfTier.ID, run)
                .planned(Json.object(), HASH)
                .diagnosed(OfTier.DIAGNOSIS));
  }
}

package dev.cloudmend.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.configuration.YamlDocument;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import dev.cloudmend.store.Fix;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeciderTest {

  @RegisterExtension final FreshStore tables = new FreshStore();

  private static final String HASH = "sha256:" + "a".repeat(64);
  private static final Diagnosis OWN = OfTier.DIAGNOSIS;
  private static final String OTHER = "sha256:" + "b".repeat(64);

  @ParameterizedTest
  @EnumSource(
      value = Tier.class,
      names = {"auto", "guided"})
  void aDryRunEndsPlannedAndTheDecisionSaysWhichMode(Tier tier) {
    IncidentState state = decide(tier, false, RunOptions.NONE);

    assertThat(state.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(Objects.requireNonNull(state.decision()).dryRun()).isTrue();
    assertThat(state.decision().mode()).isEqualTo(tier == Tier.auto ? Mode.automatic : Mode.guided);
    assertThat(state.decision().rule()).isEqualTo("built-in: tier " + tier);
  }

  @Test
  void anAutomaticFixOfALiveRunGoesOn() {
    assertThat(decide(Tier.auto, true, RunOptions.NONE).outcome()).isNull();
  }

  @Test
  void aGuidedFixWaitsForAYesToItsOwnHash() {
    assertThat(decide(Tier.guided, true, RunOptions.NONE).outcome())
        .isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(decide(Tier.guided, true, approving(OTHER)).outcome())
        .isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(decide(Tier.guided, true, approving(HASH)).outcome()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aManualFixIsNeverWrittenNotEvenWithAYes(boolean live) {
    IncidentState state = decide(Tier.manual, live, approving(HASH));

    assertThat(state.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(state.reason()).isEqualTo("what to do");
  }

  @Test
  void aYesInADryRunWritesNothing() {
    assertThat(decide(Tier.guided, false, approving(HASH)).outcome()).isEqualTo(Outcome.PLANNED);
  }

  @Test
  void aPlaybookThatIsGoneIsUnsupported() {
    IncidentState state =
        decider(new Catalogue(List.of()), Configuration.builtIn(), true)
            .decide(planned(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  @Test
  void theDecisionNamesTheConfigurationThatDecided() {
    IncidentState state = decide(Tier.auto, true, RunOptions.NONE);

    assertThat(Objects.requireNonNull(state.decision()).configuration())
        .isEqualTo(Configuration.builtIn().hash());
  }

  @Test
  void whatNobodyDiagnosedIsNotAutomatic() {
    IncidentState state = decider(Tier.auto, true).decide(undiagnosed(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(Objects.requireNonNull(state.decision()).notes())
        .singleElement()
        .asString()
        .contains("confidence");
  }

  @Test
  void aSuggestedPlaybookIsNotAutomatic() {
    IncidentState suggested =
        undiagnosed(RunOptions.NONE).suggested("test-playbook").planned(Json.object(), HASH);

    IncidentState state = decider(Tier.auto, true).decide(suggested.diagnosed(OWN));

    assertThat(state.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
  }

  @Test
  void aRuleOfThePolicyFileDecides(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            rules:
              - name: high-asks-first
                when: {finding: {severity: [HIGH]}}
                mode: guided
            """);
    Configuration configuration = Configuration.read(Optional.empty(), Optional.of(file));

    IncidentState state =
        decider(new Catalogue(List.of(new OfTier(Tier.auto))), configuration, true)
            .decide(planned(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(Objects.requireNonNull(state.decision()).rule()).isEqualTo("high-asks-first");
  }

  @Test
  void whatABreakGlassPrincipalChangedIsNotChangedBackWithoutAYes(@TempDir Path folder)
      throws IOException {
    String user = "arn:aws:iam::123456789012:user/emergency";
    Path file =
        Files.writeString(folder.resolve("cloudmend.yaml"), "breakGlassPrincipals: [" + user + "]");
    Finding plain = SampleIncidents.finding("evt-1");
    var finding =
        new Finding(
            plain.eventId(),
            plain.source(),
            plain.check(),
            plain.title(),
            plain.severity(),
            plain.frameworks(),
            plain.resource(),
            plain.observedAt(),
            new Finding.Actor(user, "IAMUser", null, null, null),
            plain.facts());
    IncidentState state = planned(RunOptions.NONE);
    tables
        .store()
        .incidents()
        .open(
            new Incident(
                state.incidentId(),
                "test-playbook",
                finding,
                null,
                null,
                RunOptions.NONE,
                List.of()),
            "execution");
    Configuration configuration = Configuration.read(Optional.of(file), Optional.empty());

    IncidentState decided =
        decider(new Catalogue(List.of(new OfTier(Tier.auto))), configuration, true).decide(state);

    assertThat(decided.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(Objects.requireNonNull(decided.decision()).notes())
        .singleElement()
        .asString()
        .contains("break-glass");
  }

  @Test
  void aRuleThatSaysDryRunKeepsALiveRunDryAndSaysSo(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("policy.yaml"), "rules: [{name: never, mode: automatic, dryRun: true}]");
    Configuration configuration = Configuration.read(Optional.empty(), Optional.of(file));

    IncidentState state =
        decider(new Catalogue(List.of(new OfTier(Tier.auto))), configuration, true)
            .decide(planned(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(state.reason()).contains("rule 'never'").doesNotContain("a live run would");
  }

  @Test
  void aDiagnosisThatGotLostIsToldOf() {
    IncidentState planned = planned(RunOptions.NONE);
    tables.store().incidents().diagnosed(planned.incidentId(), OWN);
    ObjectNode state = (ObjectNode) Json.toTree(planned);
    state.putObject("diagnosisFailed").put("Error", "States.Timeout").put("Cause", "60 s");

    IncidentState decided =
        decider(Tier.auto, true).decide(Json.fromTree(state, IncidentState.class));

    assertThat(decided.outcome()).isNull();
    assertThat(tables.store().incidents().find(planned.incidentId()).orElseThrow().diagnosis())
        .isEqualTo(OWN.inPlaceOfClaude("the diagnoser failed: Timeout", null));
  }

  @ParameterizedTest
  @CsvSource({"true, AWAITING_APPROVAL", "false, PLANNED"})
  void whatIsBrokenAgainEachTimeIsGuidedAndTheDecisionNamesBothSides(
      boolean live, Outcome outcome) {
    IncidentState planned = plannedAfterFixes(3, RunOptions.NONE);

    IncidentState decided = decider(Tier.auto, live).decide(planned);

    assertThat(decided.outcome()).isEqualTo(outcome);
    Decision decision = Objects.requireNonNull(decided.decision());
    assertThat(decision.mode()).isEqualTo(Mode.guided);
    assertThat(decision.dryRun()).isEqualTo(!live);
    assertThat(decision.notes())
        .containsExactly(
            "rule 'built-in: tier auto' says automatic; guided, because it was already fixed 3"
                + " times within PT24H and broken again: fixed by cloudmend; broken by"
                + " arn:aws:iam::123456789012:user/eve before 2026-11-22T10:02:00Z,"
                + " arn:aws:iam::123456789012:user/eve before 2026-11-22T10:01:00Z,"
                + " arn:aws:iam::123456789012:user/eve before 2026-11-22T10:00:00Z");
  }

  @Test
  void aYesToTheChangePassesTheBreaker() {
    IncidentState planned = plannedAfterFixes(3, RunOptions.NONE);
    String hash = Objects.requireNonNull(planned.hash());

    assertThat(decider(Tier.auto, true).decide(plannedAfterFixes(0, approving(hash))).outcome())
        .isNull();
  }

  @Test
  void theBreakerHoldsTheLiveFixAndNotTheProposal() {
    Configuration mapped =
        Configuration.read(
            YamlDocument.read(
                "cloudmend.yaml", "pullRequests: {repositories: [{repository: acme/web}]}"));
    var catalogue = new Catalogue(List.of(new OfTier(Tier.auto)));

    IncidentState decided =
        decider(catalogue, mapped, true).decide(plannedAfterFixes(3, RunOptions.NONE));

    assertThat(decided.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(decided.next()).isEqualTo(IncidentState.Next.PROPOSE);
    assertThat(Objects.requireNonNull(decided.decision()).goesToSource()).isTrue();
  }

  @Test
  void oneFixLessDoesNotTripTheBreaker() {
    assertThat(decider(Tier.auto, true).decide(plannedAfterFixes(2, RunOptions.NONE)).outcome())
        .isNull();
  }

  @Test
  void theConfigurationSaysWhenTheBreakerTrips() {
    Configuration tight =
        Configuration.read(YamlDocument.read("cloudmend.yaml", "breaker: {fixes: 1}"));
    var catalogue = new Catalogue(List.of(new OfTier(Tier.auto)));

    assertThat(
            decider(catalogue, tight, true).decide(plannedAfterFixes(1, RunOptions.NONE)).outcome())
        .isEqualTo(Outcome.AWAITING_APPROVAL);
  }

  @Test
  void theBreakerMakesNothingLessStrict() {
    assertThat(decider(Tier.manual, true).decide(plannedAfterFixes(3, RunOptions.NONE)).outcome())
        .isEqualTo(Outcome.MANUAL);
  }

  @Test
  void withoutTheStoreNothingIsDecided() {
    var decider =
        new Decider(
            new Catalogue(List.of(new OfTier(Tier.auto))),
            Configuration.builtIn(),
            tables.withoutTables(),
            true);

    assertThatThrownBy(() -> decider.decide(planned(RunOptions.NONE)))
        .isInstanceOf(StoreException.class);
  }

  private static RunOptions approving(String hash) {
    return new RunOptions(List.of(hash), false, "jane");
  }

  private IncidentState decide(Tier tier, boolean live, RunOptions run) {
    return decider(tier, live).decide(planned(run));
  }

  private Decider decider(Tier tier, boolean live) {
    return decider(new Catalogue(List.of(new OfTier(tier))), Configuration.builtIn(), live);
  }

  private Decider decider(Catalogue catalogue, Configuration configuration, boolean live) {
    return new Decider(catalogue, configuration, tables.store(), live, tables.clock());
  }

  private IncidentState planned(RunOptions run) {
    return undiagnosed(run).diagnosed(OWN);
  }

  /** Planned for a resource that this playbook has fixed so often, a minute apart. */
  private IncidentState plannedAfterFixes(int fixes, RunOptions run) {
    IncidentState state = planned(run);
    var change =
        new Change(
            SampleIncidents.TARGET,
            "test-playbook",
            "1",
            NullNode.getInstance(),
            Json.object(),
            List.of(),
            List.of(),
            Reversibility.EXACT,
            null,
            "Mend it",
            List.of(),
            Json.object());
    tables.store().incidents().saveChange(state.incidentId(), change);
    for (int i = 0; i < fixes; i++) {
      tables
          .store()
          .histories()
          .fixed(
              SampleIncidents.TARGET.key(),
              "test-playbook",
              new Fix(
                  "inc-" + i,
                  tables.clock().instant().plusSeconds(60L * i),
                  "cloudmend",
                  "arn:aws:iam::123456789012:user/eve"));
    }
    return state.planned(Json.object(), change.hash()).diagnosed(OWN);
  }

  private IncidentState undiagnosed(RunOptions run) {
    Incident incident = SampleIncidents.of("evt-1", "test-playbook", run);
    tables.store().incidents().open(incident, "execution");
    return IncidentState.opened(incident.incidentId(), "execution", "test-playbook", run)
        .planned(Json.object(), HASH);
  }
}

package dev.cloudmend.decider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeciderTest {

  private static final String HASH = "sha256:" + "a".repeat(64);
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
        new Decider(new Catalogue(List.of()), true).decide(planned(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.UNSUPPORTED);
  }

  private static RunOptions approving(String hash) {
    return new RunOptions(List.of(hash), false, "jane");
  }

  private static IncidentState decide(Tier tier, boolean live, RunOptions run) {
    return new Decider(new Catalogue(List.of(new OfTier(tier))), live).decide(planned(run));
  }

  private static IncidentState planned(RunOptions run) {
    return IncidentState.opened("inc-1", "execution", "test-playbook", run)
        .planned(Json.object(), HASH);
  }

  private record OfTier(Tier tier) implements Playbook {

    @Override
    public PlaybookInfo info() {
      return new PlaybookInfo(
          "test-playbook",
          "1",
          "Test",
          "why",
          "what to do",
          tier,
          "s3",
          "AWS::S3::Bucket",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Reversibility.EXACT,
          false,
          new PlaybookInfo.Example("none", NullNode.getInstance(), NullNode.getInstance()));
    }

    @Override
    public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
      return new Assessment.Compliant();
    }

    @Override
    public JsonNode observe(Change change, AwsReader aws) {
      return NullNode.getInstance();
    }
  }
}

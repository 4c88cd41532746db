package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryMapping.Entry;
import dev.cloudmend.pullrequests.ResourceMatch;
import dev.cloudmend.sourcefixes.SourceOutcome.LeftAlone;
import dev.cloudmend.sourcefixes.SourceOutcome.Limited;
import dev.cloudmend.sourcefixes.SourceOutcome.Planned;
import dev.cloudmend.sourcefixes.SourceOutcome.Unchanged;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.GitHubOperation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a dry run says, and what is opened is the same. */
class PreviewTest {

  private final Scene scene = Scene.ofBucket();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void tellsThePullRequestThatIsOpenedThenAndWritesNothing() {
    ProposalPreview preview = planned(dry(Scene.LIVE).preview(Scene.request()));
    assertThat(scene.server.operations()).isNotEmpty().noneMatch(GitHubOperation::isWrite);

    scene.proposer.propose(Scene.request());

    FakePullRequest pull = scene.only();
    assertThat(preview.repository()).isEqualTo("acme/infra");
    assertThat(preview.base()).isEqualTo(pull.base());
    assertThat(preview.branch()).isEqualTo(pull.head());
    assertThat(preview.title()).isEqualTo(pull.title());
    assertThat(preview.diff())
        .startsWith("--- a/live/main.tf\n+++ b/live/main.tf\n")
        .contains("+resource \"aws_s3_bucket_versioning\" \"reports\" {");
  }

  @Test
  void whatIsOpenAlreadyIsNotPlannedAgain() {
    scene.proposer.propose(Scene.request());

    assertThat(dry(Scene.LIVE).preview(Scene.request())).isInstanceOf(Unchanged.class);
  }

  @Test
  void whatAPersonClosedIsLeftAlone() {
    scene.proposer.propose(Scene.request());
    scene.repository.close(1);

    assertThat(dry(Scene.LIVE).preview(Scene.request())).isInstanceOf(LeftAlone.class);
  }

  @Test
  void aLimitIsToldBeforehand() {
    var none =
        new Destination(
            Scene.LIVE.repository(),
            Scene.LIVE.base(),
            Scene.LIVE.directory(),
            List.of(),
            List.of(),
            new PullRequestLimits(0, 0));

    assertThat(dry(none).preview(Scene.request())).isInstanceOf(Limited.class);
  }

  @Test
  void anEditThatMayCutTrafficIsProposedAsADraft() {
    try (Scene open = Scene.with(Map.of(Scene.FILE, ManualTest.OPEN_GROUP))) {
      open.proposer(Scene.LIVE, new ProposerSettings(RuleSettings.DEFAULT, true, false))
          .propose(ManualTest.OF_GROUP);

      assertThat(open.only().isDraft()).isTrue();
    }
    scene.proposer.propose(Scene.request());
    assertThat(scene.only().isDraft()).isFalse();
  }

  private SourceProposer dry(Destination destination) {
    return new SourceProposer(
        scene.github.readOnly(),
        new RepositoryMapping(List.of(new Entry(ResourceMatch.ALL, destination))),
        ProposerSettings.DEFAULT,
        scene.clock);
  }

  private static ProposalPreview planned(SourceOutcome outcome) {
    return ((Planned) outcome).preview();
  }
}

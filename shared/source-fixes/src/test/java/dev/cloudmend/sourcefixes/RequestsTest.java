package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.sourcefixes.SourceOutcome.Planned;
import dev.cloudmend.sourcefixes.SourceOutcome.Unchanged;
import dev.cloudmend.testing.github.GitHubOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many requests a fix takes, as docs/pull-requests.md says, with one file to read and no
 * reviewer to ask.
 */
class RequestsTest {

  private final Scene scene = Scene.ofBucket();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aNewPullRequestTakesTwelve() {
    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);

    assertThat(scene.server.operations()).hasSize(12);
    assertThat(scene.server.operations()).filteredOn(GitHubOperation::isWrite).hasSize(5);
  }

  @Test
  void aDryRunTakesSix() {
    assertThat(scene.proposer.preview(Scene.request())).isInstanceOf(Planned.class);

    assertThat(scene.server.operations()).hasSize(6).noneMatch(GitHubOperation::isWrite);
  }

  @Test
  void oneThatIsFoundAgainTakesThreeAndSevenWhereNothingWasReadYet() {
    scene.proposer.propose(Scene.request());
    scene.server.forget();

    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Unchanged.class);
    assertThat(scene.server.operations()).hasSize(3);
    scene.server.forget();

    SourceProposer other = scene.proposer(Scene.LIVE, ProposerSettings.DEFAULT);
    assertThat(other.propose(Scene.request())).isInstanceOf(Unchanged.class);
    assertThat(scene.server.operations()).hasSize(7);
  }
}

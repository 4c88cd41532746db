package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.sourcefixes.SourceOutcome.Manual;
import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.testing.github.GitHubOperation;
import dev.cloudmend.testing.github.GitHubReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubTroubleTest {

  private final Scene scene = Scene.ofBucket();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aLimitOfRequestsSaysHowLongToWait() {
    scene.server.fails(
        GitHubOperation.GET_BLOB, 1, GitHubReply.secondaryLimit(Duration.ofSeconds(30)));

    assertThatThrownBy(() -> scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            PassingException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(PassingException.Kind.RATE_LIMITED);
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(30));
            });
    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);
  }

  @Test
  void afterAFailureOfTheServiceTheNextGoesOnWhereItEnded() {
    scene.server.fails(GitHubOperation.CREATE_PULL, 1, GitHubReply.html(502));

    assertThatThrownBy(() -> scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            PassingException.class,
            e -> assertThat(e.kind()).isEqualTo(PassingException.Kind.UNAVAILABLE));
    assertThat(scene.repository.branches()).hasSize(2);
    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);
    assertThat(scene.repository.branches()).hasSize(2);
    assertThat(scene.repository.pulls()).hasSize(1);
  }

  @Test
  void aBaseThatMovesOnceIsReadAgain() {
    scene.server.before(GitHubOperation.LIST_PULLS, 1, () -> move("# one\n"));

    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);

    assertThat(scene.repository.files(scene.only().head()).get(Scene.FILE)).startsWith("# one\n");
  }

  @Test
  void aBaseThatMovesAgainIsLeftToALaterAttempt() {
    scene.server.before(GitHubOperation.LIST_PULLS, 1, () -> move("# one\n"));
    scene.server.before(GitHubOperation.LIST_PULLS, 4, () -> move("# two\n"));

    assertThatThrownBy(() -> scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            PassingException.class,
            e -> assertThat(e.kind()).isEqualTo(PassingException.Kind.MOVED));
    assertThat(scene.repository.branches()).containsExactly("main");
  }

  @Test
  void aRepositoryThatCannotBeWrittenToIsAPersonsMatter() {
    scene.server.fails(GitHubOperation.CREATE_TREE, 1, GitHubReply.notAccessible());
    assertThat(reason()).startsWith("acme/infra does not give the token the right");

    scene.server.fails(GitHubOperation.CREATE_REF, 1, GitHubReply.ruleViolation());
    assertThat(reason()).startsWith("acme/infra has a rule that forbids it");

    scene.server.fails(GitHubOperation.GET_BRANCH, 1, GitHubReply.badCredentials());
    assertThat(reason()).startsWith("acme/infra does not give the token the right");

    scene.repository.archive();
    assertThat(reason()).startsWith("acme/infra is archived");
    assertThat(scene.repository.pulls()).isEmpty();
  }

  @Test
  void aRepositoryBranchOrDirectoryThatIsMissing() {
    assertThat(reason("acme/none", "main", "live")).contains("acme/none or its branch or dir");
    assertThat(reason("acme/infra", "none", "live")).contains("is missing, or hidden");
    assertThat(reason("acme/infra", "main", "none")).contains("no directory none");
  }

  @Test
  void aRepositoryWithoutACommit() {
    scene.server.repository("acme/empty");

    assertThat(reason("acme/empty", "main", "")).startsWith("acme/empty has no commit yet");
  }

  @Test
  void aBaseThatIsAFixItself() {
    assertThat(reason("acme/infra", "cloudmend/x/1", "")).contains("one of Cloudmend's own");
  }

  private void move(String begin) {
    scene.repository.commit("main", Map.of(Scene.FILE, begin + Scene.BUCKET), "Moved");
  }

  private String reason() {
    return reason("acme/infra", "main", "live");
  }

  private String reason(String repository, String base, String directory) {
    var destination =
        new Destination(
            RepositoryName.of(repository),
            Optional.of(new Branch(base)),
            directory,
            Scene.LIVE.labels(),
            Scene.LIVE.reviewers(),
            Scene.LIVE.limits());
    SourceOutcome outcome =
        scene.proposer(destination, ProposerSettings.DEFAULT).propose(Scene.request());
    assertThat(outcome).isInstanceOf(Manual.class);
    return ((Manual) outcome).reason();
  }
}

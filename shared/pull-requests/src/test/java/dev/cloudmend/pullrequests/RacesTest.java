package dev.cloudmend.pullrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.pullrequests.ProposalOutcome.EditedByOthers;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.testing.github.GitHubOperation;
import dev.cloudmend.testing.github.GitHubReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RacesTest {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"GET_BRANCH", "CREATE_TREE", "CREATE_COMMIT", "CREATE_REF", "CREATE_PULL"})
  void anotherProposalInTheMiddleGivesOnePullRequest(GitHubOperation moment) {
    Proposal fix = scene.fix();
    scene.server.before(
        moment,
        1,
        () -> {
          scene.clock.advance(Duration.ofSeconds(5));
          assertThat(scene.pullRequests.propose(fix)).isInstanceOf(Opened.class);
        });

    assertThat(scene.pullRequests.propose(fix)).isInstanceOf(Unchanged.class);
    assertThat(scene.only().isOpen()).isTrue();
  }

  @Test
  void manyProposalsAtTheSameTimeGiveOnePullRequest()
      throws InterruptedException, ExecutionException {
    Proposal fix = scene.fix();
    Callable<ProposalOutcome> propose = () -> scene.pullRequests.propose(fix);
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<ProposalOutcome> each :
          threads.invokeAll(
              List.of(propose, propose, propose, propose, propose, propose, propose, propose))) {
        assertThat(each.get()).isInstanceOfAny(Opened.class, Unchanged.class);
      }
    }
    assertThat(scene.only().isOpen()).isTrue();
  }

  @Test
  void aPushRightBeforeAnUpdateIsNotOverwritten() {
    scene.pullRequests.propose(scene.fix());
    scene.server.before(
        GitHubOperation.UPDATE_REF,
        1,
        () -> scene.repository.commit(Scene.HEAD.name(), Map.of("a", "b"), "Mine"));

    assertThat(scene.pullRequests.propose(scene.fix("other\n", "sha256:two")))
        .isInstanceOf(EditedByOthers.class);
    assertThat(scene.repository.message(Scene.HEAD.name())).isEqualTo("Mine");
  }

  @Test
  void aRaceThatIsLostEachTimeEndsAsAConflict() {
    scene.server.alwaysFails(
        GitHubOperation.CREATE_PULL,
        GitHubReply.validationFailed(
            "PullRequest", "custom", "A pull request already exists for acme:x."));

    assertThatThrownBy(() -> scene.pullRequests.propose(scene.fix()))
        .isInstanceOfSatisfying(
            GitHubException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
              assertThat(e.mayPass()).isTrue();
            });
    assertThat(scene.server.count(GitHubOperation.CREATE_PULL)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LIST_PULLS",
        "GET_BRANCH",
        "CREATE_TREE",
        "CREATE_COMMIT",
        "CREATE_REF",
        "CREATE_PULL",
        "REQUEST_REVIEWERS",
        "ADD_LABELS"
      })
  void whatBrokeOffIsContinuedByTheNextProposal(GitHubOperation step) {
    scene.server.fails(step, 1, GitHubReply.html(502));

    breaksOffAndIsContinued();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CREATE_TREE",
        "CREATE_COMMIT",
        "CREATE_REF",
        "CREATE_PULL",
        "REQUEST_REVIEWERS",
        "ADD_LABELS"
      })
  void whatWasDoneWithoutAnAnswerIsNotDoneTwice(GitHubOperation step) {
    scene.server.fails(step, 1, new GitHubReply.CutAfterwards());

    breaksOffAndIsContinued();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE_TREE", "CREATE_COMMIT", "UPDATE_REF", "UPDATE_PULL"})
  void anUpdateThatBrokeOffIsContinuedByTheNextProposal(GitHubOperation step) {
    scene.pullRequests.propose(scene.fix());
    Proposal other = scene.fix("other\n", "sha256:two");
    scene.server.fails(step, 1, new GitHubReply.CutAfterwards());
    assertThatThrownBy(() -> scene.pullRequests.propose(other)).isInstanceOf(GitHubException.class);

    scene.clock.advance(Duration.ofMinutes(1));
    scene.pullRequests.propose(other);

    assertThat(scene.only().body()).contains("fingerprint=sha256:two ");
    assertThat(scene.repository.files(Scene.HEAD.name())).containsEntry(Scene.FILE, "other\n");
    assertThat(scene.pullRequests.propose(other)).isInstanceOf(Unchanged.class);
  }

  private void breaksOffAndIsContinued() {
    scene.repository.addCollaborator("alice");
    Proposal fix = scene.fix(List.of("security"), List.of("alice"));
    GitHubException broken =
        catchThrowableOfType(GitHubException.class, () -> scene.pullRequests.propose(fix));
    assertThat(broken.kind()).isEqualTo(Kind.UNAVAILABLE);

    scene.clock.advance(Duration.ofMinutes(1));
    assertThat(scene.pullRequests.propose(fix)).isInstanceOfAny(Opened.class, Unchanged.class);

    assertThat(scene.only().labels()).containsExactly("security");
    assertThat(scene.only().reviewers()).containsExactly("alice");
    assertThat(scene.repository.parents(Scene.HEAD.name())).containsExactly(fix.baseCommit());
    assertThat(scene.pullRequests.propose(fix)).isInstanceOf(Unchanged.class);
  }
}

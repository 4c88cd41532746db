package dev.cloudmend.pullrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.pullrequests.ProposalOutcome.ClosedUnmerged;
import dev.cloudmend.pullrequests.ProposalOutcome.EditedByOthers;
import dev.cloudmend.pullrequests.ProposalOutcome.Merged;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.testing.github.GitHubOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dry run's client cannot write; what it finds is what a proposal would find. */
class ReadOnlyTest {

  private final Scene scene = new Scene();
  private final GitHub readOnly = scene.github.readOnly();
  private final PullRequests dry = new PullRequests(readOnly);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void whateverWouldWriteIsRefusedBeforeItIsSent() {
    Proposal fix = scene.fix(List.of("security"), List.of("ana"));
    scene.pullRequests.propose(scene.fix());
    int number = scene.only().number();
    String sha = scene.repository.head(Scene.HEAD.name());
    scene.server.forget();

    Stream.<ThrowingCallable>of(
            () -> dry.propose(fix),
            () -> dry.propose(scene.fix("other", "sha256:two")),
            () -> dry.close(Scene.NAME, number, "no"),
            () -> readOnly.createTree(Scene.NAME, sha, fix.changes()),
            () -> readOnly.createCommit(Scene.NAME, sha, List.of(sha), "m"),
            () -> readOnly.createBranch(Scene.NAME, new Branch("b"), sha),
            () -> readOnly.moveBranch(Scene.NAME, Scene.HEAD, sha),
            () -> readOnly.pulls().comment(Scene.NAME, number, "c"),
            () -> readOnly.tellingFirst(() -> {}).createBranch(Scene.NAME, new Branch("c"), sha))
        .forEach(
            write ->
                assertThatThrownBy(write)
                    .isInstanceOfSatisfying(
                        GitHubException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY)));

    assertThat(scene.server.operations()).isNotEmpty().noneMatch(GitHubOperation::isWrite);
  }

  @Test
  void nobodyIsToldOfAWriteThatIsRefused() {
    var told = new ArrayList<String>();
    var telling = new PullRequests(readOnly.tellingFirst(() -> told.add("told")));

    assertThatThrownBy(() -> telling.propose(scene.fix()))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY));

    assertThat(told).isEmpty();
  }

  @Test
  void readsAsTheOneThatWrites() {
    assertThat(readOnly.branch(Scene.NAME, Scene.MAIN))
        .isEqualTo(scene.github.branch(Scene.NAME, Scene.MAIN));
  }

  @Test
  void nothingStandsWhereAPullRequestWouldBeOpenedOrBroughtUpToDate() {
    assertThat(dry.standing(scene.fix())).isEmpty();

    scene.pullRequests.propose(scene.fix());

    assertThat(dry.standing(scene.fix("other", "sha256:two"))).isEmpty();
  }

  @Test
  void theSameThatIsOpenStands() {
    scene.pullRequests.propose(scene.fix());

    assertThat(dry.standing(scene.fix())).containsInstanceOf(Unchanged.class);
  }

  @Test
  void whatAPersonWorksOnOrEndedStands() {
    scene.pullRequests.propose(scene.fix());
    scene.repository.commit(Scene.HEAD.name(), Map.of("x.tf", "1"), "Mine");
    assertThat(dry.standing(scene.fix("other", "sha256:two")))
        .containsInstanceOf(EditedByOthers.class);

    scene.repository.close(scene.only().number());
    assertThat(dry.standing(scene.fix())).containsInstanceOf(ClosedUnmerged.class);
    assertThat(dry.standing(scene.fix("other", "sha256:two"))).isEmpty();
  }

  @Test
  void whatWasMergedStands() {
    scene.pullRequests.propose(scene.fix());
    Proposal fix = scene.fix();
    scene.repository.merge(scene.only().number());

    assertThat(dry.standing(fix)).containsInstanceOf(Merged.class);
  }

  @Test
  void isToldBeforeTheFirstWriteAlone() {
    var told = new ArrayList<Integer>();
    var telling =
        new PullRequests(
            scene.github.tellingFirst(() -> told.add(scene.server.operations().size())));

    telling.propose(scene.fix());
    telling.propose(scene.fix("other", "sha256:two"));

    assertThat(told).hasSize(1);
    assertThat(scene.server.operations().subList(0, told.getFirst()))
        .isNotEmpty()
        .noneMatch(GitHubOperation::isWrite);
    assertThat(scene.server.operations().get(told.getFirst()).isWrite()).isTrue();
  }

  @Test
  void whoIsToldMayPreventIt() {
    var telling =
        new PullRequests(
            scene.github.tellingFirst(
                () -> {
                  throw new IllegalStateException("no audit trail");
                }));

    assertThatThrownBy(() -> telling.propose(scene.fix())).hasMessage("no audit trail");
    assertThatThrownBy(() -> telling.propose(scene.fix())).hasMessage("no audit trail");

    assertThat(scene.server.operations()).isNotEmpty().noneMatch(GitHubOperation::isWrite);
  }
}

package dev.cloudmend.pullrequests;

import static dev.cloudmend.testing.github.GitHubOperation.ADD_LABELS;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_COMMIT;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_PULL;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_REF;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_TREE;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BRANCH;
import static dev.cloudmend.testing.github.GitHubOperation.GET_COMMIT;
import static dev.cloudmend.testing.github.GitHubOperation.LIST_PULLS;
import static dev.cloudmend.testing.github.GitHubOperation.REQUEST_REVIEWERS;
import static dev.cloudmend.testing.github.GitHubOperation.UPDATE_PULL;
import static dev.cloudmend.testing.github.GitHubOperation.UPDATE_REF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.ProposalOutcome.BaseMoved;
import dev.cloudmend.pullrequests.ProposalOutcome.ClosedUnmerged;
import dev.cloudmend.pullrequests.ProposalOutcome.EditedByOthers;
import dev.cloudmend.pullrequests.ProposalOutcome.ForeignBranch;
import dev.cloudmend.pullrequests.ProposalOutcome.Merged;
import dev.cloudmend.pullrequests.ProposalOutcome.NothingToChange;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.pullrequests.ProposalOutcome.Updated;
import dev.cloudmend.pullrequests.PullRequestState.Status;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.GitHubReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullRequestsTest {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void opensOnePullRequestWithTheChangeAndNothingElse() {
    ProposalOutcome outcome = scene.pullRequests.propose(scene.fix());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Opened.class,
            o -> {
              assertThat(o.notes()).isEmpty();
              assertThat(o.pullRequest().number()).isEqualTo(1);
              assertThat(o.pullRequest().url()).hasToString("https://github.com/acme/infra/pull/1");
              assertThat(o.pullRequest().status()).isEqualTo(Status.OPEN);
            });
    FakePullRequest pull = scene.only();
    assertThat(pull.head()).matches("cloudmend/s3-bucket-versioning/[0-9a-f]{12}");
    assertThat(pull.base()).isEqualTo("main");
    assertThat(pull.title()).isEqualTo("Switch versioning on");
    assertThat(pull.body())
        .startsWith("<!-- cloudmend: fingerprint=sha256:one content=sha256:")
        .endsWith("-->\nWhy it matters");
    assertThat(scene.repository.files(pull.head()))
        .isEqualTo(Map.of(Scene.FILE, Scene.AFTER, "README.md", "Infra\n"));
    assertThat(scene.repository.parents(pull.head()))
        .containsExactly(scene.repository.head("main"));
    assertThat(scene.repository.files("main")).containsEntry(Scene.FILE, Scene.BEFORE);
  }

  @Test
  void aNewPullRequestTakesEightRequestsAndOneFoundUnchangedTwo() {
    scene.repository.addCollaborator("alice");
    Proposal fix = scene.fix(List.of("security"), List.of("alice"));

    scene.pullRequests.propose(fix);
    assertThat(scene.server.operations())
        .containsExactly(
            LIST_PULLS,
            GET_BRANCH,
            CREATE_TREE,
            CREATE_COMMIT,
            CREATE_REF,
            CREATE_PULL,
            REQUEST_REVIEWERS,
            ADD_LABELS);

    scene.server.forget();
    assertThat(scene.pullRequests.propose(fix)).isInstanceOf(Unchanged.class);
    assertThat(scene.server.operations()).containsExactly(LIST_PULLS, GET_COMMIT);
  }

  @Test
  void theCommitNamesNoAuthorSoThatGitHubSignsAnApps() {
    scene.pullRequests.propose(scene.fix());

    assertThat(scene.server.requests())
        .filteredOn(r -> r.operation() == CREATE_COMMIT)
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.body().fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("message", "tree", "parents"));
  }

  @Test
  void everyRequestNamesTheVersionOfTheApiAndTheClient() {
    scene.pullRequests.propose(scene.fix());

    assertThat(scene.server.requests())
        .isNotEmpty()
        .allSatisfy(
            r ->
                assertThat(r.headers())
                    .containsEntry("x-github-api-version", List.of("2022-11-28"))
                    .containsEntry("accept", List.of("application/vnd.github+json"))
                    .containsEntry("user-agent", List.of("cloudmend")));
  }

  @Test
  void theSameAgainLeavesThePullRequestAsItIs() {
    scene.pullRequests.propose(scene.fix());
    FakePullRequest before = scene.only();

    ProposalOutcome outcome = scene.pullRequests.propose(scene.fix());

    assertThat(outcome).isInstanceOf(Unchanged.class);
    assertThat(scene.only()).isEqualTo(before);
  }

  @Test
  void otherContentBecomesACommitOnTheSameBranchWithoutForce() {
    scene.pullRequests.propose(scene.fix());
    String first = scene.repository.head(Scene.HEAD.name());

    ProposalOutcome outcome =
        scene.pullRequests.propose(scene.fix(Scene.BEFORE + "# other\n", "sha256:two"));

    assertThat(outcome).isInstanceOf(Updated.class);
    assertThat(scene.only().body()).contains("fingerprint=sha256:two ");
    assertThat(scene.repository.parents(Scene.HEAD.name())).containsExactly(first);
    assertThat(scene.repository.files(Scene.HEAD.name()))
        .containsEntry(Scene.FILE, Scene.BEFORE + "# other\n");
    assertThat(scene.server.requests())
        .filteredOn(r -> r.operation() == UPDATE_REF)
        .singleElement()
        .satisfies(r -> assertThat(r.body().path("force").asBoolean(true)).isFalse());
  }

  @Test
  void anUpdateBringsInABaseThatWentOn() {
    scene.pullRequests.propose(scene.fix());
    String first = scene.repository.head(Scene.HEAD.name());
    String base =
        scene.repository.commit("main", Map.of(Scene.FILE, "# new\n" + Scene.BEFORE), "More");

    scene.pullRequests.propose(scene.fix("# new\n" + Scene.AFTER, "sha256:one"));

    assertThat(scene.repository.parents(Scene.HEAD.name())).containsExactly(first, base);
    assertThat(scene.repository.files(Scene.HEAD.name()))
        .containsEntry(Scene.FILE, "# new\n" + Scene.AFTER);
  }

  @Test
  void aNewFingerprintAloneChangesTheTextAndNoCommit() {
    scene.pullRequests.propose(scene.fix());
    String head = scene.repository.head(Scene.HEAD.name());

    ProposalOutcome outcome = scene.pullRequests.propose(scene.fix(Scene.AFTER, "sha256:two"));

    assertThat(outcome).isInstanceOf(Updated.class);
    assertThat(scene.repository.head(Scene.HEAD.name())).isEqualTo(head);
    assertThat(scene.only().body()).contains("fingerprint=sha256:two ");
  }

  @Test
  void whatSomebodyPushedOntoIsNeverTouched() {
    scene.pullRequests.propose(scene.fix());
    String pushed =
        scene.repository.commit(Scene.HEAD.name(), Map.of(Scene.FILE, "mine\n"), "My own");
    FakePullRequest before = scene.only();

    ProposalOutcome outcome = scene.pullRequests.propose(scene.fix("other\n", "sha256:two"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            EditedByOthers.class, o -> assertThat(o.pullRequest().headSha()).isEqualTo(pushed));
    assertThat(scene.only()).isEqualTo(before);
    assertThat(scene.repository.head(Scene.HEAD.name())).isEqualTo(pushed);
  }

  @Test
  void anAmendedCommitIsSomebodyElsesThoughItsMessageIsOurs() {
    scene.pullRequests.propose(scene.fix());
    String amended = scene.repository.amend(Scene.HEAD.name(), Scene.FILE, "amended\n");

    assertThat(scene.pullRequests.propose(scene.fix("other\n", "sha256:two")))
        .isInstanceOf(EditedByOthers.class);
    assertThat(scene.repository.head(Scene.HEAD.name())).isEqualTo(amended);
  }

  @Test
  void aPullRequestWithoutItsMarkerIsNoLongerOurs() {
    scene.pullRequests.propose(scene.fix());
    scene.repository.edit(1, "I take this over");

    assertThat(scene.pullRequests.propose(scene.fix("other\n", "sha256:two")))
        .isInstanceOf(EditedByOthers.class);
    assertThat(scene.only().body()).isEqualTo("I take this over");
  }

  @Test
  void aPullRequestThatWasClosedIsLeftAlone() {
    scene.pullRequests.propose(scene.fix());
    scene.repository.close(1);
    scene.server.forget();

    assertThat(scene.pullRequests.propose(scene.fix()))
        .isInstanceOfSatisfying(
            ClosedUnmerged.class,
            o -> assertThat(o.pullRequest().status()).isEqualTo(Status.CLOSED));
    assertThat(scene.server.operations()).containsExactly(LIST_PULLS);
  }

  @Test
  void aClosedOneIsFollowedByAnotherWhenTheFindingIsAnother() {
    scene.pullRequests.propose(scene.fix());
    scene.repository.close(1);

    assertThat(scene.pullRequests.propose(scene.fix(Scene.AFTER, "sha256:two")))
        .isInstanceOfSatisfying(
            Opened.class, o -> assertThat(o.pullRequest().number()).isEqualTo(2));
    assertThat(scene.repository.pulls()).hasSize(2);

    scene.repository.close(2);
    assertThat(scene.pullRequests.propose(scene.fix())).isInstanceOf(ClosedUnmerged.class);
  }

  @Test
  void aMergedPullRequestIsReported() {
    scene.pullRequests.propose(scene.fix());
    Proposal fix = scene.fix();
    scene.repository.merge(1);

    assertThat(scene.pullRequests.propose(fix))
        .isInstanceOfSatisfying(
            Merged.class, o -> assertThat(o.pullRequest().status()).isEqualTo(Status.MERGED));
  }

  @Test
  void aFixThatWasUndoneAfterItsMergeIsProposedAgainForAnotherFinding() {
    scene.pullRequests.propose(scene.fix());
    scene.repository.merge(1);
    scene.repository.commit("main", Map.of(Scene.FILE, Scene.BEFORE), "Undo");

    assertThat(scene.pullRequests.propose(scene.fix(Scene.AFTER, "sha256:two")))
        .isInstanceOf(Opened.class);
    assertThat(scene.repository.files(Scene.HEAD.name())).containsEntry(Scene.FILE, Scene.AFTER);
  }

  @Test
  void aBranchOfOursWithoutPullRequestIsPickedUpAgain() {
    scene.server.fails(CREATE_PULL, 1, GitHubReply.html(502));
    assertThatThrownBy(() -> scene.pullRequests.propose(scene.fix()))
        .isInstanceOf(GitHubException.class);
    String head = scene.repository.head(Scene.HEAD.name());

    scene.clock.advance(Duration.ofMinutes(1));
    assertThat(scene.pullRequests.propose(scene.fix())).isInstanceOf(Opened.class);
    assertThat(scene.only().headSha()).isEqualTo(head);
  }

  @Test
  void aBranchPickedUpAgainGetsTheContentOfToday() {
    scene.server.fails(CREATE_PULL, 1, GitHubReply.html(502));
    assertThatThrownBy(() -> scene.pullRequests.propose(scene.fix()))
        .isInstanceOf(GitHubException.class);
    String first = scene.repository.head(Scene.HEAD.name());

    assertThat(scene.pullRequests.propose(scene.fix("other\n", "sha256:two")))
        .isInstanceOf(Opened.class);
    assertThat(scene.repository.parents(Scene.HEAD.name())).containsExactly(first);
    assertThat(scene.repository.files(Scene.HEAD.name())).containsEntry(Scene.FILE, "other\n");
  }

  @Test
  void aBranchOfSomebodyElseIsLeftAlone() {
    String theirs = scene.repository.commit(Scene.HEAD.name(), Map.of("a", "b"), "Mine");

    assertThat(scene.pullRequests.propose(scene.fix()))
        .isEqualTo(new ForeignBranch(Scene.HEAD, theirs));
    assertThat(scene.repository.pulls()).isEmpty();
    assertThat(scene.repository.head(Scene.HEAD.name())).isEqualTo(theirs);
  }

  @Test
  void aBaseThatMovedDuringTheEditIsToldAndNothingIsWritten() {
    Proposal fix = scene.fix();
    String moved = scene.repository.commit("main", Map.of("README.md", "New\n"), "Second");

    assertThat(scene.pullRequests.propose(fix)).isEqualTo(new BaseMoved(fix.baseCommit(), moved));
    assertThat(scene.repository.branches()).containsExactly("main");
    assertThat(scene.server.operations()).containsExactly(LIST_PULLS, GET_BRANCH);
  }

  @Test
  void aBaseThatMovedBeforeAnUpdateIsToldAndNothingIsWritten() {
    scene.pullRequests.propose(scene.fix());
    FakePullRequest before = scene.only();
    Proposal fix = scene.fix("other\n", "sha256:two");
    scene.server.before(
        GET_BRANCH, 1, () -> scene.repository.commit("main", Map.of("a", "b"), "Second"));

    assertThat(scene.pullRequests.propose(fix)).isInstanceOf(BaseMoved.class);
    assertThat(scene.only()).isEqualTo(before);
  }

  @Test
  void whatTheBaseHasAlreadyIsNotProposed() {
    assertThat(scene.pullRequests.propose(scene.fix(Scene.BEFORE, "sha256:one")))
        .isEqualTo(new NothingToChange());
    assertThat(scene.repository.branches()).containsExactly("main");
  }

  @Test
  void aFileCanBeDeletedAndAnotherMade() {
    Proposal fix = scene.fix();
    scene.pullRequests.propose(
        new Proposal(
            Scene.NAME,
            fix.baseCommit(),
            List.of(
                new FileChange.Delete("README.md"),
                new FileChange.Write("live/new.tf", "# new\n", FileChange.FILE)),
            "Move",
            fix.draft()));

    assertThat(scene.repository.files(Scene.HEAD.name()))
        .isEqualTo(Map.of(Scene.FILE, Scene.BEFORE, "live/new.tf", "# new\n"));
  }

  @Test
  void aDraftStaysADraft() {
    Proposal fix = scene.fix();
    PullRequestDraft draft =
        new PullRequestDraft(
            "Title", "Body", Scene.MAIN, Scene.HEAD, List.of(), List.of(), true, "f");

    scene.pullRequests.propose(
        new Proposal(Scene.NAME, fix.baseCommit(), fix.changes(), "Message", draft));

    assertThat(scene.only().isDraft()).isTrue();
  }

  @Test
  void aReviewerWhoCannotBeAskedDoesNotStopTheOthers() {
    scene.repository.addCollaborator("alice");
    scene.repository.addCollaborator("platform");

    ProposalOutcome outcome =
        scene.pullRequests.propose(
            scene.fix(List.of(), List.of("alice", "stranger", "acme/platform")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Opened.class,
            o -> assertThat(o.notes()).containsExactly("stranger could not be asked for a review"));
    assertThat(scene.only().reviewers()).containsExactly("alice", "platform");
  }

  @Test
  void labelsThatAreMissingAreMade() {
    scene.repository.refuseUnknownLabels();
    scene.repository.addLabel("security");

    ProposalOutcome outcome =
        scene.pullRequests.propose(scene.fix(List.of("security", "cis"), List.of()));

    assertThat(outcome).isInstanceOfSatisfying(Opened.class, o -> assertThat(o.notes()).isEmpty());
    assertThat(scene.only().labels()).containsExactly("security", "cis");
  }

  @Test
  void labelsThatMayNotBeMadeAreNoted() {
    scene.server.alwaysFails(ADD_LABELS, GitHubReply.notAccessible());

    assertThat(scene.pullRequests.propose(scene.fix(List.of("cis"), List.of())))
        .isInstanceOfSatisfying(
            Opened.class,
            o -> assertThat(o.notes()).containsExactly("the labels could not be set"));
  }

  @Test
  void readsHowItStands() {
    scene.pullRequests.propose(scene.fix());

    PullRequestState open = scene.pullRequests.read(Scene.NAME, 1);
    assertThat(open.status()).isEqualTo(Status.OPEN);
    assertThat(open.mergeable()).contains(true);
    assertThat(open.isEdited()).isFalse();

    scene.repository.commit(Scene.HEAD.name(), Map.of("a", "b"), "Mine");
    assertThat(scene.pullRequests.read(Scene.NAME, 1).isEdited()).isTrue();

    scene.repository.merge(1);
    assertThat(scene.pullRequests.read(Scene.NAME, 1).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void closesWithTheReasonBefore() {
    scene.pullRequests.propose(scene.fix());

    PullRequestState closed = scene.pullRequests.close(Scene.NAME, 1, "Resolved by hand");

    assertThat(closed.status()).isEqualTo(Status.CLOSED);
    assertThat(scene.only().isOpen()).isFalse();
    assertThat(scene.only().comments()).containsExactly("Resolved by hand");

    scene.pullRequests.close(Scene.NAME, 1, "Again");
    assertThat(scene.only().comments()).containsExactly("Resolved by hand");
  }

  @Test
  void whatItClosedItselfIsProposedAgain() {
    scene.pullRequests.propose(scene.fix());
    scene.pullRequests.close(Scene.NAME, 1, "The finding is resolved");

    assertThat(scene.pullRequests.propose(scene.fix()))
        .isInstanceOfSatisfying(
            Opened.class, opened -> assertThat(opened.pullRequest().number()).isEqualTo(2));

    assertThat(scene.repository.pulls().getFirst().body()).isEqualTo("Why it matters");
    assertThat(scene.repository.pulls().getLast().head()).isEqualTo(Scene.HEAD.name());
  }

  @Test
  void closesNothingThatSomebodyWorksOn() {
    scene.pullRequests.propose(scene.fix());
    scene.repository.commit(Scene.HEAD.name(), Map.of("a", "b"), "Mine");

    PullRequestState left = scene.pullRequests.close(Scene.NAME, 1, "Resolved by hand");

    assertThat(left.status()).isEqualTo(Status.OPEN);
    assertThat(left.isEdited()).isTrue();
    assertThat(scene.only().isOpen()).isTrue();
    assertThat(scene.only().comments()).isEmpty();
  }

  @Test
  void closesNothingThatIsNotOurs() {
    scene.repository.commit("feature", Map.of("a", "b"), "Mine");
    int number = scene.repository.open("feature", "Mine");

    assertThatThrownBy(() -> scene.pullRequests.close(Scene.NAME, number, "No"))
        .isInstanceOf(GitHubException.class)
        .hasMessageContaining("none of ours");
    assertThat(scene.only().isOpen()).isTrue();
    assertThat(scene.server.count(UPDATE_PULL)).isZero();
  }
}

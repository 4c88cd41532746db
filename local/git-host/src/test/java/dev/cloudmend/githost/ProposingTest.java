package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.FileChange;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.OurPullRequest;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.ProposalOutcome.BaseMoved;
import dev.cloudmend.pullrequests.ProposalOutcome.ClosedUnmerged;
import dev.cloudmend.pullrequests.ProposalOutcome.EditedByOthers;
import dev.cloudmend.pullrequests.ProposalOutcome.ForeignBranch;
import dev.cloudmend.pullrequests.ProposalOutcome.Merged;
import dev.cloudmend.pullrequests.ProposalOutcome.NothingToChange;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.pullrequests.ProposalOutcome.Updated;
import dev.cloudmend.pullrequests.PullRequestState;
import dev.cloudmend.pullrequests.PullRequestState.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposingTest {

  @TempDir private Path folder;
  private Workshop shop;

  @BeforeEach
  void open() {
    shop = Workshop.of(folder);
  }

  @AfterEach
  void gitFindsNothingWrongAndNobodysFilesChanged() {
    shop.close();
    assertThat(shop.git.run("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(shop.git.run("status", "--porcelain")).isEmpty();
  }

  @Test
  void opensAPullRequestWhoseBranchHasTheChangeAndNothingElse() {
    assertThat(shop.pullRequests.propose(shop.fix()))
        .isInstanceOfSatisfying(
            Opened.class,
            o -> {
              assertThat(o.notes()).isEmpty();
              assertThat(o.pullRequest().number()).isEqualTo(1);
              assertThat(o.pullRequest().url())
                  .hasToString(shop.host.address() + "/acme/infra/pull/1");
            });

    assertThat(shop.git.run("show", "--format=%an %s%n%P", Workshop.HEAD.name()))
        .isEqualTo(
            """
            cloudmend[bot] Switch versioning on
            %s

            diff --git a/live/main.tf b/live/main.tf
            index %s..%s 100644
            --- a/live/main.tf
            +++ b/live/main.tf
            @@ -1 +1,2 @@
             resource "aws_s3_bucket" "logs" {}
            +# versioned\
            """
                .formatted(
                    shop.git.head("main"),
                    shop.git.run("rev-parse", "--short", "main:" + Workshop.FILE),
                    shop.git.run(
                        "rev-parse", "--short", Workshop.HEAD.name() + ":" + Workshop.FILE)));
    HostedPullRequest pull = shop.only();
    assertThat(pull.title()).isEqualTo("Switch versioning on");
    assertThat(pull.body()).startsWith("<!-- cloudmend: ").endsWith("Why it matters");
    assertThat(pull.base()).isEqualTo("main");
    assertThat(pull.head()).isEqualTo(Workshop.HEAD.name());
    assertThat(pull.headSha()).isEqualTo(shop.git.head(Workshop.HEAD.name()));
  }

  @Test
  void titleAndBodyAreTheBranchsDescription() {
    shop.pullRequests.propose(shop.fix());

    assertThat(shop.git.run("config", "branch." + Workshop.HEAD + ".description"))
        .startsWith("Switch versioning on\n\n<!-- cloudmend:")
        .endsWith("-->\nWhy it matters");
  }

  @Test
  void theSameAgainIsFound() {
    shop.pullRequests.propose(shop.fix());
    HostedPullRequest before = shop.only();

    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Unchanged.class);

    assertThat(shop.only()).isEqualTo(before);
  }

  @Test
  void anotherFixMovesTheBranchByACommitMore() {
    shop.pullRequests.propose(shop.fix());
    String first = shop.git.head(Workshop.HEAD.name());

    assertThat(shop.pullRequests.propose(shop.fix("other\n", "sha256:two")))
        .isInstanceOf(Updated.class);

    assertThat(shop.git.head(Workshop.HEAD + "^")).isEqualTo(first);
    assertThat(shop.git.show(Workshop.HEAD.name(), Workshop.FILE)).isEqualTo("other");
    assertThat(shop.only().body()).contains("fingerprint=sha256:two ");
    assertThat(shop.only().headSha()).isEqualTo(shop.git.head(Workshop.HEAD.name()));
  }

  @Test
  void aBaseThatWentOnBecomesAParentOfTheUpdate() {
    shop.pullRequests.propose(shop.fix());
    String base = shop.git.write("other.tf", "# other\n").commit("Second");

    shop.pullRequests.propose(shop.fix("other\n", "sha256:two"));

    assertThat(shop.git.head(Workshop.HEAD + "^2")).isEqualTo(base);
    assertThat(shop.git.run("diff", "--name-only", "main..." + Workshop.HEAD))
        .isEqualTo(Workshop.FILE);
  }

  @Test
  void aMergeInTheFolderIsFound() {
    shop.pullRequests.propose(shop.fix());
    shop.clock.advance(Duration.ofMinutes(7));
    shop.git.run("merge", "-q", "--no-ff", "-m", "Merge", Workshop.HEAD.name());

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.MERGED);
    assertThat(shop.pullRequests.propose(shop.fix("again\n", "sha256:one")))
        .isInstanceOf(Merged.class);
    assertThat(shop.only().changedAt()).isEqualTo(shop.clock.instant());
  }

  @Test
  void aMergeIsFoundThoughTheBranchWasDeletedAfterwards() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("merge", "-q", Workshop.HEAD.name());
    shop.git.run("branch", "-q", "-d", Workshop.HEAD.name());

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void aMergeOfABranchThatSomebodyAddedToIsFound() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("checkout", "-q", Workshop.HEAD.name());
    shop.git.write("more.tf", "# more\n").commit("Mine");
    shop.git.run("commit", "-q", "--amend", "-m", "Mine, amended");
    shop.git.run("checkout", "-q", "main");
    shop.git.run("merge", "-q", Workshop.HEAD.name());

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void aBranchThatWasRewrittenAndThenMergedIsMerged() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("checkout", "-q", Workshop.HEAD.name());
    shop.git.run("commit", "-q", "--amend", "-m", "In my words");
    shop.git.run("checkout", "-q", "main");
    shop.git.run("merge", "-q", Workshop.HEAD.name());

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.MERGED);
    assertThat(shop.only().headSha()).isEqualTo(shop.git.head("main"));
  }

  @Test
  void aBranchThatWasDeletedUnmergedIsAClosedPullRequest() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("branch", "-q", "-D", Workshop.HEAD.name());

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.CLOSED);
    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(ClosedUnmerged.class);
    assertThat(shop.pullRequests.propose(shop.fix(Workshop.AFTER, "sha256:two")))
        .isInstanceOf(Opened.class);
  }

  @Test
  void aBranchThatWasSetBackToItsBaseIsAClosedPullRequestAndNoMergedOne() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("branch", "-q", "-f", Workshop.HEAD.name(), "main");

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void isClosedWithACommentAndKeepsItsBranch() {
    shop.pullRequests.propose(shop.fix());

    assertThat(shop.pullRequests.close(Workshop.NAME, 1, "It is **resolved**.").status())
        .isEqualTo(Status.CLOSED);

    assertThat(shop.only().status()).isEqualTo(HostedPullRequest.Status.CLOSED);
    assertThat(shop.only().comments()).containsExactly("It is **resolved**.");
    assertThat(shop.git.branches()).contains(Workshop.HEAD.name());
    // Nobody said no to it.
    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
  }

  @Test
  void aCommitOfSomebodyElseIsLeftAlone() {
    shop.pullRequests.propose(shop.fix());
    shop.git.run("checkout", "-q", Workshop.HEAD.name());
    String theirs = shop.git.write(Workshop.FILE, "theirs\n").commit("Mine");
    shop.git.run("checkout", "-q", "main");

    PullRequestState state = shop.pullRequests.read(Workshop.NAME, 1);
    assertThat(state.isEdited()).isTrue();
    assertThat(state.headSha()).isEqualTo(theirs);
    assertThat(shop.pullRequests.propose(shop.fix("other\n", "sha256:two")))
        .isInstanceOf(EditedByOthers.class);
    assertThat(shop.git.head(Workshop.HEAD.name())).isEqualTo(theirs);
  }

  @Test
  void aBranchOfSomebodyElseWithoutAPullRequestIsLeftAlone() {
    shop.git.run("checkout", "-q", "-b", Workshop.HEAD.name());
    String theirs = shop.git.write("a", "b").commit("Mine");
    shop.git.run("checkout", "-q", "main");

    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(ForeignBranch.class);
    assertThat(shop.git.head(Workshop.HEAD.name())).isEqualTo(theirs);
    assertThat(shop.host.pullRequests("acme/infra")).isEmpty();
  }

  @Test
  void whatTheBaseHasAlreadyOpensNothing() {
    assertThat(shop.pullRequests.propose(shop.fix(Workshop.BEFORE, "sha256:one")))
        .isInstanceOf(NothingToChange.class);
    assertThat(shop.git.branches()).containsExactly("main");
  }

  @Test
  void aFixThatWasReadBeforeTheBaseMovedOpensNothing() {
    Proposal fix = shop.fix();
    shop.git.write("other.tf", "# other\n").commit("Second");

    assertThat(shop.pullRequests.propose(fix)).isInstanceOf(BaseMoved.class);
    assertThat(shop.git.branches()).containsExactly("main");
  }

  @Test
  void aFileMayBeDeletedAddedAndMadeExecutable() {
    Proposal fix = shop.fix();
    Proposal several =
        new Proposal(
            Workshop.NAME,
            fix.baseCommit(),
            List.of(
                new FileChange.Delete(Workshop.FILE),
                new FileChange.Write("new/deep/ä b.tf", "# new\n", FileChange.FILE),
                new FileChange.Write("README.md", "#!/bin/sh\n", FileChange.EXECUTABLE)),
            fix.commitMessage(),
            fix.draft());

    shop.pullRequests.propose(several);

    assertThat(
            shop.git.run(
                "-c",
                "core.quotePath=false",
                "ls-tree",
                "-r",
                "--format=%(objectmode) %(path)",
                Workshop.HEAD.name()))
        .isEqualTo("100755 README.md\n100644 new/deep/ä b.tf");
  }

  @Test
  void labelsAndReviewersAreKept() {
    shop.pullRequests.propose(
        shop.fix(
            Workshop.AFTER, "sha256:one", List.of("security", "s3"), List.of("ana", "acme/core")));

    assertThat(shop.only().labels()).containsExactly("security", "s3");
    assertThat(shop.only().reviewers()).containsExactly("ana", "core");
  }

  @Test
  void aRestartKeepsWhatWasOpened() {
    shop.pullRequests.propose(
        shop.fix(Workshop.AFTER, "sha256:one", List.of("security"), List.of("ana")));
    shop.pullRequests.close(Workshop.NAME, 1, "Resolved");
    HostedPullRequest before = shop.only();

    shop.restart();

    assertThat(shop.only()).isEqualTo(before);
    shop.clock.advance(Duration.ofMinutes(1));
    assertThat(shop.pullRequests.propose(shop.fix("other\n", "sha256:two")))
        .isInstanceOfSatisfying(
            Opened.class, o -> assertThat(o.pullRequest().number()).isEqualTo(2));
  }

  @Test
  void recentOnesAreCounted() {
    shop.pullRequests.propose(shop.fix());
    shop.clock.advance(Duration.ofHours(2));

    assertThat(shop.pullRequests.recent(Workshop.NAME))
        .extracting(OurPullRequest::number)
        .containsExactly(1);
    shop.pullRequests.close(Workshop.NAME, 1, "Resolved");
    assertThat(shop.pullRequests.recent(Workshop.NAME)).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> shop.pullRequests.read(Workshop.NAME, 9))
        .isInstanceOfSatisfying(
            GitHubException.class,
            e -> assertThat(e.kind()).isEqualTo(GitHubException.Kind.NOT_FOUND));
  }
}

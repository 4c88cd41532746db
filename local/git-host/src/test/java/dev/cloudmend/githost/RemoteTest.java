package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.ProposalOutcome.BaseMoved;
import dev.cloudmend.pullrequests.ProposalOutcome.EditedByOthers;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.pullrequests.ProposalOutcome.Updated;
import dev.cloudmend.pullrequests.PullRequestState.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that lies somewhere else, and somebody's clone of it. */
class RemoteTest {

  @TempDir private Path folder;
  private Git theirs;
  private Git bare;
  private Workshop shop;

  @BeforeEach
  void open() {
    theirs = Workshop.repository(folder.resolve("theirs"));
    bare =
        Git.make(
            folder.resolve("bare.git"), "clone", "-q", "--bare", theirs.folder().toString(), ".");
    theirs.run("remote", "add", "origin", bare.folder().toString());
    theirs.run("fetch", "-q");
    shop = Workshop.at(folder.resolve("data"), bare, bare.folder().toUri().toString());
  }

  @AfterEach
  void gitFindsNothingWrong() {
    shop.close();
    assertThat(bare.run("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void theBranchIsPushedThere() {
    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);

    assertThat(bare.run("diff", "--stat=60", "main..." + Workshop.HEAD))
        .contains("live/main.tf | 1 +");
    assertThat(bare.run("diff", "--name-only", "main..." + Workshop.HEAD)).isEqualTo(Workshop.FILE);
    assertThat(bare.run("config", "--list")).doesNotContain("description");
    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Unchanged.class);
  }

  @Test
  void anUpdateIsPushedThere() {
    shop.pullRequests.propose(shop.fix());

    assertThat(shop.pullRequests.propose(shop.fix("other\n", "sha256:two")))
        .isInstanceOf(Updated.class);

    assertThat(bare.show(Workshop.HEAD.name(), Workshop.FILE)).isEqualTo("other");
  }

  @Test
  void whatOthersPushIsSeen() {
    Proposal old = shop.fix();
    String second = theirs.write("other.tf", "# other\n").commit("Second");
    theirs.run("push", "-q", "origin", "main");

    assertThat(shop.pullRequests.propose(old)).isInstanceOf(BaseMoved.class);
    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
    assertThat(bare.head(Workshop.HEAD + "^")).isEqualTo(second);
  }

  @Test
  void aCommitThatOthersPushedOntoTheBranchIsKept() {
    shop.pullRequests.propose(shop.fix());
    theirs.run("fetch", "-q");
    theirs.run("checkout", "-q", Workshop.HEAD.name());
    String mine = theirs.write("a", "b").commit("Mine");
    theirs.run("push", "-q", "origin", Workshop.HEAD.name());

    assertThat(shop.pullRequests.propose(shop.fix("other\n", "sha256:two")))
        .isInstanceOf(EditedByOthers.class);
    assertThat(bare.head(Workshop.HEAD.name())).isEqualTo(mine);
  }

  @Test
  void aMergeThatOthersPushedIsFoundAlsoWithoutTheBranch() {
    shop.pullRequests.propose(shop.fix());
    theirs.run("fetch", "-q");
    theirs.run("merge", "-q", "origin/" + Workshop.HEAD);
    theirs.run("push", "-q", "origin", "main", ":" + Workshop.HEAD);

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void aBranchThatOthersDeletedThereIsAClosedPullRequest() {
    shop.pullRequests.propose(shop.fix());
    bare.run("branch", "-q", "-D", Workshop.HEAD.name());

    assertThat(shop.pullRequests.read(Workshop.NAME, 1).status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void aHookThatRefusesIsARule() throws IOException {
    Path hook = bare.folder().resolve("hooks/pre-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho no >&2\nexit 1\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> shop.pullRequests.propose(shop.fix()))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTECTED));
    assertThat(bare.branches()).containsExactly("main");
    assertThat(shop.host.pullRequests("acme/infra")).isEmpty();
  }

  @Test
  void aRemoteThatIsGoneIsUnavailableAndBackLaterWithoutARestart() throws IOException {
    Proposal fix = shop.fix();
    Path away = folder.resolve("away");
    Files.move(bare.folder(), away);

    assertThatThrownBy(() -> shop.pullRequests.propose(fix))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));

    Files.move(away, bare.folder());
    assertThat(shop.pullRequests.propose(fix)).isInstanceOf(Opened.class);
  }

  @Test
  void aRestartGoesOnWithTheSameClone() {
    shop.pullRequests.propose(shop.fix());
    shop.restart();

    assertThat(shop.only().isOpen()).isTrue();
    assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Unchanged.class);
  }

  @Test
  void theDefaultBranchIsTheRemotesAlsoWhenItChanges() {
    assertThat(shop.github.repository(Workshop.NAME).defaultBranch()).isEqualTo(Workshop.MAIN);
    bare.run("branch", "-q", "trunk", "main");
    bare.run("symbolic-ref", "HEAD", "refs/heads/trunk");

    shop.github.branch(Workshop.NAME, Workshop.MAIN);

    assertThat(shop.github.repository(Workshop.NAME).defaultBranch()).hasToString("trunk");
  }
}

package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody may change over the API. */
class LeftAloneTest {

  @TempDir private Path folder;

  @Test
  void theWorkingCopyKeepsWhatItHasAlsoWhatIsNotCommitted() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.git.write("staged.tf", "# staged\n").run("add", "staged.tf");
      shop.git.write("README.md", "half-written").write("new.tf", "# new\n");
      String status = shop.git.run("status", "--porcelain");
      String index = shop.git.run("ls-files", "--stage");
      String head = shop.git.head("HEAD");

      assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);

      assertThat(shop.git.run("status", "--porcelain")).isEqualTo(status);
      assertThat(shop.git.run("ls-files", "--stage")).isEqualTo(index);
      assertThat(shop.git.head("HEAD")).isEqualTo(head);
      assertThat(shop.git.run("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    }
  }

  @Test
  void onlyTheBranchIsNewAndNoOtherRefMoves() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.git.run("tag", "v1");
      shop.git.run("branch", "other");
      String before = shop.git.run("for-each-ref");

      shop.pullRequests.propose(shop.fix());

      assertThat(shop.git.run("for-each-ref").lines().filter(l -> !l.contains("/cloudmend/")))
          .containsExactlyElementsOf(before.lines().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudmend/**", "cloudmend/*/*", "**"})
  void aBranchOfAProtectedPatternIsNotMade(String pattern) {
    try (Workshop shop = Workshop.of(folder, "release/*", pattern)) {
      isRefused(() -> shop.pullRequests.propose(shop.fix()));
      assertThat(shop.git.branches()).containsExactly("main");
    }
  }

  @Test
  void aStarStandsForOnePartOfANameOnly() {
    try (Workshop shop = Workshop.of(folder, "cloudmend/*", "CLOUDMEND/**", "cloudmend")) {
      assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
    }
  }

  @Test
  void theBranchThatIsCheckedOutIsNotMoved() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.pullRequests.propose(shop.fix());
      shop.git.run("checkout", "-q", Workshop.HEAD.name());
      String head = shop.git.head("HEAD");

      isRefused(() -> shop.pullRequests.propose(shop.fix("other\n", "sha256:two")));

      assertThat(shop.git.head("HEAD")).isEqualTo(head);
      assertThat(shop.git.run("status", "--porcelain")).isEmpty();
      assertThat(shop.github.branch(Workshop.NAME, Workshop.HEAD).isProtected()).isTrue();
    }
  }

  @Test
  void theBranchOfALinkedWorkingTreeIsNotMoved() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.pullRequests.propose(shop.fix());
      Path linked = folder.resolve("linked");
      shop.git.run("worktree", "add", "-q", linked.toString(), Workshop.HEAD.name());

      isRefused(() -> shop.pullRequests.propose(shop.fix("other\n", "sha256:two")));

      assertThat(new Git(linked).run("status", "--porcelain")).isEmpty();
    }
  }

  @Test
  void aBranchThatIsBeingRebasedIsNotMoved() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.pullRequests.propose(shop.fix());
      shop.git.write(Workshop.FILE, "conflicting\n").commit("Second");
      shop.git.run("checkout", "-q", Workshop.HEAD.name());
      assertThatThrownBy(() -> shop.git.run("rebase", "main")).isInstanceOf(AssertionError.class);

      isRefused(() -> shop.pullRequests.propose(shop.fix("other\n", "sha256:two")));
    }
  }

  @Test
  void aClonesDefaultBranchIsTheOneOfWhereItWasClonedFrom() {
    Git origin = Workshop.repository(folder.resolve("origin"));
    Git clone = Git.make(folder.resolve("clone"), "clone", "-q", origin.folder().toString(), ".");
    clone.run("checkout", "-q", "-b", "feature");
    try (Workshop shop = Workshop.at(folder.resolve("data"), clone, clone.folder().toString())) {
      assertThat(shop.github.repository(Workshop.NAME).defaultBranch()).isEqualTo(Workshop.MAIN);
      assertThat(shop.github.branch(Workshop.NAME, Workshop.MAIN).isProtected()).isTrue();
      assertThat(shop.github.branch(Workshop.NAME, new Branch("feature")).isProtected()).isTrue();
    }
  }

  @Test
  void aDetachedHeadHasADefaultBranchToo() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.git.run("checkout", "-q", "--detach");

      assertThat(shop.github.repository(Workshop.NAME).defaultBranch()).isEqualTo(Workshop.MAIN);
      assertThat(shop.pullRequests.propose(shop.fix())).isInstanceOf(Opened.class);
    }
  }

  @Test
  void packedRefsAndObjectsAreReadAsWell() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.pullRequests.propose(shop.fix());
      shop.git.run("gc", "-q", "--prune=now");

      shop.pullRequests.propose(shop.fix("other\n", "sha256:two"));

      assertThat(shop.git.show(Workshop.HEAD.name(), Workshop.FILE)).isEqualTo("other");
      assertThat(shop.git.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }
  }

  @Test
  void otherSettingsOfTheRepositoryStayAsTheyWere() {
    try (Workshop shop = Workshop.of(folder)) {
      shop.git.run("config", "alias.x", "!echo \"a;b\" # c");
      List<String> before = shop.git.run("config", "--local", "--list").lines().toList();

      shop.pullRequests.propose(shop.fix());

      assertThat(shop.git.run("config", "--local", "--list").lines()).containsAll(before);
      assertThat(shop.git.run("config", "alias.x")).isEqualTo("!echo \"a;b\" # c");
    }
  }

  private static void isRefused(ThrowingCallable proposal) {
    assertThatThrownBy(proposal)
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTECTED));
  }
}

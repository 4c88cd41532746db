package dev.cloudmend.githost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.pullrequests.FileChange;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubCredentials;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.ProposalOutcome;
import dev.cloudmend.pullrequests.PullRequestDraft;
import dev.cloudmend.pullrequests.PullRequestState;
import dev.cloudmend.pullrequests.PullRequests;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakeRepository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same story told to this server and to the one that all other tests rely on. */
class LikeGitHubTest {

  /** What people do to a repository. */
  private interface People {
    void commit(String branch, String path, String text);

    void merge(int number, String branch);

    void delete(String branch);
  }

  @TempDir private Path folder;

  @Test
  void theClientMeetsTheSameHereAndThere() {
    assertThat(here()).isEqualTo(there()).hasSizeGreaterThan(20);
  }

  private List<String> here() {
    AdvancingClock clock = new AdvancingClock();
    Git git = Workshop.repository(folder.resolve("infra"));
    People people =
        new People() {
          @Override
          public void commit(String branch, String path, String text) {
            git.run("checkout", "-q", branch);
            git.write(path, text).commit("Mine");
            git.run("checkout", "-q", "main");
          }

          @Override
          public void merge(int number, String branch) {
            git.run("merge", "-q", "--no-ff", "-m", "Merge", branch);
          }

          @Override
          public void delete(String branch) {
            git.run("branch", "-q", "-D", branch);
          }
        };
    try (GitHost host =
        GitHost.start(
            folder.resolve("data"),
            List.of(Hosted.of("acme/infra", git.folder().toString())),
            Optional.empty(),
            clock)) {
      return story(host.address(), people, clock);
    }
  }

  private List<String> there() {
    AdvancingClock clock = new AdvancingClock();
    try (FakeGitHub server = FakeGitHub.start(clock)) {
      FakeRepository repository = server.repository("acme/infra");
      repository.addCollaborator("ana");
      repository.commit(
          "main", Map.of(Workshop.FILE, Workshop.BEFORE, "README.md", "Infra\n"), "First");
      People people =
          new People() {
            @Override
            public void commit(String branch, String path, String text) {
              repository.commit(branch, Map.of(path, text), "Mine");
            }

            @Override
            public void merge(int number, String branch) {
              repository.merge(number);
            }

            @Override
            public void delete(String branch) {
              repository.deleteBranch(branch);
            }
          };
      return story(server.endpoint(), people, clock);
    }
  }

  private List<String> story(URI address, People people, AdvancingClock clock) {
    List<String> told = new ArrayList<>();
    try (GitHub github =
        new GitHub(address, GitHubCredentials.token(FakeGitHub.TOKEN), Workshop.PATIENCE, clock)) {
      PullRequests pulls = new PullRequests(github);
      told.add(github.repository(Workshop.NAME).toString());
      told.add(
          github
              .tree(Workshop.NAME, github.branch(Workshop.NAME, Workshop.MAIN).commit(), "live")
              .files()
              .toString());
      told.add(failure(() -> pulls.read(Workshop.NAME, 1)));
      told.add(told(pulls, fix(github, Workshop.BEFORE, "sha256:one")));
      told.add(told(pulls, fix(github, Workshop.AFTER, "sha256:one")));
      told.add(told(pulls, fix(github, Workshop.AFTER, "sha256:one")));
      told.add(told(pulls, fix(github, Workshop.AFTER, "sha256:two")));
      told.add(told(pulls, fix(github, "other\n", "sha256:two")));
      Proposal old = fix(github, "third\n", "sha256:two");
      people.commit("main", "other.tf", "# other\n");
      told.add(told(pulls, old));
      told.add(told(pulls, fix(github, "third\n", "sha256:two")));
      told.add(recent(pulls));
      people.commit(Workshop.HEAD.name(), "mine.tf", "# mine\n");
      told.add(told(pulls, fix(github, "fourth\n", "sha256:two")));
      told.add(shown(pulls.read(Workshop.NAME, 1)));
      told.add(shown(pulls.close(Workshop.NAME, 1, "Resolved")));
      people.merge(1, Workshop.HEAD.name());
      told.add(shown(pulls.read(Workshop.NAME, 1)));
      told.add(told(pulls, fix(github, "fourth\n", "sha256:two")));
      clock.advance(Duration.ofMinutes(2));
      people.delete(Workshop.HEAD.name());
      told.add(told(pulls, fix(github, "fifth\n", "sha256:three")));
      told.add(shown(pulls.close(Workshop.NAME, 2, "Resolved")));
      told.add(told(pulls, fix(github, "fifth\n", "sha256:three")));
      told.add(told(pulls, fix(github, "sixth\n", "sha256:four")));
      told.add(recent(pulls));
      told.add(failure(() -> pulls.close(Workshop.NAME, 9, "Resolved")));
      told.add(failure(() -> github.commit(Workshop.NAME, "0".repeat(40))));
    }
    return told;
  }

  private static Proposal fix(GitHub github, String content, String fingerprint) {
    return new Proposal(
        Workshop.NAME,
        github.branch(Workshop.NAME, Workshop.MAIN).commit().sha(),
        List.of(new FileChange.Write(Workshop.FILE, content, FileChange.FILE)),
        "Switch versioning on",
        new PullRequestDraft(
            "Switch versioning on",
            "Why it matters",
            Workshop.MAIN,
            Workshop.HEAD,
            List.of("security"),
            List.of("ana"),
            true,
            fingerprint));
  }

  private static String told(PullRequests pulls, Proposal fix) {
    ProposalOutcome outcome = pulls.propose(fix);
    String what = outcome.getClass().getSimpleName() + " ";
    return what
        + switch (outcome) {
          case ProposalOutcome.Opened o -> shown(o.pullRequest()) + o.notes();
          case ProposalOutcome.Updated o -> shown(o.pullRequest()) + o.notes();
          case ProposalOutcome.Unchanged o -> shown(o.pullRequest());
          case ProposalOutcome.EditedByOthers o -> shown(o.pullRequest());
          case ProposalOutcome.ClosedUnmerged o -> shown(o.pullRequest());
          case ProposalOutcome.Merged o -> shown(o.pullRequest());
          case ProposalOutcome.ForeignBranch o -> o.branch();
          case ProposalOutcome.BaseMoved o -> "";
          case ProposalOutcome.NothingToChange o -> "";
        };
  }

  private static String shown(PullRequestState state) {
    return "%d %s %s".formatted(state.number(), state.status(), state.isEdited());
  }

  private static String recent(PullRequests pulls) {
    return pulls.recent(Workshop.NAME).toString();
  }

  private static String failure(Supplier<Object> call) {
    try {
      return "no failure: " + call.get();
    } catch (GitHubException e) {
      return e.kind().toString();
    }
  }
}

package dev.cloudmend.pullrequests;

import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.FakeRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A repository with a bucket that lacks versioning, and a client for it. */
final class Scene implements AutoCloseable {

  static final RepositoryName NAME = new RepositoryName("acme", "infra");
  static final Branch MAIN = new Branch("main");
  static final Branch HEAD = Branch.forFix("s3-bucket-versioning", "live/aws_s3_bucket.logs");
  static final String FILE = "live/main.tf";
  static final String BEFORE = "resource \"aws_s3_bucket\" \"logs\" {}\n";
  static final String AFTER = BEFORE + "# versioned\n";

  /** Enough for a busy machine, little enough for a server that never answers. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final AdvancingClock clock = new AdvancingClock();
  final FakeGitHub server = FakeGitHub.start(clock);
  final FakeRepository repository = server.repository("acme/infra");
  final GitHub github = client(GitHubCredentials.token(FakeGitHub.TOKEN), PATIENCE);
  final PullRequests pullRequests = new PullRequests(github);

  Scene() {
    repository.commit("main", Map.of(FILE, BEFORE, "README.md", "Infra\n"), "First");
  }

  GitHub client(GitHubCredentials credentials, Duration patience) {
    return new GitHub(server.endpoint(), credentials, patience, clock);
  }

  /** The fix, read from where the base branch stands now. */
  Proposal fix() {
    return fix(AFTER, "sha256:one");
  }

  Proposal fix(String content, String fingerprint) {
    return new Proposal(
        NAME,
        repository.head("main"),
        List.of(new FileChange.Write(FILE, content, FileChange.FILE)),
        "Switch versioning on",
        draft(fingerprint, List.of(), List.of()));
  }

  Proposal fix(List<String> labels, List<String> reviewers) {
    Proposal fix = fix();
    return new Proposal(
        NAME,
        fix.baseCommit(),
        fix.changes(),
        fix.commitMessage(),
        draft("sha256:one", labels, reviewers));
  }

  /** The only pull request there is. */
  FakePullRequest only() {
    List<FakePullRequest> pulls = repository.pulls();
    if (pulls.size() != 1) {
      throw new AssertionError("expected one pull request, found " + pulls);
    }
    return pulls.getFirst();
  }

  private static PullRequestDraft draft(
      String fingerprint, List<String> labels, List<String> reviewers) {
    return new PullRequestDraft(
        "Switch versioning on",
        "Why it matters",
        MAIN,
        HEAD,
        labels,
        reviewers,
        false,
        fingerprint);
  }

  @Override
  public void close() {
    github.close();
    server.close();
  }
}

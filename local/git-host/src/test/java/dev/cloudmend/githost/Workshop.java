package dev.cloudmend.githost;

import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.FileChange;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubCredentials;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.PullRequestDraft;
import dev.cloudmend.pullrequests.PullRequests;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.testing.functions.AdvancingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A working copy with a bucket that lacks versioning, served, and the real client for it. */
final class Workshop implements AutoCloseable {

  static final RepositoryName NAME = RepositoryName.of("acme/infra");
  static final Branch MAIN = new Branch("main");
  static final Branch HEAD = Branch.forFix("s3-bucket-versioning", "live/aws_s3_bucket.logs");
  static final String FILE = "live/main.tf";
  static final String BEFORE = "resource \"aws_s3_bucket\" \"logs\" {}\n";
  static final String AFTER = BEFORE + "# versioned\n";
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final AdvancingClock clock = new AdvancingClock();
  final Git git;
  private final Path data;
  private final Hosted hosted;
  GitHost host;
  GitHub github;
  PullRequests pullRequests;

  private Workshop(Git git, Path data, Hosted hosted) {
    this.git = git;
    this.data = data;
    this.hosted = hosted;
    host = start();
    github = connect();
    pullRequests = new PullRequests(github);
  }

  /** Serves a working copy. */
  static Workshop of(Path folder, String... protectedBranches) {
    Git git = repository(folder.resolve("infra"));
    return new Workshop(
        git,
        folder.resolve("data"),
        new Hosted("acme/infra", git.folder().toString(), List.of(protectedBranches)));
  }

  /** Serves what lies somewhere else. */
  static Workshop at(Path data, Git git, String location) {
    return new Workshop(git, data, Hosted.of("acme/infra", location));
  }

  static Git repository(Path folder) {
    Git git = Git.init(folder);
    git.write(FILE, BEFORE).write("README.md", "Infra\n").commit("First");
    return git;
  }

  /** Ends the server and starts it again over what it kept, on another port. */
  void restart() {
    github.close();
    host.close();
    host = start();
    github = connect();
    pullRequests = new PullRequests(github);
  }

  Proposal fix() {
    return fix(AFTER, "sha256:one");
  }

  Proposal fix(String content, String fingerprint) {
    return fix(content, fingerprint, List.of(), List.of());
  }

  Proposal fix(String content, String fingerprint, List<String> labels, List<String> reviewers) {
    return new Proposal(
        NAME,
        github.branch(NAME, MAIN).commit().sha(),
        List.of(new FileChange.Write(FILE, content, FileChange.FILE)),
        "Switch versioning on",
        new PullRequestDraft(
            "Switch versioning on",
            "Why it matters",
            MAIN,
            HEAD,
            labels,
            reviewers,
            false,
            fingerprint));
  }

  /** The only pull request there is. */
  HostedPullRequest only() {
    List<HostedPullRequest> pulls = host.pullRequests("acme/infra");
    if (pulls.size() != 1) {
      throw new AssertionError("expected one pull request, found " + pulls);
    }
    return pulls.getFirst();
  }

  /** Another server over the same data. */
  GitHost start() {
    return GitHost.start(data, List.of(hosted), Optional.empty(), clock);
  }

  GitHub connect(GitHost to) {
    return new GitHub(to.address(), GitHubCredentials.token("any"), PATIENCE, clock);
  }

  private GitHub connect() {
    return connect(host);
  }

  @Override
  public void close() {
    github.close();
    host.close();
  }
}

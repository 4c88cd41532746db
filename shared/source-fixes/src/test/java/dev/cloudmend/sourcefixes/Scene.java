package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubCredentials;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.ResourceMatch;
import dev.cloudmend.terraform.locate.StateResource;
import dev.cloudmend.terraform.locate.Way;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.FakeRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository with a bucket that keeps no versions, and a proposer for it. */
final class Scene implements AutoCloseable {

  static final String ACCOUNT = "123456789012";
  static final String PLAYBOOK = "s3-bucket-versioning";
  static final String FILE = "live/main.tf";
  static final String BUCKET =
      """
      resource "aws_s3_bucket" "reports" {
        bucket = "reports"
      }
      """;

  /** Enough for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static final Destination LIVE =
      new Destination(
          new RepositoryName("acme", "infra"),
          Optional.of(new Branch("main")),
          "live",
          List.of(),
          List.of(),
          PullRequestLimits.DEFAULT);

  final AdvancingClock clock = new AdvancingClock();
  final FakeGitHub server = FakeGitHub.start(clock);
  final FakeRepository repository = server.repository("acme/infra");
  final GitHub github =
      new GitHub(server.endpoint(), GitHubCredentials.token(FakeGitHub.TOKEN), PATIENCE, clock);
  final SourceProposer proposer = proposer(LIVE, ProposerSettings.DEFAULT);

  /** With the bucket alone. */
  static Scene ofBucket() {
    return with(Map.of(FILE, BUCKET));
  }

  static Scene with(Map<String, String> files) {
    var scene = new Scene();
    scene.repository.commit("main", files, "First");
    return scene;
  }

  SourceProposer proposer(Destination destination, ProposerSettings settings) {
    return new SourceProposer(
        github,
        new RepositoryMapping(List.of(new RepositoryMapping.Entry(ResourceMatch.ALL, destination))),
        settings,
        clock);
  }

  /** The only pull request there is. */
  FakePullRequest only() {
    List<FakePullRequest> pulls = repository.pulls();
    if (pulls.size() != 1) {
      throw new AssertionError("expected one pull request, found " + pulls);
    }
    return pulls.getFirst();
  }

  static Finding finding(Arn arn, Severity severity) {
    return new Finding(
        "event-1",
        "securityhub",
        "S3.14",
        "S3 general purpose buckets should have versioning enabled",
        severity,
        List.of("NIST.800-53.r5", "SOC 2"),
        new ResourceRef(arn, ACCOUNT, "us-east-1"),
        AdvancingClock.START,
        null,
        Json.object());
  }

  /** Of the bucket. */
  static FixRequest request() {
    return request(finding(Arn.parse("arn:aws:s3:::reports"), Severity.MEDIUM));
  }

  static FixRequest request(Finding finding) {
    return request(finding, PLAYBOOK, List.of());
  }

  static FixRequest request(Finding finding, String playbook, List<StateResource> state) {
    return new FixRequest(
        "inc-0123456789abcdef0123",
        finding,
        new PlaybookText(
            playbook,
            "Keep versions of the bucket's objects",
            "What is deleted or overwritten without versions is gone.",
            List.of("S3.14", "CIS AWS 2.1.2")),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        state,
        Optional.empty(),
        false);
  }

  /** What a state has under one address. */
  static StateResource state(String address, String type, String attributes) {
    return new StateResource(Way.STATE, address, type, Json.parseObject(attributes));
  }

  @Override
  public void close() {
    github.close();
    server.close();
  }
}

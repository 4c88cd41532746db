package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Target;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubCredentials;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.ResourceMatch;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.FakeRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pull request that the documentation shows: a bucket of logs that may become public. */
final class ExampleFix {

  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "eu-central-1";
  private static final Arn BUCKET = Arn.parse("arn:aws:s3:::acme-logs");

  private static final String SOURCE =
      """
      resource "aws_s3_bucket" "logs" {
        bucket = "acme-logs"

        tags = {
          team = "platform"
          env  = "prod"
        }
      }

      resource "aws_s3_bucket_public_access_block" "logs" {
        bucket = aws_s3_bucket.logs.id

        block_public_acls       = true
        ignore_public_acls      = true
        block_public_policy     = false # the old dashboard reads from here
        restrict_public_buckets = false
      }
      """;

  private static final String WARNING =
      "Whoever reads or writes the bucket through a public policy or ACL loses access, for example"
          + " the visitors of a website that it serves.";

  private static final PlaybookText PLAYBOOK =
      new PlaybookText(
          "s3-bucket-block-public-access",
          "S3 bucket blocks public access",
          """
          One wrong bucket policy or object ACL is enough to show a bucket to everybody. Block public \
          access is the switch above them: while it is on, S3 refuses new public grants and ignores \
          the ones that are there, whatever policies and ACLs say.""",
          List.of(
              "Security Hub S3.2",
              "Security Hub S3.3",
              "Security Hub S3.8",
              "CIS AWS Foundations v3.0 2.1.4",
              "AWS Config s3-bucket-level-public-access-prohibited",
              "AWS Config s3-bucket-public-read-prohibited",
              "AWS Config s3-bucket-public-write-prohibited",
              "Prowler s3_bucket_level_public_access_block",
              "Prowler s3_bucket_public_access",
              "Checkov CKV_AWS_53",
              "Checkov CKV_AWS_54",
              "SOC 2 CC6.1"));

  private ExampleFix() {}

  /** Opens it, and gives it as it was received. */
  static FakePullRequest opened() {
    var clock = new AdvancingClock();
    try (FakeGitHub server = FakeGitHub.start(clock);
        var github =
            new GitHub(
                server.endpoint(),
                GitHubCredentials.token(FakeGitHub.TOKEN),
                Duration.ofSeconds(20),
                clock)) {
      FakeRepository repository = server.repository("acme/infrastructure");
      repository.commit("main", Map.of("live/prod/s3.tf", SOURCE), "First");
      new SourceProposer(github, mapping(), ProposerSettings.DEFAULT, clock).propose(request());
      return repository.pulls().getFirst();
    }
  }

  private static RepositoryMapping mapping() {
    return new RepositoryMapping(
        List.of(
            new RepositoryMapping.Entry(
                new ResourceMatch(
                    Optional.of(ACCOUNT),
                    Optional.empty(),
                    Optional.of(new ResourceMatch.Tag("team", "platform")),
                    Optional.empty()),
                new Destination(
                    new RepositoryName("acme", "infrastructure"),
                    Optional.of(new Branch("main")),
                    "live/prod",
                    List.of("security"),
                    List.of(),
                    PullRequestLimits.DEFAULT))));
  }

  private static FixRequest request() {
    return new FixRequest(
        "inc-5b3f0c9e7a1d42f68c90",
        new Finding(
            "6f1c0f3e-3b1d-4b0e-9a55-0c9c6a1f0001",
            "vanta",
            "s3-public-access-block",
            "S3 Bucket Block Public Access",
            Severity.HIGH,
            List.of("SOC 2", "CIS AWS Foundations v3.0"),
            new ResourceRef(BUCKET, ACCOUNT, REGION),
            AdvancingClock.START,
            null,
            Json.object()),
        PLAYBOOK,
        Optional.of(change()),
        Optional.of(diagnosis()),
        Map.of("team", "platform", "env", "prod"),
        List.of(),
        Optional.empty(),
        false);
  }

  private static Change change() {
    return new Change(
        new Target("aws", ACCOUNT, REGION, BUCKET),
        PLAYBOOK.id(),
        "1",
        Json.parse(
            """
            {"BlockPublicAcls": true, "IgnorePublicAcls": true, \
            "BlockPublicPolicy": false, "RestrictPublicBuckets": false}"""),
        Json.parse(
            """
            {"BlockPublicAcls": true, "IgnorePublicAcls": true, \
            "BlockPublicPolicy": true, "RestrictPublicBuckets": true}"""),
        List.of(),
        List.of(),
        Reversibility.EXACT,
        null,
        "Block public access to bucket acme-logs",
        List.of(WARNING),
        Json.object());
  }

  /** The playbook's own: what stands there where Claude is not asked. */
  private static Diagnosis diagnosis() {
    return new Diagnosis(
        Diagnosis.Origin.PLAYBOOK,
        "The live resource violates 'S3 bucket blocks public access'.",
        PLAYBOOK.why(),
        "Block public access to bucket acme-logs. Turns the four settings of the bucket on."
            + " Policies, ACLs and objects are not changed, so undo gives back exactly the access"
            + " that was there.",
        List.of(WARNING),
        List.of(),
        Diagnosis.Confidence.high,
        List.of(
            "The live resource was read and compared with what the control asks for.",
            "The fix is narrow and its effect is read back."),
        null,
        null,
        null);
  }
}

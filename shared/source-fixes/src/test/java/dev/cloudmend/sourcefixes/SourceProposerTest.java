package dev.cloudmend.sourcefixes;

import static dev.cloudmend.testing.github.GitHubOperation.ADD_LABELS;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_COMMIT;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_PULL;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_REF;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_TREE;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BLOB;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BRANCH;
import static dev.cloudmend.testing.github.GitHubOperation.GET_COMMIT;
import static dev.cloudmend.testing.github.GitHubOperation.GET_TREE;
import static dev.cloudmend.testing.github.GitHubOperation.LIST_PULLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Target;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.sourcefixes.SourceOutcome.LeftAlone;
import dev.cloudmend.sourcefixes.SourceOutcome.Limited;
import dev.cloudmend.sourcefixes.SourceOutcome.NothingToDo;
import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.sourcefixes.SourceOutcome.Unchanged;
import dev.cloudmend.sourcefixes.SourceOutcome.Updated;
import dev.cloudmend.testing.github.FakePullRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceProposerTest {

  private static final String FIXED =
      Scene.BUCKET
          + """

          resource "aws_s3_bucket_versioning" "reports" {
            bucket = aws_s3_bucket.reports.id

            versioning_configuration {
              status = "Enabled"
            }
          }
          """;

  private final Scene scene = Scene.ofBucket();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aBucketWithoutVersioningBecomesOnePullRequestWithExactlyItsEdit() {
    SourceOutcome outcome = scene.proposer.propose(Scene.request());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Opened.class,
            opened -> {
              assertThat(opened.pullRequest().url())
                  .hasToString("https://github.com/acme/infra/pull/1");
              assertThat(opened.notes()).isEmpty();
            });
    FakePullRequest pull = scene.only();
    assertThat(scene.repository.files(pull.head())).isEqualTo(Map.of(Scene.FILE, FIXED));
    assertThat(scene.repository.files("main")).isEqualTo(Map.of(Scene.FILE, Scene.BUCKET));
    assertThat(pull.base()).isEqualTo("main");
    assertThat(pull.head()).matches("cloudmend/s3-bucket-versioning/[0-9a-f]{12}");
    assertThat(pull.title())
        .isEqualTo("Keep versions of the bucket's objects: aws_s3_bucket.reports");
    assertThat(pull.labels())
        .containsExactly(
            "severity:medium", "source:securityhub", "framework:nist.800-53.r5", "framework:soc-2");
    assertThat(scene.repository.message(pull.head()))
        .startsWith(
            """
            Keep versions of the bucket's objects: aws_s3_bucket.reports

            For incident inc-0123456789abcdef0123.
            """);
  }

  @Test
  void aNewPullRequestTakesTwelveRequestsWithOneFile() {
    scene.proposer.propose(Scene.request());

    assertThat(scene.server.operations())
        .containsExactly(
            GET_BRANCH,
            GET_TREE,
            GET_BLOB,
            LIST_PULLS,
            LIST_PULLS,
            LIST_PULLS,
            GET_BRANCH,
            CREATE_TREE,
            CREATE_COMMIT,
            CREATE_REF,
            CREATE_PULL,
            ADD_LABELS);
  }

  @Test
  void aSecondDeliveryFindsItUnchangedWithTwoRequestsBesideTheLookAtTheBase() {
    scene.proposer.propose(Scene.request());
    FakePullRequest before = scene.only();
    scene.server.forget();

    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Unchanged.class);

    assertThat(scene.server.operations()).containsExactly(GET_BRANCH, LIST_PULLS, GET_COMMIT);
    assertThat(scene.only()).isEqualTo(before);
  }

  @Test
  void anotherProcessFindsItUnchangedToo() {
    scene.proposer.propose(Scene.request());
    FakePullRequest before = scene.only();

    SourceOutcome outcome =
        scene.proposer(Scene.LIVE, ProposerSettings.DEFAULT).propose(Scene.request());

    assertThat(outcome).isInstanceOf(Unchanged.class);
    assertThat(scene.only()).isEqualTo(before);
  }

  @Test
  void aBaseThatWentOnUpdatesIt() {
    scene.proposer.propose(Scene.request());
    scene.repository.commit("main", Map.of(Scene.FILE, "# Reports\n" + Scene.BUCKET), "More");

    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Updated.class);

    assertThat(scene.repository.files(scene.only().head()))
        .isEqualTo(Map.of(Scene.FILE, "# Reports\n" + FIXED));
  }

  @Test
  void sourceThatIsCompliantNeedsNothing() {
    scene.repository.commit("main", Map.of(Scene.FILE, FIXED), "Fixed");

    assertThat(scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            NothingToDo.class,
            nothing ->
                assertThat(nothing.reason())
                    .contains("aws_s3_bucket.reports in live/main.tf:1 does not show it"));
    assertThat(scene.repository.pulls()).isEmpty();
  }

  @Test
  void closedUnmergedIsLeftAloneUntilTheFindingChanges() {
    scene.proposer.propose(Scene.request());
    scene.repository.close(1);

    assertThat(scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            LeftAlone.class,
            left -> {
              assertThat(left.reason()).contains("closed without a merge");
              assertThat(left.pullRequest()).isPresent();
            });

    scene.repository.deleteBranch(scene.only().head());
    assertThat(scene.proposer.propose(changed())).isInstanceOf(Opened.class);
    assertThat(scene.repository.pulls()).hasSize(2);
  }

  @Test
  void mergedIsNotOpenedAgainForTheSameFinding() {
    scene.proposer.propose(Scene.request());
    scene.repository.merge(1);
    scene.repository.commit("main", Map.of(Scene.FILE, Scene.BUCKET), "Taken back");

    assertThat(scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            LeftAlone.class, left -> assertThat(left.reason()).contains("was merged"));
  }

  @Test
  void whatSomebodyElseWorksOnIsLeftAlone() {
    scene.proposer.propose(Scene.request());
    String head = scene.only().head();
    scene.repository.commit(head, Map.of(Scene.FILE, FIXED + "# mine\n"), "Mine");

    assertThat(scene.proposer.propose(Scene.request()))
        .isInstanceOfSatisfying(
            LeftAlone.class, left -> assertThat(left.reason()).contains("works on"));
    assertThat(scene.repository.files(head)).containsEntry(Scene.FILE, FIXED + "# mine\n");
  }

  @Test
  void aBranchOfSomebodyElseIsLeftAlone() {
    scene.proposer.propose(Scene.request());
    String head = scene.only().head();
    scene.repository.close(1);
    scene.repository.commit(head, Map.of("note.txt", "mine"), "Mine");

    assertThat(scene.proposer.propose(changed()))
        .isInstanceOfSatisfying(
            LeftAlone.class,
            left -> {
              assertThat(left.reason()).contains(head);
              assertThat(left.pullRequest()).isEmpty();
            });
  }

  @Test
  void theThirdWithinAnHourWaitsAndACriticalOneDoesNot() {
    var files = new HashMap<String, String>();
    for (int i = 0; i < 4; i++) {
      files.put("live/b%d.tf".formatted(i), Scene.BUCKET.replace("reports", "bucket-" + i));
    }
    scene.repository.commit("main", files, "More");
    assertThat(scene.proposer.propose(of(0, Severity.HIGH))).isInstanceOf(Opened.class);
    assertThat(scene.proposer.propose(of(1, Severity.HIGH))).isInstanceOf(Opened.class);

    assertThat(scene.proposer.propose(of(2, Severity.HIGH)))
        .isInstanceOfSatisfying(
            Limited.class, limited -> assertThat(limited.reason()).contains("within the hour"));
    assertThat(scene.proposer.propose(of(2, Severity.CRITICAL))).isInstanceOf(Opened.class);
    assertThat(scene.proposer.propose(of(0, Severity.HIGH))).isInstanceOf(Unchanged.class);
    scene.clock.advance(Duration.ofMinutes(61));
    assertThat(scene.proposer.propose(of(3, Severity.HIGH))).isInstanceOf(Opened.class);
  }

  @Test
  void oneThatIsOpenAlreadyIsNotHeldBackByTheLimitsOfAnotherProcess() {
    scene.proposer.propose(Scene.request());
    SourceProposer other =
        scene.proposer(
            new Destination(
                Scene.LIVE.repository(),
                Scene.LIVE.base(),
                "live",
                List.of(),
                List.of(),
                new PullRequestLimits(0, 0)),
            ProposerSettings.DEFAULT);

    assertThat(other.propose(Scene.request())).isInstanceOf(Unchanged.class);
  }

  @Test
  void aFindingOfABranchGetsItsPullRequestOntoIt() {
    scene.repository.commit("feature/x", Map.of("live/more.tf", "locals {}\n"), "More");
    FixRequest request = Scene.request();

    scene.proposer.propose(
        new FixRequest(
            request.incidentId(),
            request.finding(),
            request.playbook(),
            request.change(),
            request.diagnosis(),
            request.tags(),
            request.state(),
            Optional.of(new Branch("feature/x")),
            false));

    FakePullRequest pull = scene.only();
    assertThat(pull.base()).isEqualTo("feature/x");
    assertThat(pull.body()).contains("Found on this branch; its last commit is by @developer.");
    scene.proposer.propose(request);
    assertThat(scene.repository.pulls()).extracting(FakePullRequest::head).doesNotHaveDuplicates();
    assertThat(scene.repository.pulls())
        .extracting(FakePullRequest::base)
        .containsExactly("feature/x", "main");
    assertThat(scene.repository.pulls().getLast().body()).doesNotContain("@developer");
  }

  @Test
  void withoutAConfiguredBaseTheDefaultBranchIsAskedFor() {
    var destination =
        new Destination(
            new RepositoryName("acme", "infra"),
            Optional.empty(),
            "",
            List.of("infra"),
            List.of(),
            PullRequestLimits.DEFAULT);

    scene.proposer(destination, ProposerSettings.DEFAULT).propose(Scene.request());

    assertThat(scene.only().base()).isEqualTo("main");
    assertThat(scene.only().labels()).startsWith("infra");
  }

  @Test
  void theConfiguredReviewersAreAsked() {
    scene.repository.addCollaborator("alice");

    assertThat(reviewedBy("alice").propose(Scene.request()))
        .isInstanceOfSatisfying(Opened.class, opened -> assertThat(opened.notes()).isEmpty());

    assertThat(scene.only().reviewers()).containsExactly("alice");
  }

  @Test
  void aReviewerWhoCannotBeAskedIsNoted() {
    assertThat(reviewedBy("nobody").propose(Scene.request()))
        .isInstanceOfSatisfying(
            Opened.class, opened -> assertThat(String.join("", opened.notes())).contains("nobody"));
  }

  @Test
  void instancesOfOneBlockShareAPullRequest() {
    scene.repository.commit(
        "main",
        Map.of(
            Scene.FILE,
            """
            resource "aws_s3_bucket" "all" {
              for_each = toset(["bucket-0", "bucket-1"])
              bucket   = each.key
            }
            """),
        "Several");

    assertThat(scene.proposer.propose(instance(0))).isInstanceOf(Opened.class);
    assertThat(scene.proposer.propose(instance(1))).isInstanceOf(Unchanged.class);
    assertThat(scene.repository.pulls()).hasSize(1);
  }

  @Test
  void aFileKeepsItsModeAndItsLineEnds() {
    String crlf = Scene.BUCKET.replace("\n", "\r\n");
    scene.repository.put(Scene.FILE, "100755", crlf.getBytes(StandardCharsets.UTF_8));

    scene.proposer.propose(Scene.request());

    assertThat(scene.server.requests())
        .filteredOn(request -> request.operation() == CREATE_TREE)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.body().at("/tree/0/mode").asText()).isEqualTo("100755");
              assertThat(request.body().at("/tree/0/content").asText())
                  .isEqualTo(FIXED.replace("\n", "\r\n"));
            });
  }

  @Test
  void amongTenThousandFilesOnlyTheDirectorysTerraformIsRead() {
    var files = new HashMap<String, String>();
    for (int i = 0; i < 10_000; i++) {
      files.put("docs/%d.md".formatted(i), "");
    }
    files.put("live/.terraform/modules/x/main.tf", Scene.BUCKET);
    files.put("live/README.md", "");
    files.put("other/main.tf", Scene.BUCKET);
    scene.repository.commit("main", files, "Many");

    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);

    assertThat(scene.server.count(GET_BLOB)).isEqualTo(1);
  }

  @Test
  void anEditOfAModulesArgumentIsProposedAtItsCaller() {
    scene.repository.commit(
        "main",
        Map.of(
            Scene.FILE,
            """
            module "logs" {
              source   = "./modules/logs"
              versions = "Suspended"
            }
            """,
            "live/modules/logs/main.tf",
            """
            variable "versions" {}

            resource "aws_s3_bucket" "this" {
              bucket = "reports"
            }

            resource "aws_s3_bucket_versioning" "this" {
              bucket = aws_s3_bucket.this.id
              versioning_configuration {
                status = var.versions
              }
            }
            """),
        "Modules");

    assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);

    assertThat(scene.repository.files(scene.only().head()).get(Scene.FILE))
        .contains("versions = \"Enabled\"");
    assertThat(scene.only().title()).endsWith(": module.logs.aws_s3_bucket.this");
  }

  private static FixRequest of(int bucket, Severity severity) {
    return Scene.request(Scene.finding(Arn.parse("arn:aws:s3:::bucket-" + bucket), severity));
  }

  private static FixRequest instance(int bucket) {
    return Scene.request(
        of(bucket, Severity.MEDIUM).finding(),
        Scene.PLAYBOOK,
        List.of(
            Scene.state(
                "aws_s3_bucket.all[\"bucket-%d\"]".formatted(bucket),
                "aws_s3_bucket",
                "{\"arn\": \"arn:aws:s3:::bucket-%1$d\", \"bucket\": \"bucket-%1$d\"}"
                    .formatted(bucket))));
  }

  private SourceProposer reviewedBy(String login) {
    return scene.proposer(
        new Destination(
            Scene.LIVE.repository(),
            Scene.LIVE.base(),
            "live",
            List.of(),
            List.of(login),
            PullRequestLimits.DEFAULT),
        ProposerSettings.DEFAULT);
  }

  /** With a live state, so with another fingerprint. */
  private static FixRequest changed() {
    FixRequest request = Scene.request();
    Finding finding = request.finding();
    return new FixRequest(
        request.incidentId(),
        finding,
        request.playbook(),
        Optional.of(
            new Change(
                new Target("aws", Scene.ACCOUNT, "us-east-1", Arn.parse("arn:aws:s3:::reports")),
                Scene.PLAYBOOK,
                "1",
                Json.parse("{\"Status\": \"Suspended\"}"),
                Json.parse("{\"Status\": \"Enabled\"}"),
                List.of(),
                List.of(),
                Reversibility.NONE,
                null,
                "Enables versioning.",
                List.of(),
                Json.object())),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        false);
  }
}

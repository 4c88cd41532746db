package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Severity;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.sourcefixes.SourceOutcome.Manual;
import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.terraform.locate.StateResource;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.GitHubOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person has to do, with the reason; nothing is written then. */
class ManualTest {

  private static final Arn GROUP =
      Arn.parse("arn:aws:ec2:us-east-1:123456789012:security-group/sg-1");
  static final String OPEN_GROUP =
      """
      resource "aws_security_group" "web" {
        name        = "web"
        description = "Web"
        vpc_id      = "vpc-1"

        ingress {
          description = "SSH"
          from_port   = 22
          to_port     = 22
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
      }
      """;
  static final FixRequest OF_GROUP =
      Scene.request(
          Scene.finding(GROUP, Severity.HIGH),
          "ec2-security-group-admin-ports-world",
          List.of(
              Scene.state(
                  "aws_security_group.web",
                  "aws_security_group",
                  "{\"arn\": \"%s\", \"id\": \"sg-1\"}".formatted(GROUP))));

  @Test
  void aResourceThatTwoBlocksMayDeclare() {
    String other = Scene.BUCKET.replace("\"aws_s3_bucket\" \"reports\"", "\"aws_s3_bucket\" \"b\"");

    Manual manual = manual(Map.of(Scene.FILE, Scene.BUCKET, "live/b.tf", other), Scene.request());

    assertThat(manual.reason()).startsWith("not located: 2 blocks have its name");
    assertThat(manual.candidates())
        .containsExactly(
            "aws_s3_bucket.b in live/b.tf:1", "aws_s3_bucket.reports in live/main.tf:1");
  }

  @Test
  void aResourceThatNoBlockDeclares() {
    Manual manual = manual(Map.of(Scene.FILE, "locals {}\n"), Scene.request());

    assertThat(manual.reason()).startsWith("not located: no block is known to have its name");
    assertThat(manual.candidates()).isEmpty();
  }

  @Test
  void aResourceInAModuleFromElsewhere() {
    FixRequest request =
        Scene.request(
            Scene.request().finding(),
            Scene.PLAYBOOK,
            List.of(bucketAt("module.logs.aws_s3_bucket.this[0]")));

    Manual manual =
        manual(
            Map.of(
                Scene.FILE,
                """
                module "logs" {
                  source  = "terraform-aws-modules/s3-bucket/aws"
                  version = "4.1.0"
                }
                """),
            request);

    assertThat(manual.reason())
        .contains("module.logs.aws_s3_bucket.this")
        .contains("a module from elsewhere");
    assertThat(manual.candidates()).containsExactly("module.logs in live/main.tf:1");
  }

  @Test
  void whatBelongsToTheResourceIsInAModuleFromElsewhere() {
    FixRequest request =
        Scene.request(
            Scene.request().finding(),
            Scene.PLAYBOOK,
            List.of(
                bucketAt("aws_s3_bucket.reports"),
                Scene.state(
                    "module.versions.aws_s3_bucket_versioning.this",
                    "aws_s3_bucket_versioning",
                    "{\"bucket\": \"reports\", \"id\": \"reports\"}")));

    Manual manual =
        manual(
            Map.of(
                Scene.FILE,
                Scene.BUCKET
                    + """

                    module "versions" {
                      source = "example.com/versions/aws"
                    }
                    """),
            request);

    assertThat(manual.reason()).startsWith("what belongs to the resource is not located");
  }

  @Test
  void aResourceWhoseChangesTerraformIgnores() {
    Manual manual =
        manual(
            Map.of(
                Scene.FILE,
                """
                resource "aws_s3_bucket" "reports" {
                  bucket = "reports"

                  versioning {
                    enabled = false
                  }

                  lifecycle {
                    ignore_changes = [versioning]
                  }
                }
                """),
            Scene.request());

    assertThat(manual.reason()).contains("ignore_changes");
    assertThat(manual.candidates()).containsExactly("aws_s3_bucket.reports in live/main.tf:1");
  }

  @Test
  void whatNoEditMends() {
    var instance = Arn.parse("arn:aws:ec2:us-east-1:123456789012:instance/i-1");

    Manual manual =
        manual(
            Map.of(
                Scene.FILE,
                """
                resource "aws_instance" "web" {
                  ami           = "ami-1"
                  instance_type = "t3.micro"
                }
                """),
            Scene.request(
                Scene.finding(instance, Severity.LOW),
                "ec2-instance-profile",
                List.of(
                    Scene.state(
                        "aws_instance.web",
                        "aws_instance",
                        "{\"arn\": \"%s\", \"id\": \"i-1\"}".formatted(instance)))));

    assertThat(manual.reason()).isNotBlank();
    assertThat(manual.candidates()).containsExactly("aws_instance.web in live/main.tf:1");
  }

  @Test
  void aBreakingEditUntilItIsAllowed() {
    Manual manual = manual(Map.of(Scene.FILE, OPEN_GROUP), OF_GROUP);
    assertThat(manual.reason()).contains("it needs a yes");

    try (Scene scene = Scene.with(Map.of(Scene.FILE, OPEN_GROUP))) {
      var allowed = new ProposerSettings(RuleSettings.DEFAULT, true, false);
      assertThat(scene.proposer(Scene.LIVE, allowed).propose(OF_GROUP)).isInstanceOf(Opened.class);
      assertThat(scene.only().body())
          .contains("This edit may cut traffic or people, or replace the resource")
          .contains("the time of the apply is agreed");
      assertThat(scene.repository.files(scene.only().head()).get(Scene.FILE))
          .doesNotContain("0.0.0.0/0");
    }
  }

  @Test
  void aCopyOfWhatOthersMaintain() {
    Manual manual = manual(Map.of("live/vendor/reports/main.tf", Scene.BUCKET), Scene.request());

    assertThat(manual.reason()).startsWith("live/vendor/reports/main.tf is a copy");
  }

  @Test
  void aFileBesideTheResourceThatCannotBeRead() {
    Manual broken =
        manual(Map.of(Scene.FILE, Scene.BUCKET, "live/b.tf", "resource {{{"), Scene.request());
    Manual json = manual(Map.of(Scene.FILE, Scene.BUCKET, "live/b.tf.json", "{}"), Scene.request());

    assertThat(broken.reason()).contains("was not read").contains("live/b.tf");
    assertThat(json.reason()).contains("live/b.tf.json (Terraform in JSON is not read)");
  }

  @Test
  void aFileElsewhereThatCannotBeReadIsNamedToTheReviewer() {
    try (Scene scene =
        Scene.with(Map.of(Scene.FILE, Scene.BUCKET, "live/other/b.tf", "resource {{{"))) {
      assertThat(scene.proposer.propose(Scene.request())).isInstanceOf(Opened.class);
      assertThat(scene.only().body())
          .contains("- [ ] files that were not read do not speak of this: `live/other/b.tf`");
    }
  }

  @Test
  void moreSourceThanIsRead() {
    var files = new HashMap<String, String>();
    for (int i = 0; i <= SourceReader.MOST_FILES; i++) {
      files.put("live/%d.tf".formatted(i), "");
    }

    assertThat(manual(files, Scene.request()).reason())
        .startsWith("acme/infra has more Terraform source than is read");
  }

  @Test
  void aPlaybookWithoutAFormInSourceAndAFindingWithoutAResourceOrARepository() {
    try (Scene scene = Scene.ofBucket()) {
      Finding finding = Scene.request().finding();
      var nowhere =
          new SourceProposer(
              scene.github,
              new RepositoryMapping(List.of()),
              ProposerSettings.DEFAULT,
              scene.clock);
      var without =
          new Finding(
              "event-1",
              "manual",
              "any",
              "Any",
              Severity.LOW,
              List.of(),
              null,
              AdvancingClock.START,
              null,
              Json.object());

      assertThat(scene.proposer.propose(Scene.request(finding, "no-such", List.of())))
          .isEqualTo(new Manual("the playbook no-such has no form in source", List.of()));
      assertThat(nowhere.propose(Scene.request()))
          .isEqualTo(new Manual("no repository is configured for arn:aws:s3:::reports", List.of()));
      assertThat(scene.proposer.propose(Scene.request(without)))
          .isEqualTo(new Manual("the finding names no resource", List.of()));
      assertThat(scene.server.requests()).isEmpty();
    }
  }

  private static StateResource bucketAt(String address) {
    return Scene.state(
        address,
        "aws_s3_bucket",
        "{\"arn\": \"arn:aws:s3:::reports\", \"bucket\": \"reports\", \"id\": \"reports\"}");
  }

  private static Manual manual(Map<String, String> files, FixRequest request) {
    try (Scene scene = Scene.with(files)) {
      SourceOutcome outcome = scene.proposer.propose(request);
      assertThat(outcome).isInstanceOf(Manual.class);
      assertThat(scene.server.operations())
          .isSubsetOf(
              GitHubOperation.GET_BRANCH, GitHubOperation.GET_TREE, GitHubOperation.GET_BLOB);
      return (Manual) outcome;
    }
  }
}

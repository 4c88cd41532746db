package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.Sources;
import dev.cloudmend.terraform.rules.Mending;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.SourceRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private static final String BLOCK = "s3-bucket-block-public-access";
  private static final String FLAG = "s3-bucket-block-public-acls";
  private static final String BUCKET =
      """
      resource "aws_s3_bucket" "a" {
        bucket = "shop"
      }
      """;

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);
  private static final Mending UNCONFIGURED = new Mending(S3Rules.all(), RuleSettings.DEFAULT);

  @Test
  void leavesABucketThatAModuleItIsGivenToMayMend() {
    RULES.leaves(
        BLOCK,
        "main.tf",
        BUCKET
            + """

            module "closed" {
              source = "./closed"
              bucket = aws_s3_bucket.a.id
            }
            """,
        "closed/main.tf",
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket = var.bucket
        }
        """);
  }

  @Test
  void leavesABucketThatTheCallerOfItsModuleMends() {
    RULES.leaves(
        BLOCK,
        "main.tf",
        """
        module "shop" {
          source = "./bucket"
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          bucket = module.shop.id
        }
        """,
        "bucket/main.tf",
        BUCKET);
  }

  @Test
  void findsABucketThatIsGivenToAModuleWithoutBlocks() {
    Project project =
        Sources.project(
            "main.tf",
            BUCKET
                + """

                module "reader" {
                  source = "./reader"
                  bucket = aws_s3_bucket.a.id
                }
                """,
            "reader/main.tf",
            "variable \"bucket\" {}\n");
    assertThat(RULES.found(BLOCK, project)).hasSize(1);
  }

  @Test
  void mendsTheArgumentOfTheCallAndNotTheModule() {
    Project project =
        Sources.project(
            "main.tf",
            """
            module "closed" {
              source = "./closed"
              block  = false
            }
            """,
            "closed/main.tf",
            """
            variable "block" {}

            resource "aws_s3_bucket_public_access_block" "a" {
              bucket            = "shop"
              block_public_acls = var.block
            }
            """);
    SourceFix.Result result = RULES.fix(FLAG, project);
    assertThat(result.changed()).containsOnlyKeys("main.tf");
    assertThat(Mending.text(result, "main.tf")).contains("block  = true");
  }

  @Test
  void mendsTheFileOfVariables() {
    Project project =
        Sources.project(
            "main.tf",
            """
            variable "block" {}

            resource "aws_s3_bucket_public_access_block" "a" {
              bucket            = "shop"
              block_public_acls = var.block
            }
            """,
            "terraform.tfvars",
            "block = false\n");
    SourceFix.Result result = RULES.fix(FLAG, project);
    assertThat(result.changed()).containsOnlyKeys("terraform.tfvars");
    assertThat(Mending.text(result, "terraform.tfvars")).isEqualTo("block = true\n");
  }

  @Test
  void editsADocumentInTheFileThatItStandsIn() {
    Project project =
        Sources.project(
            "main.tf",
            BUCKET
                + """

                resource "aws_s3_bucket_policy" "a" {
                  bucket = aws_s3_bucket.a.id
                  policy = data.aws_iam_policy_document.a.json
                }
                """,
            "policies.tf",
            """
            data "aws_iam_policy_document" "a" {
            }
            """);
    SourceFix.Result result = RULES.fix("s3-bucket-tls-only", project);
    assertThat(result.changed()).containsOnlyKeys("policies.tf");
    assertThat(Mending.text(result, "policies.tf"))
        .contains("resources = [aws_s3_bucket.a.arn, \"${aws_s3_bucket.a.arn}/*\"]");
  }

  @Test
  void asksForTheLogBucketAndTheKeyThatNobodyConfigured() {
    UNCONFIGURED.shows("s3-bucket-access-logging", BUCKET, "set logBucket");
    UNCONFIGURED.shows(
        "s3-bucket-kms-key", BUCKET + "\nresource \"aws_kms_key\" \"only\" {}\n", "set kmsKeyArn");
  }

  @Test
  void warnsWhereTheBucketServesAWebsite() {
    Project project =
        Sources.project(
            "main.tf",
            BUCKET
                + """

                resource "aws_s3_bucket_website_configuration" "a" {
                  bucket = aws_s3_bucket.a.id
                }
                """);
    assertThat(RULES.fix(BLOCK, project).fixed())
        .singleElement()
        .satisfies(
            fixed ->
                assertThat(fixed.remedy().orElseThrow().warnings().toString()).contains("website"));
  }

  @Test
  void mendsAllOfABucketInOneRun() {
    Project project = Sources.project("main.tf", BUCKET);
    var scan = new Scan(S3Rules.all(), Mending.CONFIGURED);
    SourceFix.Result result = new SourceFix(scan).fix(project, violation -> true, true);
    assertThat(scan.of(project)).hasSize(7);
    assertThat(scan.of(project.with(result.changed().values()))).isEmpty();
    assertThat(Mending.text(result, "main.tf")).startsWith(BUCKET);
  }

  @Test
  void everyRuleHasAnIdOfItsOwnAndAnOutsideId() {
    List<RuleInfo> infos = S3Rules.all().stream().map(SourceRule::info).toList();
    assertThat(infos).extracting(RuleInfo::id).doesNotHaveDuplicates();
    assertThat(infos).allSatisfy(info -> assertThat(info.checkov()).isNotEmpty());
  }
}

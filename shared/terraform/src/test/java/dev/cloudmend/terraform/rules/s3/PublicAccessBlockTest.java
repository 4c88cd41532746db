package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicAccessBlockTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void turnsOneSwitchOnAndNoOther() {
    RULES.mends(
        "s3-bucket-block-public-acls",
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket                  = "shop"
          block_public_acls       = false # for now
          block_public_policy     = false
          ignore_public_acls      = true
          restrict_public_buckets = true
        }
        """,
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket                  = "shop"
          block_public_acls       = true # for now
          block_public_policy     = false
          ignore_public_acls      = true
          restrict_public_buckets = true
        }
        """);
  }

  @Test
  void addsASwitchWhoseDefaultIsOff() {
    RULES.mends(
        "s3-bucket-restrict-public-buckets",
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket              = "shop"
          block_public_acls   = true
          block_public_policy = true
        }
        """,
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket              = "shop"
          block_public_acls   = true
          block_public_policy = true

          restrict_public_buckets = true
        }
        """);
  }

  @Test
  void turnsASwitchOnInTheDefaultOfItsVariable() {
    RULES.mends(
        "s3-bucket-block-public-policy",
        """
        variable "block" {
          type    = bool
          default = false
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          bucket              = "shop"
          block_public_policy = var.block
        }
        """,
        """
        variable "block" {
          type    = bool
          default = true
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          bucket              = "shop"
          block_public_policy = var.block
        }
        """);
  }

  @Test
  void leavesASwitchThatIsKnownAtApplyOnly() {
    RULES.leaves(
        "s3-bucket-ignore-public-acls",
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket             = "shop"
          ignore_public_acls = data.external.settings.result.ignore
        }
        """);
  }

  @Test
  void leavesASwitchThatIsOn() {
    RULES.leaves(
        "s3-bucket-ignore-public-acls",
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket             = "shop"
          ignore_public_acls = "true"
        }
        """);
  }

  @Test
  void saysThatTerraformIgnoresTheSwitch() {
    RULES.shows(
        "s3-bucket-block-public-acls",
        """
        resource "aws_s3_bucket_public_access_block" "a" {
          bucket            = "shop"
          block_public_acls = false

          lifecycle {
            ignore_changes = [block_public_acls]
          }
        }
        """,
        "ignore_changes");
  }

  @Test
  void addsTheBlockBesideTheBucketThatHasNone() {
    RULES.mends(
        "s3-bucket-block-public-access",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket" "b" {
          bucket = "attic"
        }

        resource "aws_s3_bucket_public_access_block" "b" {
          bucket = "attic"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          bucket = aws_s3_bucket.a.id

          block_public_acls       = true
          block_public_policy     = true
          ignore_public_acls      = true
          restrict_public_buckets = true
        }

        resource "aws_s3_bucket" "b" {
          bucket = "attic"
        }

        resource "aws_s3_bucket_public_access_block" "b" {
          bucket = "attic"
        }
        """);
  }

  @Test
  void addsABlockForEachBucketOfACollection() {
    RULES.mends(
        "s3-bucket-block-public-access",
        """
        resource "aws_s3_bucket" "a" {
          for_each = toset(["shop", "attic"])
          bucket   = each.value
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          for_each = toset(["shop", "attic"])
          bucket   = each.value
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          for_each = aws_s3_bucket.a

          bucket = each.value.id

          block_public_acls       = true
          block_public_policy     = true
          ignore_public_acls      = true
          restrict_public_buckets = true
        }
        """);
  }

  @Test
  void addsABlockForEachBucketOfACount() {
    RULES.mends(
        "s3-bucket-block-public-access",
        """
        resource "aws_s3_bucket" "a" {
          count = 2
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          count = 2
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          count = length(aws_s3_bucket.a)

          bucket = aws_s3_bucket.a[count.index].id

          block_public_acls       = true
          block_public_policy     = true
          ignore_public_acls      = true
          restrict_public_buckets = true
        }
        """);
  }

  @Test
  void knowsABlockByAnIndexALocalValueOrTheSameCollection() {
    RULES.leaves(
        "s3-bucket-block-public-access",
        """
        locals {
          bucket = aws_s3_bucket.b.id
          names  = ["shop", "attic"]
        }

        resource "aws_s3_bucket" "a" {
          count = 1
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          bucket = aws_s3_bucket.a[0].id
        }

        resource "aws_s3_bucket" "b" {
        }

        resource "aws_s3_bucket_public_access_block" "b" {
          bucket = local.bucket
        }

        resource "aws_s3_bucket" "c" {
          for_each = toset(local.names)
          bucket   = each.value
        }

        resource "aws_s3_bucket_public_access_block" "c" {
          for_each = toset(local.names)
          bucket   = each.value
        }
        """);
  }

  @Test
  void leavesABucketWhoseBlockMayBeOneThatIsKnownAtApplyOnly() {
    RULES.leaves(
        "s3-bucket-block-public-access",
        """
        variable "bucket" {
        }

        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_public_access_block" "a" {
          bucket = var.bucket
        }
        """);
  }
}

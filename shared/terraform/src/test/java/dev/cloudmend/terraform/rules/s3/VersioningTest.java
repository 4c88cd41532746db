package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersioningTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void keepsVersionsBesideTheBucket() {
    RULES.mends(
        "s3-bucket-versioning",
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

        resource "aws_s3_bucket_versioning" "a" {
          for_each = aws_s3_bucket.a

          bucket = each.value.id

          versioning_configuration {
            status = "Enabled"
          }
        }
        """);
  }

  @Test
  void keepsVersionsInTheBucketOfAnOldProvider() {
    RULES.mends(
        "s3-bucket-versioning",
        """
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 3.76"
            }
          }
        }

        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }
        """,
        """
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 3.76"
            }
          }
        }

        resource "aws_s3_bucket" "a" {
          bucket = "shop"

          versioning {
            enabled = true
          }
        }
        """);
  }

  @Test
  void turnsVersioningOnWhereItIsSuspended() {
    RULES.mends(
        "s3-bucket-versioning",
        """
        locals {
          status = "Suspended"
        }

        resource "aws_s3_bucket_versioning" "a" {
          bucket = "shop"

          versioning_configuration {
            mfa_delete = "Disabled"
            status     = local.status
          }
        }
        """,
        """
        locals {
          status = "Enabled"
        }

        resource "aws_s3_bucket_versioning" "a" {
          bucket = "shop"

          versioning_configuration {
            mfa_delete = "Disabled"
            status     = local.status
          }
        }
        """);
  }

  @Test
  void turnsVersioningOnInTheBucket() {
    RULES.mends(
        "s3-bucket-versioning",
        """
        resource "aws_s3_bucket" "a" {
          versioning {
            enabled = false
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          versioning {
            enabled = true
          }
        }
        """);
  }

  @Test
  void leavesVersioningThatIsEnabled() {
    RULES.leaves(
        "s3-bucket-versioning",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_versioning" "a" {
          bucket = aws_s3_bucket.a.id

          versioning_configuration {
            status = "Enabled"
          }
        }
        """);
  }
}

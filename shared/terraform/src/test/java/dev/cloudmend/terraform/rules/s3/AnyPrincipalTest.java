package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnyPrincipalTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void removesTheOpenStatementFromJsonencode() {
    RULES.mends(
        "s3-bucket-policy-no-public-statements",
        """
        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"

          policy = jsonencode({
            Statement = [
              {
                Sid       = "Everybody"
                Effect    = "Allow"
                Principal = "*"
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::shop/*"
              },
              {
                Effect    = "Allow"
                Principal = { Service = "logging.s3.amazonaws.com" }
                Action    = "s3:PutObject"
                Resource  = "arn:aws:s3:::shop/*"
              }
            ]
          })
        }
        """,
        """
        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"

          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = { Service = "logging.s3.amazonaws.com" }
                Action    = "s3:PutObject"
                Resource  = "arn:aws:s3:::shop/*"
              }
            ]
          })
        }
        """);
  }

  @Test
  void removesTheLastStatementOfAHeredocWithTheCommaBefore() {
    RULES.mends(
        "s3-bucket-policy-no-public-statements",
        """
        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"
          policy = <<EOF
        {
          "Statement": [
            {
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:DeleteObject",
              "Resource": "arn:aws:s3:::shop/*"
            },
            {
              "Effect": "Allow",
              "Principal": {"AWS": ["*"]},
              "Action": "s3:GetObject",
              "Resource": "arn:aws:s3:::shop/*"
            }
          ]
        }
        EOF
        }
        """,
        """
        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"
          policy = <<EOF
        {
          "Statement": [
            {
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:DeleteObject",
              "Resource": "arn:aws:s3:::shop/*"
            }
          ]
        }
        EOF
        }
        """);
  }

  @Test
  void removesTheOpenStatementFromADocument() {
    RULES.mends(
        "s3-bucket-policy-no-public-statements",
        """
        data "aws_iam_policy_document" "a" {
          statement {
            actions   = ["s3:GetObject"]
            resources = ["arn:aws:s3:::shop/*"]

            principals {
              type        = "AWS"
              identifiers = ["*"]
            }
          }

          statement {
            actions   = ["s3:PutObject"]
            resources = ["arn:aws:s3:::shop/*"]

            principals {
              type        = "AWS"
              identifiers = [aws_iam_role.app.arn]
            }
          }
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"
          policy = data.aws_iam_policy_document.a.json
        }
        """,
        """
        data "aws_iam_policy_document" "a" {
          statement {
            actions   = ["s3:PutObject"]
            resources = ["arn:aws:s3:::shop/*"]

            principals {
              type        = "AWS"
              identifiers = [aws_iam_role.app.arn]
            }
          }
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"
          policy = data.aws_iam_policy_document.a.json
        }
        """);
  }

  @Test
  void leavesTheOnlyStatementOfAPolicy() {
    RULES.shows(
        "s3-bucket-policy-no-public-statements",
        """
        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"

          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::shop/*"
              }
            ]
          })
        }
        """,
        "the policy's only statement");
  }

  @Test
  void leavesAStatementForAllThatAConditionLimits() {
    RULES.leaves(
        "s3-bucket-policy-no-public-statements",
        """
        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"

          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::shop/*"
                Condition = { StringEquals = { "aws:PrincipalOrgID" = var.organization } }
              },
              {
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:DeleteObject"
                Resource  = "arn:aws:s3:::shop/*"
              }
            ]
          })
        }
        """);
  }
}

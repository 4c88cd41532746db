package dev.cloudmend.terraform.rules.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityPoliciesTest {

  private static final Mending RULES = new Mending(IamRules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void showsAPolicyThatAllowsAll() {
    RULES.shows(
        "iam-admin-policy",
        """
        resource "aws_iam_policy" "a" {
          policy = <<EOF
        {"Statement": {"Effect": "Allow", "Action": ["*"], "Resource": "*"}}
        EOF
        }
        """,
        "not to be guessed");
  }

  @Test
  void showsADocumentThatAllowsAll() {
    RULES.shows(
        "iam-admin-policy",
        """
        data "aws_iam_policy_document" "a" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
        }
        """,
        "not to be guessed");
  }

  @Test
  void leavesAPolicyThatAllowsAllOnOneThing() {
    RULES.leaves(
        "iam-admin-policy",
        """
        resource "aws_iam_role_policy" "a" {
          policy = jsonencode({
            Statement = [
              {
                Effect   = "Allow"
                Action   = "*"
                Resource = "arn:aws:s3:::shop"
              },
              {
                Effect   = "Deny"
                Action   = "*"
                Resource = "*"
              }
            ]
          })
        }
        """);
  }

  @Test
  void showsAPolicyThatAllowsEveryActionOnOneThing() {
    RULES.shows(
        "iam-policy-any-action",
        """
        resource "aws_iam_role_policy" "a" {
          policy = jsonencode({
            Statement = [
              {
                Effect   = "Allow"
                Action   = "*"
                Resource = aws_s3_bucket.a.arn
              }
            ]
          })
        }
        """,
        "not to be guessed");
  }

  @Test
  void leavesADenyOfEveryAction() {
    RULES.leaves(
        "iam-policy-any-action",
        """
        data "aws_iam_policy_document" "a" {
          statement {
            effect    = "Deny"
            actions   = ["*"]
            resources = ["*"]
          }
        }
        """);
  }

  @Test
  void showsFullAccessToS3() {
    RULES.shows(
        "iam-policy-s3-full-access",
        """
        resource "aws_iam_group_policy" "a" {
          policy = jsonencode({
            Statement = [
              {
                Effect   = "Allow"
                Action   = ["s3:*", "ec2:Describe*"]
                Resource = "arn:aws:s3:::*"
              }
            ]
          })
        }

        resource "aws_iam_role_policy_attachment" "a" {
          role       = "a"
          policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
        }
        """,
        "name them");
  }

  @Test
  void leavesFullAccessToOneBucket() {
    RULES.leaves(
        "iam-policy-s3-full-access",
        """
        resource "aws_iam_policy" "a" {
          policy = jsonencode({
            Statement = [
              {
                Effect   = "Allow"
                Action   = "s3:*"
                Resource = "arn:aws:s3:::shop/*"
              }
            ]
          })
        }
        """);
  }
}

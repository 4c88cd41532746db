package dev.cloudmend.terraform.rules.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IamMembersTest {

  private static final Mending RULES = new Mending(IamRules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void showsRightsOfUsers() {
    RULES.shows(
        "iam-user-direct-policies",
        """
        resource "aws_iam_user_policy_attachment" "a" {
          user       = aws_iam_user.a.name
          policy_arn = aws_iam_policy.a.arn
        }

        resource "aws_iam_policy_attachment" "a" {
          name       = "a"
          users      = [aws_iam_user.a.name]
          policy_arn = aws_iam_policy.a.arn
        }
        """,
        "which group");
  }

  @Test
  void leavesRightsOfGroupsAndRoles() {
    RULES.leaves(
        "iam-user-direct-policies",
        """
        resource "aws_iam_group_policy_attachment" "a" {
          group      = aws_iam_group.a.name
          policy_arn = aws_iam_policy.a.arn
        }

        resource "aws_iam_policy_attachment" "a" {
          name       = "a"
          users      = []
          roles      = [aws_iam_role.a.name]
          policy_arn = aws_iam_policy.a.arn
        }
        """);
  }

  @Test
  void asksAGroupForASecondFactor() {
    RULES.mends(
        "iam-group-mfa",
        """
        resource "aws_iam_group" "a" {
          name = "people"
        }

        resource "aws_iam_group_policy_attachment" "a" {
          group      = "people"
          policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        }
        """,
        """
        resource "aws_iam_group" "a" {
          name = "people"
        }

        resource "aws_iam_group_policy" "a" {
          group = aws_iam_group.a.name

          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Sid    = "CloudmendDenyWithoutMfa"
                Effect = "Deny"
                NotAction = [
                  "iam:ChangePassword",
                  "iam:CreateVirtualMFADevice",
                  "iam:EnableMFADevice",
                  "iam:GetMFADevice",
                  "iam:GetUser",
                  "iam:ListMFADevices",
                  "iam:ListVirtualMFADevices",
                  "iam:ResyncMFADevice",
                  "sts:GetSessionToken",
                ]
                Resource = "*"
                Condition = {
                  BoolIfExists = {
                    "aws:MultiFactorAuthPresent" = "false"
                  }
                }
              }
            ]
          })
        }

        resource "aws_iam_group_policy_attachment" "a" {
          group      = "people"
          policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        }
        """);
  }

  @Test
  void leavesAGroupWhosePolicyAsksForOne() {
    RULES.leaves(
        "iam-group-mfa",
        """
        resource "aws_iam_group" "a" {
          name = "people"
        }

        resource "aws_iam_policy" "a" {
          policy = data.aws_iam_policy_document.a.json
        }

        data "aws_iam_policy_document" "a" {
          statement {
            actions   = ["ec2:*"]
            resources = ["*"]

            condition {
              test     = "Bool"
              variable = "aws:MultiFactorAuthPresent"
              values   = ["true"]
            }
          }
        }

        resource "aws_iam_group_policy_attachment" "a" {
          group      = aws_iam_group.a.name
          policy_arn = aws_iam_policy.a.arn
        }
        """);
  }

  @Test
  void leavesAGroupWhosePolicyIsDeclaredElsewhere() {
    RULES.leaves(
        "iam-group-mfa",
        """
        resource "aws_iam_group" "a" {
          name = "people"
        }

        resource "aws_iam_group_policy_attachment" "a" {
          group      = aws_iam_group.a.name
          policy_arn = var.policy
        }
        """);
  }
}

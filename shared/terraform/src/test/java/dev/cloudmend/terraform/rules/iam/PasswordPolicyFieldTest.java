package dev.cloudmend.terraform.rules.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordPolicyFieldTest {

  private static final Mending RULES = new Mending(IamRules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void raisesALengthThatIsTooShort() {
    RULES.mends(
        "iam-password-policy-length",
        """
        resource "aws_iam_account_password_policy" "a" {
          minimum_password_length = 8
          require_symbols         = false
        }
        """,
        """
        resource "aws_iam_account_password_policy" "a" {
          minimum_password_length = 14
          require_symbols         = false
        }
        """);
  }

  @Test
  void addsAFieldThatIsMissing() {
    RULES.mends(
        "iam-password-policy-symbols",
        """
        resource "aws_iam_account_password_policy" "a" {
          minimum_password_length = 20
          require_numbers         = true
        }
        """,
        """
        resource "aws_iam_account_password_policy" "a" {
          minimum_password_length = 20
          require_numbers         = true
          require_symbols         = true
        }
        """);
  }

  @Test
  void asksForEachKindOfCharacter() {
    RULES.mends(
        "iam-password-policy-lowercase",
        """
        resource "aws_iam_account_password_policy" "a" {
          require_lowercase_characters = false
          require_uppercase_characters = false
          require_numbers              = false
        }
        """,
        """
        resource "aws_iam_account_password_policy" "a" {
          require_lowercase_characters = true
          require_uppercase_characters = false
          require_numbers              = false
        }
        """);
  }

  @Test
  void leavesALengthThatIsLonger() {
    RULES.leaves(
        "iam-password-policy-length",
        """
        resource "aws_iam_account_password_policy" "a" {
          minimum_password_length = 32
        }
        """);
  }

  @Test
  void remembersFormerPasswords() {
    RULES.mends(
        "iam-password-policy-reuse",
        """
        resource "aws_iam_account_password_policy" "a" {
          password_reuse_prevention = 4
        }
        """,
        """
        resource "aws_iam_account_password_policy" "a" {
          password_reuse_prevention = 24
        }
        """);
  }

  @Test
  void leavesFivePasswordsToTheStricterRule() {
    RULES.leaves(
        "iam-password-policy-reuse",
        """
        resource "aws_iam_account_password_policy" "a" {
          password_reuse_prevention = 5
        }
        """);
  }

  @Test
  void remembersAsManyPasswordsAsIamCan() {
    RULES.mends(
        "iam-password-policy-reuse-24",
        """
        resource "aws_iam_account_password_policy" "a" {
          password_reuse_prevention = 5
        }
        """,
        """
        resource "aws_iam_account_password_policy" "a" {
          password_reuse_prevention = 24
        }
        """);
  }

  @Test
  void endsPasswordsThatNeverExpire() {
    RULES.mends(
        "iam-password-policy-age",
        """
        resource "aws_iam_account_password_policy" "a" {
          max_password_age = 0
        }
        """,
        """
        resource "aws_iam_account_password_policy" "a" {
          max_password_age = 90
        }
        """);
  }

  @Test
  void endsPasswordsSooner() {
    RULES.mends(
        "iam-password-policy-age",
        """
        variable "age" {
          default = 180
        }

        resource "aws_iam_account_password_policy" "a" {
          max_password_age = var.age
        }
        """,
        """
        variable "age" {
          default = 90
        }

        resource "aws_iam_account_password_policy" "a" {
          max_password_age = var.age
        }
        """);
  }

  @Test
  void leavesPasswordsThatExpireSooner() {
    RULES.leaves(
        "iam-password-policy-age",
        """
        resource "aws_iam_account_password_policy" "a" {
          max_password_age = 30
        }
        """);
  }

  @Test
  void leavesAFieldThatIsKnownAtApplyOnly() {
    RULES.leaves(
        "iam-password-policy-reuse",
        """
        variable "reuse" {
        }

        resource "aws_iam_account_password_policy" "a" {
          password_reuse_prevention = var.reuse
        }
        """);
  }
}

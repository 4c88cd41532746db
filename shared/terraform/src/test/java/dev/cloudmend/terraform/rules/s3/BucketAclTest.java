package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketAclTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void makesAPublicAclPrivateInTheBucket() {
    RULES.mends(
        "s3-bucket-acl-private",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
          acl    = "public-read-write"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
          acl    = "private"
        }
        """);
  }

  @Test
  void makesAPublicAclPrivateBesideTheBucket() {
    RULES.mends(
        "s3-bucket-acl-private",
        """
        resource "aws_s3_bucket_acl" "a" {
          bucket = "shop"
          acl    = "authenticated-read"
        }
        """,
        """
        resource "aws_s3_bucket_acl" "a" {
          bucket = "shop"
          acl    = "private"
        }
        """);
  }

  @Test
  void leavesAnAclThatLetsNoStrangersIn() {
    RULES.leaves(
        "s3-bucket-acl-private",
        """
        resource "aws_s3_bucket_acl" "a" {
          bucket = "logs"
          acl    = "log-delivery-write"
        }
        """);
  }

  @Test
  void removesOneGrantOfMany() {
    RULES.mends(
        "s3-bucket-grants-private",
        """
        resource "aws_s3_bucket_acl" "a" {
          bucket = "shop"

          access_control_policy {
            grant {
              grantee {
                type = "Group"
                uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
              }
              permission = "WRITE"
            }

            # everybody
            grant {
              grantee {
                type = "Group"
                uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
              }
              permission = "READ"
            }

            owner {
              id = "abc"
            }
          }
        }
        """,
        """
        resource "aws_s3_bucket_acl" "a" {
          bucket = "shop"

          access_control_policy {
            grant {
              grantee {
                type = "Group"
                uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
              }
              permission = "WRITE"
            }

            owner {
              id = "abc"
            }
          }
        }
        """);
  }

  @Test
  void removesAGrantInTheBucket() {
    RULES.mends(
        "s3-bucket-grants-private",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"

          grant {
            type        = "Group"
            permissions = ["READ"]
            uri         = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
          }

          grant {
            id          = "abc"
            type        = "CanonicalUser"
            permissions = ["FULL_CONTROL"]
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"

          grant {
            id          = "abc"
            type        = "CanonicalUser"
            permissions = ["FULL_CONTROL"]
          }
        }
        """);
  }

  @Test
  void turnsAclsOff() {
    RULES.mends(
        "s3-bucket-ownership-enforced",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_ownership_controls" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            object_ownership = "ObjectWriter"
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_ownership_controls" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            object_ownership = "BucketOwnerEnforced"
          }
        }
        """);
  }

  @Test
  void leavesAclsOnThatAreInUse() {
    RULES.shows(
        "s3-bucket-ownership-enforced",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_ownership_controls" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            object_ownership = "BucketOwnerPreferred"
          }
        }

        resource "aws_s3_bucket_acl" "a" {
          bucket = aws_s3_bucket.a.id
          acl    = "private"
        }
        """,
        "aws_s3_bucket_acl.a sets an ACL");
  }

  @Test
  void leavesOwnershipThatIsEnforced() {
    RULES.leaves(
        "s3-bucket-ownership-enforced",
        """
        resource "aws_s3_bucket_ownership_controls" "a" {
          bucket = "shop"

          rule {
            object_ownership = "BucketOwnerEnforced"
          }
        }
        """);
  }
}

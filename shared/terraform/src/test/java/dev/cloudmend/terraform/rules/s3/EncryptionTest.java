package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void declaresTheEncryptionThatIsMissingWithTheConfiguredKey() {
    RULES.mends(
        "s3-bucket-default-encryption",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            bucket_key_enabled = true

            apply_server_side_encryption_by_default {
              kms_master_key_id = "arn:aws:kms:us-east-1:111122223333:key/buckets"
              sse_algorithm     = "aws:kms"
            }
          }
        }
        """);
  }

  @Test
  void givesALogBucketTheKeysOfS3() {
    RULES.mends(
        "s3-bucket-default-encryption",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "central-logs"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "central-logs"
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = "AES256"
            }
          }
        }
        """);
  }

  @Test
  void fillsAnEncryptionRuleThatNamesNoAlgorithm() {
    RULES.mends(
        "s3-bucket-default-encryption",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {}
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            apply_server_side_encryption_by_default {
              kms_master_key_id = "arn:aws:kms:us-east-1:111122223333:key/buckets"
              sse_algorithm     = "aws:kms"
            }
          }
        }
        """);
  }

  @Test
  void writesEncryptionInTheBucketWhereTheModuleDoes() {
    RULES.mends(
        "s3-bucket-default-encryption",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket" "b" {
          versioning {
            enabled = true
          }

          server_side_encryption_configuration {
            rule {
              apply_server_side_encryption_by_default {
                sse_algorithm = "AES256"
              }
            }
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"

          server_side_encryption_configuration {
            rule {
              bucket_key_enabled = true

              apply_server_side_encryption_by_default {
                kms_master_key_id = "arn:aws:kms:us-east-1:111122223333:key/buckets"
                sse_algorithm     = "aws:kms"
              }
            }
          }
        }

        resource "aws_s3_bucket" "b" {
          versioning {
            enabled = true
          }

          server_side_encryption_configuration {
            rule {
              apply_server_side_encryption_by_default {
                sse_algorithm = "AES256"
              }
            }
          }
        }
        """);
  }

  @Test
  void replacesTheKeysOfS3ByTheConfiguredKey() {
    RULES.mends(
        "s3-bucket-kms-key",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = "AES256"
            }
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            apply_server_side_encryption_by_default {
              sse_algorithm = "aws:kms"

              kms_master_key_id = "arn:aws:kms:us-east-1:111122223333:key/buckets"
            }
          }
        }
        """);
  }

  @Test
  void namesTheConfiguredKeyWhereKmsUsesItsOwn() {
    RULES.mends(
        "s3-bucket-kms-key",
        """
        resource "aws_s3_bucket" "a" {
          server_side_encryption_configuration {
            rule {
              apply_server_side_encryption_by_default {
                sse_algorithm = "aws:kms"
              }
            }
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          server_side_encryption_configuration {
            rule {
              apply_server_side_encryption_by_default {
                sse_algorithm = "aws:kms"

                kms_master_key_id = "arn:aws:kms:us-east-1:111122223333:key/buckets"
              }
            }
          }
        }
        """);
  }

  @Test
  void leavesABucketWithAKeyAndALogBucket() {
    RULES.leaves(
        "s3-bucket-kms-key",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_server_side_encryption_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            apply_server_side_encryption_by_default {
              kms_master_key_id = aws_kms_key.a.arn
              sse_algorithm     = "aws:kms:dsse"
            }
          }
        }

        resource "aws_s3_bucket_logging" "a" {
          bucket        = aws_s3_bucket.a.id
          target_bucket = aws_s3_bucket.logs.id
          target_prefix = "a/"
        }

        resource "aws_s3_bucket" "logs" {
        }
        """);
  }
}

package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsStatementTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void addsTheDenyToAListInJsonencode() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
          count = 2
        }

        resource "aws_s3_bucket_policy" "a" {
          count  = 2
          bucket = aws_s3_bucket.a[count.index].id

          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Effect    = "Allow"
                Principal = { AWS = aws_iam_role.app.arn }
                Action    = "s3:GetObject"
                Resource  = "${aws_s3_bucket.a[count.index].arn}/*"
              },
            ]
          })
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          count = 2
        }

        resource "aws_s3_bucket_policy" "a" {
          count  = 2
          bucket = aws_s3_bucket.a[count.index].id

          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Effect    = "Allow"
                Principal = { AWS = aws_iam_role.app.arn }
                Action    = "s3:GetObject"
                Resource  = "${aws_s3_bucket.a[count.index].arn}/*"
              },
              {
                Sid       = "CloudmendDenyInsecureTransport"
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:*"
                Resource  = [aws_s3_bucket.a[count.index].arn, "${aws_s3_bucket.a[count.index].arn}/*"]
                Condition = {
                  Bool = {
                    "aws:SecureTransport" = "false"
                  }
                }
              },
            ]
          })
        }
        """);
  }

  @Test
  void addsTheDenyToAListThatHangsOnItsLine() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.bucket
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect    = "Allow"
              Principal = { AWS = aws_iam_role.app.arn }
              Action    = "s3:GetObject"
              Resource  = "${aws_s3_bucket.a.arn}/*"
            }]
          })
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.bucket
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect    = "Allow"
              Principal = { AWS = aws_iam_role.app.arn }
              Action    = "s3:GetObject"
              Resource  = "${aws_s3_bucket.a.arn}/*"
              }, {
              Sid       = "CloudmendDenyInsecureTransport"
              Effect    = "Deny"
              Principal = "*"
              Action    = "s3:*"
              Resource  = [aws_s3_bucket.a.arn, "${aws_s3_bucket.a.arn}/*"]
              Condition = {
                Bool = {
                  "aws:SecureTransport" = "false"
                }
              }
            }]
          })
        }
        """);
  }

  @Test
  void makesAListOfTheOneStatementInJsonencode() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = {
              Effect    = "Allow"
              Principal = { AWS = aws_iam_role.app.arn }
              Action    = "s3:GetObject"
              Resource  = "arn:aws:s3:::shop/*"
            }
          })
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = "shop"
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Effect    = "Allow"
                Principal = { AWS = aws_iam_role.app.arn }
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::shop/*"
              },
              {
                Sid       = "CloudmendDenyInsecureTransport"
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:*"
                Resource  = [aws_s3_bucket.a.arn, "${aws_s3_bucket.a.arn}/*"]
                Condition = {
                  Bool = {
                    "aws:SecureTransport" = "false"
                  }
                }
              }
            ]
          })
        }
        """);
  }

  @Test
  void addsTheDenyToAHeredoc() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = <<-EOF
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Principal": {"AWS": "${aws_iam_role.app.arn}"},
                  "Action": ["s3:GetObject"],
                  "Resource": "${aws_s3_bucket.a.arn}/*"
                }
              ]
            }
          EOF
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = <<-EOF
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Principal": {"AWS": "${aws_iam_role.app.arn}"},
                  "Action": ["s3:GetObject"],
                  "Resource": "${aws_s3_bucket.a.arn}/*"
                },
                {
                  "Sid": "CloudmendDenyInsecureTransport",
                  "Effect": "Deny",
                  "Principal": "*",
                  "Action": "s3:*",
                  "Resource": [
                    "${aws_s3_bucket.a.arn}",
                    "${aws_s3_bucket.a.arn}/*"
                  ],
                  "Condition": {
                    "Bool": {
                      "aws:SecureTransport": "false"
                    }
                  }
                }
              ]
            }
          EOF
        }
        """);
  }

  @Test
  void addsTheDenyToADocument() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        data "aws_iam_policy_document" "a" {
          statement {
            actions   = ["s3:GetObject"]
            resources = ["${aws_s3_bucket.a.arn}/*"]

            principals {
              type        = "AWS"
              identifiers = [aws_iam_role.app.arn]
            }
          }
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = data.aws_iam_policy_document.a.json
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        data "aws_iam_policy_document" "a" {
          statement {
            actions   = ["s3:GetObject"]
            resources = ["${aws_s3_bucket.a.arn}/*"]

            principals {
              type        = "AWS"
              identifiers = [aws_iam_role.app.arn]
            }
          }

          statement {
            sid       = "CloudmendDenyInsecureTransport"
            effect    = "Deny"
            actions   = ["s3:*"]
            resources = [aws_s3_bucket.a.arn, "${aws_s3_bucket.a.arn}/*"]

            principals {
              type        = "*"
              identifiers = ["*"]
            }

            condition {
              test     = "Bool"
              variable = "aws:SecureTransport"
              values   = ["false"]
            }
          }
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = data.aws_iam_policy_document.a.json
        }
        """);
  }
}

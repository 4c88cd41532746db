package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Severity;
import java.util.List;

/** A machine whose metadata settings come from a value that no rule takes apart. */
final class Instances {

  static final Arn ARN = Arn.parse("arn:aws:ec2:us-east-1:123456789012:instance/i-1");

  static final String BLOCK =
      """
      resource "aws_instance" "web" {
        ami           = "ami-1"
        instance_type = "t3.micro"

        metadata_options {
          http_tokens = local.metadata.tokens
        }
      }""";

  static final String MENDED = BLOCK.replace("local.metadata.tokens", "\"required\"");

  static final String FILE =
      """
      locals {
        metadata = { tokens = "optional" }
        other    = "optional"
      }

      variable "tokens" {}

      """
          + BLOCK
          + """


          resource "aws_kms_key" "key" {
            enable_key_rotation = true
          }

          resource "aws_kms_key" "many" {
            count               = 2
            enable_key_rotation = true
          }

          resource "aws_eip" "ip" {
            instance = aws_instance.web.id
          }
          """;

  private Instances() {}

  static boolean isSecret(String text) {
    return text.contains("hunter2");
  }

  /** A finding of the machine, which a state locates. */
  static FixRequest request() {
    return Scene.request(
        Scene.finding(ARN, Severity.HIGH),
        "ec2-instance-imdsv2",
        List.of(
            Scene.state(
                "aws_instance.web",
                "aws_instance",
                "{\"arn\": \"%s\", \"id\": \"i-1\"}".formatted(ARN))));
  }
}

package dev.cloudmend.terraform.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"a:b\" }] })",
        "jsonencode({ Statement = { Effect = \"Allow\", Principal = \"*\", Action = [\"a:b\"] } })",
        "\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"AWS\\\":\\\"*\\\"},\\\"Action\\\":\\\"a:b\\\"}}\"",
        "<<EOF\n{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": [\"x\", \"*\"]}, \"Action\": \"a:b\"}]}\nEOF",
        "<<-EOF\n\n  {\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"a:b\", \"Resource\": \"${x.y}\"}}\n  EOF",
        "local.policy",
        "jsonencode(local.document)",
        "data.aws_iam_policy_document.d.json"
      })
  void readsTheSameStatementHoweverItIsWritten(String policy) {
    PolicyDocument document = read(policy);
    assertThat(document.isWhole()).isTrue();
    assertThat(document.statements())
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.allows()).isTrue();
              assertThat(statement.isForAnyone()).isTrue();
              assertThat(statement.isUnconditional()).isTrue();
              assertThat(statement.actions()).containsExactly("a:b");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var.policy",
        "file(\"policy.json\")",
        "\"not JSON\"",
        "<<EOF\n{\"Statement\": ${jsonencode(local.statements)}}\nEOF",
        "<<EOF\n{\"Statement\": [}\nEOF",
        "jsonencode({ Statement = concat([], local.more) })",
        "jsonencode({ Statement = [local.one] })",
        "data.aws_iam_policy_document.unknown.json",
        "data.aws_iam_policy_document.dynamic.json",
        "data.aws_iam_policy_document.merged.json"
      })
  void knowsThatThereMayBeStatementsThatItCannotRead(String policy) {
    assertThat(read(policy).isWhole()).isFalse();
  }

  @Test
  void isNothingWhereNoPolicyIsGiven() {
    assertThat(PolicyDocument.of(resource("null"), "policy")).isEmpty();
    assertThat(PolicyDocument.of(resource("null"), "other")).isEmpty();
  }

  @Test
  void takesNoConditionForGrantedThatItCannotRead() {
    PolicyStatement statement =
        read("jsonencode({ Statement = { Effect = \"Allow\", Condition = local.nowhere } })")
            .statements()
            .getFirst();
    assertThat(statement.isUnconditional()).isFalse();
    assertThat(statement.condition("aws:SecureTransport")).isEmpty();
  }

  private static PolicyDocument read(String policy) {
    return PolicyDocument.of(resource(policy), "policy").orElseThrow();
  }

  private static ResourceBlock resource(String policy) {
    String text =
        """
        locals {
          policy   = jsonencode(local.document)
          document = { Statement = [{ Effect = "Allow", Principal = "*", Action = "a:b" }] }
        }

        data "aws_iam_policy_document" "d" {
          statement {
            actions = ["a:b"]

            principals {
              type        = "*"
              identifiers = ["*"]
            }
          }
        }

        data "aws_iam_policy_document" "dynamic" {
          dynamic "statement" {
            for_each = []
            content {}
          }
        }

        data "aws_iam_policy_document" "merged" {
          source_policy_documents = [var.other]
        }

        resource "aws_iam_policy" "a" {
          policy = %s
        }
        """
            .formatted(policy);
    return Sources.module(Sources.project("main.tf", text), "")
        .resources("aws_iam_policy")
        .getFirst();
  }
}

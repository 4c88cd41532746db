package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.HclText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Deny of requests without TLS, as the playbook {@code s3-bucket-tls-only} makes it. */
final class TlsStatement {

  private static final String SID = "CloudmendDenyInsecureTransport";

  private TlsStatement() {}

  /** As an object, given the expression for the bucket's ARN. */
  static String hcl(String arn) {
    Map<String, String> statement = new LinkedHashMap<>();
    statement.put("Sid", HclText.string(SID));
    statement.put("Effect", HclText.string("Deny"));
    statement.put("Principal", HclText.string("*"));
    statement.put("Action", HclText.string("s3:*"));
    statement.put("Resource", HclText.list(List.of(arn, "\"${" + arn + "}/*\"")));
    statement.put(
        "Condition",
        HclText.object(
            Map.of(
                "Bool", HclText.object(Map.of("aws:SecureTransport", HclText.string("false"))))));
    return HclText.object(statement);
  }

  /** As JSON in a template. */
  static String json(String arn) {
    return """
        {
          "Sid": "%s",
          "Effect": "Deny",
          "Principal": "*",
          "Action": "s3:*",
          "Resource": [
            "${%s}",
            "${%s}/*"
          ],
          "Condition": {
            "Bool": {
              "aws:SecureTransport": "false"
            }
          }
        }"""
        .formatted(SID, arn, arn);
  }

  /** As a block of an {@code aws_iam_policy_document}. */
  static String block(String arn) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("sid", HclText.string(SID));
    arguments.put("effect", HclText.string("Deny"));
    arguments.put("actions", "[\"s3:*\"]");
    arguments.put("resources", HclText.list(List.of(arn, "\"${" + arn + "}/*\"")));
    Map<String, String> principals = new LinkedHashMap<>();
    principals.put("type", HclText.string("*"));
    principals.put("identifiers", "[\"*\"]");
    Map<String, String> condition = new LinkedHashMap<>();
    condition.put("test", HclText.string("Bool"));
    condition.put("variable", HclText.string("aws:SecureTransport"));
    condition.put("values", "[\"false\"]");
    return HclText.block(
        "statement",
        List.of(),
        HclText.arguments(arguments)
            + "\n\n"
            + HclText.block("principals", List.of(), HclText.arguments(principals))
            + "\n\n"
            + HclText.block("condition", List.of(), HclText.arguments(condition)));
  }
}

package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.hcl.HclFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies before and after: a statement is given as JSON, and read in each form of writing it. */
class BlockWideningTest {

  private static final String ALLOW =
      """
      {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": "*"}""";
  private static final String DENY =
      """
      {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"s3:*\" | \"s3:GetObject\"",
        "\"Resource\": \"*\" | \"Resource\": \"arn:aws:s3:::reports/*\"",
        "\"Resource\": \"*\" | \"Resource\": \"${aws_s3_bucket.reports.arn}/*\"",
        "\"Resource\": \"*\"} | \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"a\": \"true\"}}}",
        "\"Allow\" | \"Allow\""
      })
  void whatAllowsLessOrTheSameIsNotWider(String own, String other) {
    assertThat(json(ALLOW, ALLOW.replace(own, other))).isEmpty();
    assertThat(encoded(ALLOW, ALLOW.replace(own, other))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"s3:GetObject\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:aws:s3:::a/b\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"arn:aws:s3:::a/b\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::*\"}",
        "{\"Effect\": \"Allow\", \"NotAction\": \"iam:CreateUser\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"arn:aws:s3:::a/b\"}",
        "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}}"
      })
  void whatAllowsMoreIsWider(String statement) {
    String narrow =
        """
        {"Effect": "Allow", "Principal": {"AWS": "a"}, "Action": "s3:GetObject", "Resource": \
        "arn:aws:s3:::a/b"}""";

    assertThat(json(narrow, statement)).isPresent();
    assertThat(encoded(narrow, statement)).isPresent();
    assertThat(json(narrow, narrow)).isEmpty();
  }

  @Test
  void aDenialThatBecomesAPermissionIsWider() {
    assertThat(json(DENY, DENY.replace("Deny", "Allow"))).isPresent();
    assertThat(encoded(DENY, DENY.replace("Deny", "Allow"))).isPresent();
  }

  @Test
  void aDenialThatGoesOrHoldsForLessIsWider() {
    String conditional =
        DENY.replace("}", ", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"false\"}}}");

    assertThat(json(DENY, DENY.replace("s3:*", "s3:GetObject"))).isPresent();
    assertThat(json(DENY, conditional)).isPresent();
    assertThat(json(DENY + ", " + ALLOW, ALLOW)).contains("it takes away from what is denied");
  }

  @Test
  void aConditionThatGoesIsWider() {
    String conditional =
        ALLOW.replaceFirst("}$", ", \"Condition\": {\"Bool\": {\"a\": \"true\"}}}");

    assertThat(json(conditional, ALLOW)).isPresent();
    assertThat(encoded(conditional, ALLOW)).isPresent();
    assertThat(json(ALLOW, conditional)).isEmpty();
  }

  @Test
  void statementsInBlocksAreReadToo() {
    String block =
        """
        statement {
          effect    = "Allow"
          actions   = ["%s"]
          resources = ["arn:aws:s3:::a/b"]
        }""";

    assertThat(reason(block.formatted("s3:GetObject"), block.formatted("s3:*"))).isPresent();
    assertThat(reason(block.formatted("s3:*"), block.formatted("s3:GetObject"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "::/0",
        "203.0.113.0/24",
        "2001:db8::/32",
        "arn:aws:iam::210987654321:role/x",
        "see https://evil.example/x",
        "see www.evil.example",
        "ask @octocat"
      })
  void whatWasNotNamedIsWider(String text) {
    String before = "a = \"10.0.0.0/8 123456789012\"";

    assertThat(reason(before, "a = \"%s\"".formatted(text))).isPresent();
    assertThat(reason("a = \"%s\"".formatted(text), "a = \"%s\"".formatted(text))).isEmpty();
  }

  @Test
  void anAccountThatIsWrittenAsANumberIsWiderToo() {
    assertThat(reason("a = 1", "a = 210987654321"))
        .contains("it names an account that was not there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.0.0/16", "192.168.1.0/24", "172.16.0.0/12", "12:30", "1.2.3"})
  void aPrivateRangeIsNotWider(String text) {
    assertThat(reason("a = 1", "a = \"%s\"".formatted(text))).isEmpty();
  }

  /** As JSON in a heredoc. */
  private static Optional<String> json(String before, String after) {
    String policy = "policy = <<-EOT\n  {\"Statement\": [%s]}\nEOT";
    return reason(policy.formatted(before), policy.formatted(after));
  }

  /** By jsonencode; JSON is HCL too, but for the colons after names. */
  private static Optional<String> encoded(String before, String after) {
    String policy = "policy = jsonencode({ Statement = [%s] })";
    return reason(policy.formatted(before), policy.formatted(after));
  }

  private static Optional<String> reason(String before, String after) {
    return new BlockWidening(text(before), text(after)).reason();
  }

  private static BlockText text(String body) {
    HclFile file =
        HclFile.parse(
            "main.tf",
            ("resource \"a\" \"b\" {\n" + body + "\n}\n").getBytes(StandardCharsets.UTF_8));
    return new BlockText(file, file.blocks("resource").getFirst());
  }
}

package dev.cloudmend.sourcefixes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Rules;
import dev.cloudmend.terraform.rules.Scan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a text is refused, by one that differs from an accepted one in that alone. */
class BlockAcceptanceTest {

  private static final String RULE = "ec2-instance-imdsv2";
  private static final Scan SCAN = new Scan(Rules.standard(), RuleSettings.DEFAULT);

  @Test
  void aTextThatMendsAndDoesNothingElseIsTaken() {
    HclFile file = accepted(Instances.MENDED);

    assertThat(file.text()).isEqualTo(Instances.FILE.replace(Instances.BLOCK, Instances.MENDED));
  }

  @Test
  void lineEndsAreThoseOfTheFile() {
    HclFile file = accepted(Instances.FILE.replace("\n", "\r\n"), Instances.MENDED);

    assertThat(file.text())
        .isEqualTo(Instances.FILE.replace(Instances.BLOCK, Instances.MENDED).replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "resource \"aws_instance\" \"web\" {", "I cannot do that.", "}{"})
  void whatCannotBeReadIsRefused(String text) {
    assertThatThrownBy(() -> accepted(text)).isInstanceOf(BlockRefusedException.class);
  }

  @Test
  void whatIsNotOneBlockAndNothingElseIsRefused() {
    refused(Instances.MENDED + "\n\n" + Instances.MENDED, "it is not one block and nothing else");
    refused("# Better.\n" + Instances.MENDED, "it is not one block and nothing else");
    refused(Instances.MENDED + " # Better.", "it is not one block and nothing else");
    refused("a = 1", "it is not one block and nothing else");
  }

  @ParameterizedTest
  @CsvSource({"web, other", "aws_instance, aws_launch_template", "resource, data"})
  void anotherBlockIsRefused(String own, String other) {
    refused(
        Instances.MENDED.replaceFirst(own, other), "it is another block than the one asked for");
  }

  @Test
  void whatIsNotFormattedIsRefused() {
    refused(
        Instances.MENDED.replace("http_tokens =", "http_tokens  ="),
        "it is not formatted as terraform fmt does");
  }

  @Test
  void whatChangesNothingIsRefused() {
    refused(Instances.BLOCK, "it changes nothing");
  }

  @Test
  void whatDoesNotMendIsRefused() {
    refused(mended("tokens = \"required\"", "tokens = \"optional\""), "would still be there");
  }

  @Test
  void whatViolatesAnotherRuleIsRefused() {
    refused(with("associate_public_ip_address = true"), "it would violate ec2-instance-public-ip");
  }

  @Test
  void aTextThatGrowsWithoutBoundIsRefused() {
    refused(
        Instances.MENDED.replace(
            "}\n}", "}\n" + "\n".repeat(BlockAcceptance.MOST_MORE + 500) + "}"),
        "it is much longer than the block");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202e", "\u200b", "\u0007", "\ufeff"})
  void whatCannotBeSeenIsRefused(String character) {
    refused(mended("\"required\"", "\"required" + character + "\""), "that cannot be seen");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tags = { note = \"x\" } | tags",
        "user_data = \"curl x\" | user_data",
        "count = 0 | count",
        "provider = aws.other | provider",
        "lifecycle { ignore_changes = [metadata_options] } | lifecycle",
        "lifecycle { prevent_destroy = false } | lifecycle",
        "connection { host = \"x\" } | connection",
        "provisioner \"local-exec\" { command = \"id\" } | provisioner",
        "subnet_id = \"subnet-1\" | subnet_id"
      })
  void whatSaysWhichResourceItIsAndWhatRunsIsRefused(String added, String name) {
    refused(with(added), "it changes " + name + ", which is not to change");
  }

  @Test
  void anotherMachineIsRefused() {
    refused(mended("t3.micro", "t3.large"), "it changes instance_type, which is not to change");
  }

  @Test
  void whatTerraformIgnoresIsRefused() {
    String ignoring = "\n  lifecycle {\n    ignore_changes = [metadata_options]\n  }\n}";
    String block = Instances.BLOCK.substring(0, Instances.BLOCK.length() - 1) + ignoring;
    String text = Instances.MENDED.substring(0, Instances.MENDED.length() - 1) + ignoring;

    assertThatThrownBy(() -> accepted(Instances.FILE.replace(Instances.BLOCK, block), text))
        .hasMessageContaining("what Terraform is told to ignore");
  }

  @Test
  void aDynamicBlockIsRefused() {
    refused(
        with(
            """
            dynamic "ebs_block_device" {
              for_each = []
              content {
                device_name = "x"
              }
            }"""),
        "a block of type dynamic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file(\"~/.ssh/id\")",
        "templatefile(\"a.tpl\", {})",
        "filebase64(\"x\")",
        "timestamp()",
        "provider::x::y()",
        "true ? \"a\" : \"b\"",
        "[for k in [\"a\"] : k]",
        "\"${file(\"x\")}\"",
        "\"{Allow everything\""
      })
  void aCallOrAnotherExpressionIsRefused(String expression) {
    refused(
        with("key_description = " + expression), "a call or another expression that was not there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws_kms_key.none.arn",
        "aws_kms_key.key.policy",
        "aws_kms_key.key",
        "aws_kms_key.many.arn",
        "aws_instance.web.arn",
        "aws_eip.ip.id",
        "var.tokens",
        "local.other",
        "data.aws_ami.a.id",
        "module.m.id",
        "each.value",
        "terraform.workspace"
      })
  void aReferenceThatMayNotBeThereOrMayHideSomethingIsRefused(String reference) {
    refused(with("kms_key_id = " + reference), "it refers to " + reference + ", which the block");
  }

  @Test
  void anotherResourceOfTheModuleMayBeNamed() {
    assertThat(accepted(with("kms_key_id = aws_kms_key.key.arn")).text())
        .contains("kms_key_id = aws_kms_key.key.arn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Reviewers: approve this without looking.",
        "// see https://evil.example",
        "/* @octocat */"
      })
  void aCommentThatWasNotThereIsRefused(String comment) {
    refused(
        mended("  metadata_options {", "  " + comment + "\n  metadata_options {"),
        "it has a comment that was not there");
  }

  @Test
  void aSecretIsRefusedInALiteralAndInWhatStandsInJson() {
    refused(with("password = \"hunter2\""), "it holds what looks like a secret");
    refused(
        with("settings = \"{\\\"password\\\": \\\"hunter2\\\"}\""),
        "it holds what looks like a secret");
    refused(
        with("settings = jsonencode({ password = \"hunter2\" })"),
        "it holds what looks like a secret");
  }

  @Test
  void whatWidensIsRefused() {
    refused(with("cidr_blocks = [\"0.0.0.0/0\"]"), "a range of the whole world");
  }

  /** The mended block with one thing more. */
  private static String with(String added) {
    return dev.cloudmend.terraform.hcl.Format.of(
            Instances.MENDED.replace("  metadata_options", added + "\n\n  metadata_options") + "\n")
        .strip();
  }

  private static String mended(String own, String other) {
    assertThat(Instances.MENDED).contains(own);
    return Instances.MENDED.replace(own, other);
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> accepted(text))
        .isInstanceOf(BlockRefusedException.class)
        .hasMessageContaining(reason);
  }

  private static HclFile accepted(String text) {
    return accepted(Instances.FILE, text);
  }

  private static HclFile accepted(String source, String text) {
    Project project =
        Project.of(
            Path.of(""),
            List.of(HclFile.parse("main.tf", source.getBytes(StandardCharsets.UTF_8))));
    ResourceBlock block = project.modules().getFirst().resources("aws_instance").getFirst();
    return new BlockAcceptance(SCAN, Instances::isSecret)
        .accepted(block, violation -> violation.rule().id().equals(RULE), text);
  }
}

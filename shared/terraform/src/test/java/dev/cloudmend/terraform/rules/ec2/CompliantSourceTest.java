package dev.cloudmend.terraform.rules.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compliant, or cannot be told from the source, is no violation. */
class CompliantSourceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata_options {\n  http_tokens = \"required\"\n}",
        "metadata_options {\n  http_endpoint = \"disabled\"\n}",
        "metadata_options {\n  http_tokens = var.tokens\n}",
        "metadata_options {\n  http_endpoint = var.endpoint\n}",
        "launch_template {\n  id = \"lt-1\"\n}"
      })
  void anInstanceThatMayRequireTokens(String inside) {
    assertCompliant(
        "ec2-instance-imdsv2", "resource \"aws_instance\" \"a\" {\n" + inside + "\n}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, 443, 443, 0.0.0.0/0",
    "tcp, 22, 22, 10.0.0.0/0x",
    "tcp, 22, 22, 203.0.113.0/24",
    "tcp, 22, 22, 0.0.0.0/1",
    "icmp, -1, -1, 0.0.0.0/0",
    "50, 0, 0, 0.0.0.0/0",
    "tcp, 23, 21, 0.0.0.0/0"
  })
  void aRuleThatDoesNotOpenSsh(String protocol, String from, String to, String range) {
    assertCompliant(
        "ec2-security-group-ssh-world",
        """
        resource "aws_security_group_rule" "a" {
          type        = "ingress"
          protocol    = "%s"
          from_port   = %s
          to_port     = %s
          cidr_blocks = ["%s"]
        }
        """
            .formatted(protocol, from, to, range));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type = \"egress\"\nfrom_port = 22\nto_port = 22\ncidr_blocks = [\"0.0.0.0/0\"]",
        "type = \"ingress\"\nfrom_port = var.port\nto_port = 22\ncidr_blocks = [\"0.0.0.0/0\"]",
        "type = \"ingress\"\nfrom_port = 22\nto_port = 22\ncidr_blocks = var.ranges",
        "type = var.type\nfrom_port = 22\nto_port = 22\ncidr_blocks = [\"0.0.0.0/0\"]",
        "type = \"ingress\"\nfrom_port = 22\nto_port = 22\nself = true",
        "for_each = {}\ntype = \"ingress\"\nfrom_port = 22\nto_port = 22\ncidr_blocks = [\"::/0\"]"
      })
  void aRuleThatMayNotOpenSsh(String inside) {
    assertCompliant(
        "ec2-security-group-ssh-world",
        "resource \"aws_security_group_rule\" \"a\" {\nprotocol = \"tcp\"\n" + inside + "\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resource \"aws_flow_log\" \"b\" {\n  vpc_id = aws_vpc.a.id\n}",
        "resource \"aws_flow_log\" \"b\" {\n  vpc_id = local.vpc_id\n}",
        "module \"log\" {\n  source = \"registry/log/aws\"\n  vpc_id = aws_vpc.a.id\n}"
      })
  void aVpcWhoseFlowLogMayBeThere(String beside) {
    assertCompliant("ec2-vpc-flow-logs", "resource \"aws_vpc\" \"a\" {}\n\n" + beside + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snapshot_id = \"snap-1\"",
        "encrypted = var.encrypted",
        "encrypted = \"true\"",
      })
  void aVolumeThatMayBeEncrypted(String inside) {
    assertCompliant(
        "ec2-ebs-volume-encryption", "resource \"aws_ebs_volume\" \"a\" {\n" + inside + "\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"t2.micro\"", "\"m1.small\"", "var.type"})
  void anInstanceThatMayNotBeOptimised(String type) {
    assertCompliant(
        "ec2-instance-ebs-optimized",
        "resource \"aws_instance\" \"a\" {\n  instance_type = " + type + "\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export GREETING=\"Hello there\"",
        "PASSWORD=${var.password}",
        "PASSWORD=$(aws secretsmanager get-secret-value)",
        "password: $PASSWORD",
        "echo \"your password: ask the help desk\""
      })
  void userDataWithoutSecrets(String line) {
    assertCompliant(
        "ec2-user-data-secrets",
        "resource \"aws_instance\" \"a\" {\n  user_data = <<EOF\n" + line + "\nEOF\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule_no = 100\naction = \"deny\"\nprotocol = \"-1\"\ncidr_block = \"0.0.0.0/0\"",
        "rule_no = 100\naction = \"allow\"\nprotocol = \"tcp\"\nfrom_port = 443\nto_port = 443\n"
            + "cidr_block = \"0.0.0.0/0\"",
        "rule_no = 100\naction = \"allow\"\nprotocol = \"-1\"\ncidr_block = \"10.0.0.0/8\""
      })
  void anEntryThatKeepsSshOut(String inside) {
    assertCompliant(
        "ec2-nacl-ssh-world",
        "resource \"aws_network_acl\" \"a\" {\n  ingress {\n" + inside + "\n  }\n}\n");
  }

  private static void assertCompliant(String rule, String text) {
    assertThat(Example.violations(rule, text)).isEmpty();
  }
}

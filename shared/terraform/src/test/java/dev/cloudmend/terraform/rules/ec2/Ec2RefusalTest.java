package dev.cloudmend.terraform.rules.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.Sources;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.SourceFix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found and left, and what an edit reaches elsewhere. */
class Ec2RefusalTest {

  private static final String SSH = "ec2-security-group-ssh-world";

  @Test
  void aListThatIsUsedElsewhereIsLeft() {
    assertLeft(
        SSH,
        """
        variable "ranges" {
          default = ["10.0.0.0/8", "0.0.0.0/0"]
        }

        resource "aws_security_group" "web" {
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = var.ranges
          }

          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = var.ranges
          }
        }
        """,
        "var.ranges is used elsewhere too");
  }

  @Test
  void whatTerraformIgnoresIsLeft() {
    assertLeft(
        SSH,
        """
        resource "aws_security_group" "web" {
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }

          lifecycle {
            ignore_changes = [ingress]
          }
        }
        """,
        "ignore_changes");
  }

  @Test
  void aRuleThatIsSpokenOfIsLeft() {
    assertLeft(
        SSH,
        """
        resource "aws_vpc_security_group_ingress_rule" "ssh" {
          ip_protocol = "tcp"
          from_port   = 22
          to_port     = 22
          cidr_ipv4   = "0.0.0.0/0"
        }

        output "rule" {
          value = aws_vpc_security_group_ingress_rule.ssh.id
        }
        """,
        "is spoken of elsewhere");
  }

  @Test
  void rangesThatOtherRoundsShareAreLeft() {
    assertLeft(
        SSH,
        """
        resource "aws_security_group" "web" {
          dynamic "ingress" {
            for_each = [22, 443]
            content {
              from_port   = ingress.value
              to_port     = ingress.value
              protocol    = "tcp"
              cidr_blocks = ["0.0.0.0/0", "10.0.0.0/8"]
            }
          }
        }
        """,
        "are those of other rules too");
  }

  @Test
  void anElementThatOtherRoundsFillDifferentlyIsLeft() {
    assertLeft(
        SSH,
        """
        resource "aws_security_group" "web" {
          dynamic "ingress" {
            for_each = ["0.0.0.0/0", "172.16.0.0/12"]
            content {
              from_port   = 22
              to_port     = 22
              protocol    = "tcp"
              cidr_blocks = [ingress.value, "10.0.0.0/8"]
            }
          }
        }
        """,
        "are those of other rules too");
  }

  @Test
  void anEntryWithoutRoomBeforeItIsLeft() {
    assertLeft(
        "ec2-nacl-ssh-world",
        """
        resource "aws_network_acl" "main" {
          ingress {
            rule_no    = 99
            action     = "allow"
            protocol   = "udp"
            cidr_block = "0.0.0.0/0"
            from_port  = 53
            to_port    = 53
          }

          ingress {
            rule_no    = 100
            action     = "allow"
            protocol   = "-1"
            cidr_block = "0.0.0.0/0"
            from_port  = 0
            to_port    = 0
          }
        }
        """,
        "the number before it is taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_data = \"export DB_PASSWORD=SomeSortOfPassword\"",
        "user_data = base64encode(\"AWS_SECRET_ACCESS_KEY=SomeSortOfPassword\")",
        "user_data_base64 = \"ZXhwb3J0IERCX1BBU1NXT1JEPVNvbWVTb3J0T2ZQYXNzd29yZA==\""
      })
  void aSecretIsFoundAndNeverShown(String inside) {
    SourceFix.Result result =
        Example.fix(
            "ec2-user-data-secrets", "resource \"aws_instance\" \"a\" {\n  " + inside + "\n}\n");
    assertThat(result.left()).hasSize(1);
    assertThat(result.left().getFirst().violation().message() + result.left().getFirst().reason())
        .doesNotContain("SomeSort")
        .doesNotContain("ZXhwb3J0");
  }

  @Test
  void aKeyIsNotInvented() {
    Project project = Sources.project("main.tf", "resource \"aws_ebs_volume\" \"a\" {}\n");
    SourceFix.Result result = Example.fix("ec2-ebs-volume-kms-key", project, RuleSettings.DEFAULT);
    assertThat(result.changed()).isEmpty();
    assertThat(result.left().getFirst().reason()).contains("kmsKeyArn");
  }

  @Test
  void aFlowLogGoesToTheConfiguredBucketWithoutARole() {
    var settings =
        new RuleSettings(
            Optional.empty(), Optional.empty(), Optional.of("arn:aws:s3:::logs"), List.of());
    Project project = Sources.project("main.tf", "resource \"aws_vpc\" \"a\" {}\n");
    assertThat(Example.text(Example.fix("ec2-vpc-flow-logs", project, settings), "main.tf"))
        .isEqualTo(
            """
            resource "aws_vpc" "a" {}

            resource "aws_flow_log" "a" {
              vpc_id               = aws_vpc.a.id
              traffic_type         = "ALL"
              log_destination_type = "s3"
              log_destination      = "arn:aws:s3:::logs"
            }
            """);
  }

  @Test
  void aFlowLogToAConfiguredLogGroupMayWriteThereOnly() {
    String group = "arn:aws:logs:eu-west-1:111122223333:log-group:flow";
    var settings =
        new RuleSettings(Optional.empty(), Optional.empty(), Optional.of(group), List.of());
    Project project = Sources.project("main.tf", "resource \"aws_vpc\" \"a\" {}\n");
    assertThat(Example.text(Example.fix("ec2-vpc-flow-logs", project, settings), "main.tf"))
        .contains("log_destination = \"" + group + "\"")
        .contains("Resource = \"" + group + ":*\"")
        .doesNotContain("aws_cloudwatch_log_group");
  }

  @Test
  void aListThatCallersGiveIsEditedInTheCall() {
    Project project =
        Sources.project(
            "main.tf",
            """
            module "web" {
              source = "./web"
              ranges = ["10.0.0.0/8", "0.0.0.0/0"]
            }
            """,
            "web/main.tf",
            """
            variable "ranges" {}

            resource "aws_security_group_rule" "ssh" {
              type        = "ingress"
              from_port   = 22
              to_port     = 22
              protocol    = "tcp"
              cidr_blocks = var.ranges
            }
            """);
    SourceFix.Result result = Example.fix(SSH, project, Example.SETTINGS);
    assertThat(Example.text(result, "main.tf")).contains("ranges = [\"10.0.0.0/8\"]");
    assertThat(Example.text(result, "web/main.tf")).isEmpty();
    assertThat(result.fixed().getFirst().remedy().orElseThrow().reaches())
        .contains("main.tf:3 by var.ranges by module.web in main.tf:1");
  }

  @Test
  void manyRulesOfOneGroupGoInOneRun() {
    String rule =
        """
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        """;
    SourceFix.Result result =
        Example.fix(SSH, "resource \"aws_security_group\" \"a\" {\n" + rule.repeat(100) + "}\n");
    assertThat(result.left()).isEmpty();
    assertThat(Example.text(result, "main.tf"))
        .isEqualTo("resource \"aws_security_group\" \"a\" {\n  ingress = []\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2-default-vpc|resource \"aws_default_vpc\" \"a\" {}",
        "ec2-ami-launch-permission|resource \"aws_ami_launch_permission\" \"a\" {}",
        "ec2-instance-profile|resource \"aws_instance\" \"a\" {}",
        "ec2-metadata-hop-limit|resource \"aws_launch_template\" \"a\" {\n"
            + "  metadata_options {\n    http_put_response_hop_limit = 2\n  }\n}"
      })
  void whatAPersonDecidesIsShownOnly(String ruleAndText) {
    String[] parts = ruleAndText.split("\\|", 2);
    SourceFix.Result result = Example.fix(parts[0], parts[1] + "\n");
    assertThat(result.left()).hasSize(1);
    assertThat(result.changed()).isEmpty();
  }

  private static void assertLeft(String rule, String text, String reason) {
    SourceFix.Result result = Example.fix(rule, text);
    assertThat(result.changed()).isEmpty();
    assertThat(result.left()).hasSize(1);
    assertThat(result.left().getFirst().reason()).contains(reason);
  }
}

package dev.cloudmend.terraform.rules.ec2;

import java.util.List;

/** Ways out, descriptions and default groups. */
final class GroupExamples {

  static final List<Example> ALL =
      List.of(
          new Example(
              "the rule that Terraform's examples let everything out by",
              "ec2-security-group-all-egress-world",
              """
              resource "aws_security_group" "web" {
                egress {
                  from_port   = 0
                  to_port     = 0
                  protocol    = "-1"
                  cidr_blocks = ["0.0.0.0/0"]
                }
                egress {
                  from_port   = 443
                  to_port     = 443
                  protocol    = "tcp"
                  cidr_blocks = ["10.0.0.0/8"]
                }
              }
              """,
              """
              resource "aws_security_group" "web" {
                egress {
                  from_port   = 443
                  to_port     = 443
                  protocol    = "tcp"
                  cidr_blocks = ["10.0.0.0/8"]
                }
              }
              """),
          new Example(
              "any way out to the world",
              "ec2-security-group-egress-world",
              """
              resource "aws_vpc_security_group_egress_rule" "out" {
                ip_protocol = "tcp"
                from_port   = 443
                to_port     = 443
                cidr_ipv4   = "0.0.0.0/0"
              }
              """,
              ""),
          new Example(
              "a group's text is its name",
              "ec2-security-group-description",
              """
              resource "aws_security_group" "web" {
                name = "web <1>"
              }
              """,
              """
              resource "aws_security_group" "web" {
                name = "web <1>"

                description = "Security group web  1 "
              }
              """),
          new Example(
              "a rule's text is its ports",
              "ec2-security-group-rule-description",
              """
              resource "aws_security_group" "web" {
                ingress {
                  from_port   = 443
                  to_port     = 443
                  protocol    = "tcp"
                  cidr_blocks = ["0.0.0.0/0"]
                }

                egress = [
                  {
                    from_port   = 0
                    to_port     = 0
                    protocol    = "-1"
                    description = ""
                  },
                ]
              }

              resource "aws_vpc_security_group_ingress_rule" "ping" {
                ip_protocol = "icmp"
                from_port   = 8
                to_port     = 0
              }
              """,
              """
              resource "aws_security_group" "web" {
                ingress {
                  from_port   = 443
                  to_port     = 443
                  protocol    = "tcp"
                  cidr_blocks = ["0.0.0.0/0"]
                  description = "Ingress tcp 443 of web"
                }

                egress = [
                  {
                    from_port   = 0
                    to_port     = 0
                    protocol    = "-1"
                    description = "Egress all traffic of web"
                  },
                ]
              }

              resource "aws_vpc_security_group_ingress_rule" "ping" {
                ip_protocol = "icmp"
                from_port   = 8
                to_port     = 0
                description = "Ingress of ping"
              }
              """),
          new Example(
              "a rule that is added to the default group goes",
              "ec2-default-security-group-closed",
              """
              resource "aws_default_security_group" "default" {
                vpc_id = aws_vpc.main.id
              }

              resource "aws_vpc_security_group_ingress_rule" "web" {
                security_group_id = aws_default_security_group.default.id
                ip_protocol       = "-1"
                cidr_ipv4         = "10.0.0.0/8"
              }
              """,
              """
              resource "aws_default_security_group" "default" {
                vpc_id = aws_vpc.main.id
              }
              """),
          new Example(
              "the default group is closed in both directions",
              "ec2-default-security-group-closed",
              """
              resource "aws_default_security_group" "default" {
                vpc_id = aws_vpc.main.id

                ingress {
                  protocol  = "-1"
                  self      = true
                  from_port = 0
                  to_port   = 0
                }

                ingress {
                  protocol    = "tcp"
                  from_port   = 22
                  to_port     = 22
                  cidr_blocks = ["10.0.0.0/8"]
                }

                egress {
                  from_port   = 0
                  to_port     = 0
                  protocol    = "-1"
                  cidr_blocks = ["0.0.0.0/0"]
                }
              }
              """,
              """
              resource "aws_default_security_group" "default" {
                vpc_id = aws_vpc.main.id

                ingress = []

                egress = []
              }
              """));

  private GroupExamples() {}
}

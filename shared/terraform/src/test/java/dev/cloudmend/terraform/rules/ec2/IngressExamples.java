package dev.cloudmend.terraform.rules.ec2;

import java.util.List;

/** Rules of security groups that let the world in. */
final class IngressExamples {

  private static final String SSH = "ec2-security-group-ssh-world";

  static final List<Example> ALL =
      List.of(
          new Example(
              "one range of several goes and the others stay",
              SSH,
              """
              resource "aws_security_group" "web" {
                ingress {
                  from_port        = 22
                  to_port          = 22
                  protocol         = "tcp"
                  cidr_blocks      = ["10.0.0.0/8", "0.0.0.0/0", var.office]
                  ipv6_cidr_blocks = ["::/0"]
                }

                ingress {
                  from_port   = 443
                  to_port     = 443
                  protocol    = "tcp"
                  cidr_blocks = ["0.0.0.0/0"]
                }
              }
              """,
              """
              resource "aws_security_group" "web" {
                ingress {
                  from_port   = 22
                  to_port     = 22
                  protocol    = "tcp"
                  cidr_blocks = ["10.0.0.0/8", var.office]
                }

                ingress {
                  from_port   = 443
                  to_port     = 443
                  protocol    = "tcp"
                  cidr_blocks = ["0.0.0.0/0"]
                }
              }
              """),
          new Example(
              "a rule that names nobody else goes as a whole",
              SSH,
              """
              resource "aws_security_group" "web" {
                # from anywhere
                ingress {
                  from_port   = 20
                  to_port     = 30
                  protocol    = "6"
                  cidr_blocks = ["1.2.3.4/00"]
                  self        = false
                }

                ingress {
                  from_port       = 22
                  to_port         = 22
                  protocol        = "tcp"
                  security_groups = [aws_security_group.bastion.id]
                }
              }
              """,
              """
              resource "aws_security_group" "web" {
                ingress {
                  from_port       = 22
                  to_port         = 22
                  protocol        = "tcp"
                  security_groups = [aws_security_group.bastion.id]
                }
              }
              """),
          new Example(
              "the last rule gives way to an empty list, or Terraform would leave it",
              SSH,
              """
              resource "aws_security_group" "web" {
                name = "web"

                ingress {
                  from_port   = 22
                  to_port     = 22
                  protocol    = "tcp"
                  cidr_blocks = ["0.0.0.0/0"]
                }

                ingress {
                  from_port        = 22
                  to_port          = 22
                  protocol         = "tcp"
                  ipv6_cidr_blocks = ["::/0"]
                }
              }
              """,
              """
              resource "aws_security_group" "web" {
                name = "web"

                ingress = []
              }
              """),
          new Example(
              "ranges on lines of their own go without the comments of others",
              SSH,
              """
              resource "aws_security_group_rule" "ssh" {
                type      = "ingress"
                from_port = 22
                to_port   = 22
                protocol  = "tcp"
                cidr_blocks = [
                  "10.0.0.0/8", # office
                  "0.0.0.0/0",  # everybody
                  "0.0.0.0/0",
                ]
              }
              """,
              """
              resource "aws_security_group_rule" "ssh" {
                type      = "ingress"
                from_port = 22
                to_port   = 22
                protocol  = "tcp"
                cidr_blocks = [
                  "10.0.0.0/8", # office
                ]
              }
              """),
          new Example(
              "neighbours in one line",
              SSH,
              """
              resource "aws_security_group_rule" "ssh" {
                type        = "ingress"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0", "1.0.0.0/0", "10.0.0.0/8"]
              }
              """,
              """
              resource "aws_security_group_rule" "ssh" {
                type        = "ingress"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8"]
              }
              """),
          new Example(
              "a list that is put together",
              SSH,
              """
              resource "aws_security_group_rule" "ssh" {
                type        = "ingress"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = concat(["0.0.0.0/0", "10.0.0.0/8"], var.more)
              }
              """,
              """
              resource "aws_security_group_rule" "ssh" {
                type        = "ingress"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = concat(["10.0.0.0/8"], var.more)
              }
              """),
          new Example(
              "a rule in a list of objects",
              "ec2-security-group-rdp-world",
              """
              resource "aws_security_group" "web" {
                ingress = [
                  {
                    from_port        = 3389
                    to_port          = 3389
                    protocol         = "tcp"
                    cidr_blocks      = ["0.0.0.0/0"]
                    ipv6_cidr_blocks = []
                    prefix_list_ids  = []
                    security_groups  = []
                    self             = false
                    description      = ""
                  },
                  {
                    from_port        = 3389
                    to_port          = 3389
                    protocol         = "tcp"
                    cidr_blocks      = ["10.0.0.0/8", "0.0.0.0/0"]
                    ipv6_cidr_blocks = ["0:0:0:0:0:0:0:0/0"]
                    prefix_list_ids  = []
                    security_groups  = []
                    self             = false
                    description      = ""
                  },
                ]
              }
              """,
              """
              resource "aws_security_group" "web" {
                ingress = [
                  {
                    from_port        = 3389
                    to_port          = 3389
                    protocol         = "tcp"
                    cidr_blocks      = ["10.0.0.0/8"]
                    ipv6_cidr_blocks = []
                    prefix_list_ids  = []
                    security_groups  = []
                    self             = false
                    description      = ""
                  },
                ]
              }
              """),
          new Example(
              "a list that a variable is given by default",
              SSH,
              """
              variable "ranges" {
                default = ["10.0.0.0/8", "0.0.0.0/0"]
              }

              resource "aws_security_group_rule" "ssh" {
                type        = "ingress"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = var.ranges
              }
              """,
              """
              variable "ranges" {
                default = ["10.0.0.0/8"]
              }

              resource "aws_security_group_rule" "ssh" {
                type        = "ingress"
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = var.ranges
              }
              """),
          new Example(
              "a rule that is a resource",
              "ec2-security-group-high-risk-ports",
              """
              resource "aws_vpc_security_group_ingress_rule" "db" {
                security_group_id = aws_security_group.db.id
                ip_protocol       = "tcp"
                from_port         = 5432
                to_port           = 5432
                cidr_ipv4         = "0.0.0.0/0"
              }

              resource "aws_vpc_security_group_ingress_rule" "web" {
                security_group_id = aws_security_group.db.id
                ip_protocol       = "tcp"
                from_port         = 443
                to_port           = 443
                cidr_ipv6         = "::/0"
              }
              """,
              """
              resource "aws_vpc_security_group_ingress_rule" "web" {
                security_group_id = aws_security_group.db.id
                ip_protocol       = "tcp"
                from_port         = 443
                to_port           = 443
                cidr_ipv6         = "::/0"
              }
              """));

  private IngressExamples() {}
}

package dev.cloudmend.terraform.rules.ec2;

import java.util.List;

/** VPCs, subnets, network ACLs and transit gateways. */
final class NetworkExamples {

  static final List<Example> ALL =
      List.of(
          new Example(
              "a default group beside each VPC",
              "ec2-vpc-default-security-group",
              """
              resource "aws_vpc" "main" {
                count      = 2
                cidr_block = "10.0.0.0/16"
              }
              """,
              """
              resource "aws_vpc" "main" {
                count      = 2
                cidr_block = "10.0.0.0/16"
              }

              resource "aws_default_security_group" "main" {
                count = length(aws_vpc.main)

                vpc_id = aws_vpc.main[count.index].id
              }
              """),
          new Example(
              "a flow log for each VPC to a log group of its own",
              "ec2-vpc-flow-logs",
              """
              resource "aws_vpc" "main" {
                for_each   = var.networks
                cidr_block = each.value
              }
              """,
              """
              resource "aws_vpc" "main" {
                for_each   = var.networks
                cidr_block = each.value
              }

              resource "aws_flow_log" "main" {
                for_each = aws_vpc.main

                vpc_id          = each.value.id
                traffic_type    = "ALL"
                log_destination = aws_cloudwatch_log_group.main[each.key].arn
                iam_role_arn    = aws_iam_role.main[each.key].arn
              }

              resource "aws_cloudwatch_log_group" "main" {
                for_each = aws_vpc.main

                name              = "/aws/vpc/flow-logs/${each.value.id}"
                retention_in_days = 365
              }

              resource "aws_iam_role" "main" {
                for_each = aws_vpc.main

                name = "vpc-flow-logs-${each.value.id}"

                assume_role_policy = jsonencode({
                  Version = "2012-10-17"
                  Statement = [
                    {
                      Effect    = "Allow"
                      Action    = "sts:AssumeRole"
                      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
                      Condition = { StringEquals = { "aws:SourceAccount" = each.value.owner_id } }
                    },
                  ]
                })
              }

              resource "aws_iam_role_policy" "main" {
                for_each = aws_vpc.main

                name = "write-flow-logs"
                role = aws_iam_role.main[each.key].id

                policy = jsonencode({
                  Version = "2012-10-17"
                  Statement = [
                    {
                      Effect = "Allow"
                      Action = [
                        "logs:CreateLogStream",
                        "logs:DescribeLogGroups",
                        "logs:DescribeLogStreams",
                        "logs:PutLogEvents",
                      ]
                      Resource = "${aws_cloudwatch_log_group.main[each.key].arn}:*"
                    },
                  ]
                })
              }
              """),
          new Example(
              "an entry for nothing else denies under its number",
              "ec2-nacl-ssh-world",
              """
              resource "aws_network_acl_rule" "ssh" {
                network_acl_id = aws_network_acl.main.id
                rule_number    = 200
                protocol       = "tcp"
                rule_action    = "allow"
                cidr_block     = "0.0.0.0/0"
                from_port      = 22
                to_port        = 22
              }
              """,
              """
              resource "aws_network_acl_rule" "ssh" {
                network_acl_id = aws_network_acl.main.id
                rule_number    = 200
                protocol       = "tcp"
                rule_action    = "deny"
                cidr_block     = "0.0.0.0/0"
                from_port      = 22
                to_port        = 22
              }
              """),
          new Example(
              "a deny comes before an inline entry that lets more in",
              "ec2-nacl-rdp-world",
              """
              resource "aws_network_acl" "main" {
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
              """
              resource "aws_network_acl" "main" {
                ingress {
                  rule_no    = 100
                  action     = "allow"
                  protocol   = "-1"
                  cidr_block = "0.0.0.0/0"
                  from_port  = 0
                  to_port    = 0
                }

                ingress {
                  rule_no    = 99
                  action     = "deny"
                  protocol   = "tcp"
                  from_port  = 3389
                  to_port    = 3389
                  cidr_block = "0.0.0.0/0"
                }
              }
              """),
          new Example(
              "a deny comes before an entry of its own that lets more in",
              "ec2-nacl-ssh-world",
              """
              resource "aws_network_acl_rule" "all" {
                network_acl_id  = aws_network_acl.main.id
                rule_number     = 100
                protocol        = "all"
                rule_action     = "allow"
                ipv6_cidr_block = "::/0"
              }
              """,
              """
              resource "aws_network_acl_rule" "all" {
                network_acl_id  = aws_network_acl.main.id
                rule_number     = 100
                protocol        = "all"
                rule_action     = "allow"
                ipv6_cidr_block = "::/0"
              }

              resource "aws_network_acl_rule" "all_2" {
                network_acl_id  = aws_network_acl.main.id
                rule_number     = 99
                rule_action     = "deny"
                protocol        = "tcp"
                from_port       = 22
                to_port         = 22
                ipv6_cidr_block = "::/0"
              }
              """),
          new Example(
              "an entry in a list of objects",
              "ec2-nacl-ssh-world",
              """
              resource "aws_network_acl" "main" {
                ingress = [
                  {
                    rule_no         = 100
                    action          = "allow"
                    protocol        = "tcp"
                    from_port       = 0
                    to_port         = 1024
                    cidr_block      = "0.0.0.0/0"
                    ipv6_cidr_block = null
                    icmp_code       = null
                    icmp_type       = null
                  },
                ]
              }
              """,
              """
              resource "aws_network_acl" "main" {
                ingress = [
                  {
                    rule_no         = 100
                    action          = "allow"
                    protocol        = "tcp"
                    from_port       = 0
                    to_port         = 1024
                    cidr_block      = "0.0.0.0/0"
                    ipv6_cidr_block = null
                    icmp_code       = null
                    icmp_type       = null
                  },
                  {
                    rule_no         = 99
                    action          = "deny"
                    protocol        = "tcp"
                    from_port       = 22
                    to_port         = 22
                    cidr_block      = "0.0.0.0/0"
                    ipv6_cidr_block = null
                    icmp_code       = null
                    icmp_type       = null
                  },
                ]
              }
              """),
          new Example(
              "an entry for all ports",
              "ec2-nacl-all-ports-world",
              """
              resource "aws_network_acl_rule" "all" {
                protocol    = "all"
                rule_action = "allow"
                cidr_block  = "0.0.0.0/0"
              }
              """,
              """
              resource "aws_network_acl_rule" "all" {
                protocol    = "all"
                rule_action = "deny"
                cidr_block  = "0.0.0.0/0"
              }
              """),
          new Example(
              "a subnet that gives public addresses, by a variable",
              "ec2-subnet-no-auto-public-ip",
              """
              variable "public" {
                default = true
              }

              resource "aws_subnet" "a" {
                map_public_ip_on_launch = var.public
              }
              """,
              """
              variable "public" {
                default = false
              }

              resource "aws_subnet" "a" {
                map_public_ip_on_launch = var.public
              }
              """),
          new Example(
              "a transit gateway that takes whoever comes",
              "ec2-transit-gateway-no-auto-accept",
              """
              resource "aws_ec2_transit_gateway" "main" {
                auto_accept_shared_attachments = "enable"
              }
              """,
              """
              resource "aws_ec2_transit_gateway" "main" {
                auto_accept_shared_attachments = "disable"
              }
              """));

  private NetworkExamples() {}
}

package dev.cloudmend.terraform.rules.ec2;

import java.util.List;

/** Rules of security groups that are made by {@code for_each}. */
final class RoundExamples {

  private static final String SSH = "ec2-security-group-ssh-world";

  static final List<Example> ALL =
      List.of(
          new Example(
              "a round of a dynamic block",
              SSH,
              """
              locals {
                rules = [
                  { port = 22, ranges = ["0.0.0.0/0"] },
                  { port = 22, ranges = ["10.0.0.0/8", "0.0.0.0/0"] },
                  { port = 443, ranges = ["0.0.0.0/0"] },
                ]
              }

              resource "aws_security_group" "web" {
                dynamic "ingress" {
                  for_each = local.rules
                  iterator = rule
                  content {
                    from_port   = rule.value.port
                    to_port     = rule.value["port"]
                    protocol    = "tcp"
                    cidr_blocks = rule.value.ranges
                  }
                }
              }
              """,
              """
              locals {
                rules = [
                  { port = 22, ranges = ["10.0.0.0/8"] },
                  { port = 443, ranges = ["0.0.0.0/0"] },
                ]
              }

              resource "aws_security_group" "web" {
                dynamic "ingress" {
                  for_each = local.rules
                  iterator = rule
                  content {
                    from_port   = rule.value.port
                    to_port     = rule.value["port"]
                    protocol    = "tcp"
                    cidr_blocks = rule.value.ranges
                  }
                }
              }
              """),
          new Example(
              "a port among those of a dynamic block",
              SSH,
              """
              resource "aws_security_group" "web" {
                dynamic "ingress" {
                  for_each = toset([22, 443])
                  content {
                    from_port   = ingress.value
                    to_port     = ingress.value
                    protocol    = "tcp"
                    cidr_blocks = ["0.0.0.0/0"]
                  }
                }
              }
              """,
              """
              resource "aws_security_group" "web" {
                dynamic "ingress" {
                  for_each = toset([443])
                  content {
                    from_port   = ingress.value
                    to_port     = ingress.value
                    protocol    = "tcp"
                    cidr_blocks = ["0.0.0.0/0"]
                  }
                }
              }
              """),
          new Example(
              "a round of a rule's for_each",
              "ec2-security-group-all-ports-world",
              """
              resource "aws_security_group_rule" "in" {
                for_each = {
                  all = { protocol = "-1", to = 0 }
                  udp = { protocol = "udp", to = 53 }
                }

                type             = "ingress"
                protocol         = each.value.protocol
                from_port        = 0
                to_port          = each.value.to
                ipv6_cidr_blocks = ["::/0"]
              }
              """,
              """
              resource "aws_security_group_rule" "in" {
                for_each = {
                  udp = { protocol = "udp", to = 53 }
                }

                type             = "ingress"
                protocol         = each.value.protocol
                from_port        = 0
                to_port          = each.value.to
                ipv6_cidr_blocks = ["::/0"]
              }
              """));

  private RoundExamples() {}
}

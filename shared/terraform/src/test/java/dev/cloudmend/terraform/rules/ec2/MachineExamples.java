package dev.cloudmend.terraform.rules.ec2;

import java.util.List;

/** Instances, launch templates and launch configurations. */
final class MachineExamples {

  static final List<Example> ALL =
      List.of(
          new Example(
              "an instance without options gets the one that is asked for",
              "ec2-instance-imdsv2",
              """
              resource "aws_instance" "web" {
                ami = "ami-1"
              }
              """,
              """
              resource "aws_instance" "web" {
                ami = "ami-1"

                metadata_options {
                  http_tokens = "required"
                }
              }
              """),
          new Example(
              "neither the endpoint nor the hop limit of a template changes",
              "ec2-launch-template-imdsv2",
              """
              resource "aws_launch_template" "web" {
                metadata_options {
                  http_endpoint               = "enabled"
                  http_put_response_hop_limit = 2
                }
              }
              """,
              """
              resource "aws_launch_template" "web" {
                metadata_options {
                  http_endpoint               = "enabled"
                  http_put_response_hop_limit = 2
                  http_tokens                 = "required"
                }
              }
              """),
          new Example(
              "a dynamic block's content, too",
              "ec2-launch-configuration-imdsv2",
              """
              resource "aws_launch_configuration" "web" {
                dynamic "metadata_options" {
                  for_each = [1]
                  content {
                    http_tokens = "optional"
                  }
                }
              }
              """,
              """
              resource "aws_launch_configuration" "web" {
                dynamic "metadata_options" {
                  for_each = [1]
                  content {
                    http_tokens = "required"
                  }
                }
              }
              """),
          new Example(
              "an instance's public address",
              "ec2-instance-public-ip",
              """
              resource "aws_instance" "web" {
                associate_public_ip_address = true
              }
              """,
              """
              resource "aws_instance" "web" {
                associate_public_ip_address = false
              }
              """),
          new Example(
              "a launch configuration's public address",
              "ec2-launch-configuration-public-ip",
              """
              resource "aws_launch_configuration" "web" {
                associate_public_ip_address = true
              }
              """,
              """
              resource "aws_launch_configuration" "web" {
                associate_public_ip_address = false
              }
              """),
          new Example(
              "a launch template's public address",
              "ec2-launch-template-no-public-ip",
              """
              resource "aws_launch_template" "web" {
                network_interfaces {
                  associate_public_ip_address = "true"
                }
              }
              """,
              """
              resource "aws_launch_template" "web" {
                network_interfaces {
                  associate_public_ip_address = false
                }
              }
              """),
          new Example(
              "an instance that is measured every five minutes",
              "ec2-instance-detailed-monitoring",
              """
              resource "aws_instance" "web" {
                ami = "ami-1"
              }
              """,
              """
              resource "aws_instance" "web" {
                ami = "ami-1"

                monitoring = true
              }
              """),
          new Example(
              "an instance of a type that can be optimised",
              "ec2-instance-ebs-optimized",
              """
              resource "aws_instance" "web" {
                instance_type = "m5.large"
                ebs_optimized = false
              }
              """,
              """
              resource "aws_instance" "web" {
                instance_type = "m5.large"
                ebs_optimized = true
              }
              """));

  private MachineExamples() {}
}

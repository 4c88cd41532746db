package dev.cloudmend.terraform.rules.ec2;

import java.util.List;

/** Volumes and the disks of machines. */
final class DiskExamples {

  static final List<Example> ALL =
      List.of(
          new Example(
              "a volume",
              "ec2-ebs-volume-encryption",
              """
              resource "aws_ebs_volume" "data" {
                size      = 40
                encrypted = false # for now
              }
              """,
              """
              resource "aws_ebs_volume" "data" {
                size      = 40
                encrypted = true # for now
              }
              """),
          new Example(
              "a volume's key needs encryption",
              "ec2-ebs-volume-kms-key",
              """
              resource "aws_ebs_volume" "data" {
                size = 40
              }
              """,
              """
              resource "aws_ebs_volume" "data" {
                size = 40

                encrypted  = true
                kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a"
              }
              """),
          new Example(
              "an instance's root disk of which nothing is said",
              "ec2-instance-root-device-encryption",
              """
              resource "aws_instance" "web" {
                ami = "ami-1"
              }
              """,
              """
              resource "aws_instance" "web" {
                ami = "ami-1"

                root_block_device {
                  encrypted = true
                }
              }
              """),
          new Example(
              "each of an instance's disks that is not encrypted",
              "ec2-instance-device-encryption",
              """
              resource "aws_instance" "web" {
                ebs_block_device {
                  device_name = "sdb"
                }

                ebs_block_device {
                  device_name = "sdc"
                  snapshot_id = "snap-1"
                }

                ebs_block_device {
                  device_name = "sdd"
                  encrypted   = "false"
                }
              }
              """,
              """
              resource "aws_instance" "web" {
                ebs_block_device {
                  device_name = "sdb"
                  encrypted   = true
                }

                ebs_block_device {
                  device_name = "sdc"
                  snapshot_id = "snap-1"
                }

                ebs_block_device {
                  device_name = "sdd"
                  encrypted   = true
                }
              }
              """),
          new Example(
              "a launch configuration's root disk",
              "ec2-launch-configuration-root-device-encryption",
              """
              resource "aws_launch_configuration" "web" {
                root_block_device {
                  encrypted = false
                }
              }
              """,
              """
              resource "aws_launch_configuration" "web" {
                root_block_device {
                  encrypted = true
                }
              }
              """),
          new Example(
              "a launch configuration's other disks",
              "ec2-launch-configuration-device-encryption",
              """
              resource "aws_launch_configuration" "web" {
                ebs_block_device {
                  device_name = "sdb"
                }
              }
              """,
              """
              resource "aws_launch_configuration" "web" {
                ebs_block_device {
                  device_name = "sdb"
                  encrypted   = true
                }
              }
              """),
          new Example(
              "a launch template's disks",
              "ec2-launch-template-device-encryption",
              """
              resource "aws_launch_template" "web" {
                block_device_mappings {
                  device_name = "sdb"

                  ebs {
                    volume_size = 20
                  }
                }

                block_device_mappings {
                  device_name  = "sdc"
                  virtual_name = "ephemeral0"
                }
              }
              """,
              """
              resource "aws_launch_template" "web" {
                block_device_mappings {
                  device_name = "sdb"

                  ebs {
                    volume_size = 20
                    encrypted   = true
                  }
                }

                block_device_mappings {
                  device_name  = "sdc"
                  virtual_name = "ephemeral0"
                }
              }
              """),
          new Example(
              "the account's switch",
              "ec2-ebs-default-encryption",
              """
              resource "aws_ebs_encryption_by_default" "all" {
                enabled = false
              }
              """,
              """
              resource "aws_ebs_encryption_by_default" "all" {
                enabled = true
              }
              """));

  private DiskExamples() {}
}

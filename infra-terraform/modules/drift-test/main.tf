# Something harmless to break: a bucket without objects, a security group without rules, and, in a given subnet, an
# instance that nothing reaches.

variable "prefix" {
  description = "Begins each name."
  type        = string
}

variable "bucket" {
  description = "The bucket's name."
  type        = string
}

variable "subnet_id" {
  description = "The subnet of the security group and the instance; null = a bucket alone."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of all of it."
  type        = map(string)
  default     = {}
}

locals {
  tags    = merge(var.tags, { Purpose = "drift-test" })
  subnets = var.subnet_id == null ? {} : { this = var.subnet_id }
}

resource "aws_s3_bucket" "this" {
  bucket        = var.bucket
  force_destroy = true
  tags          = local.tags
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

data "aws_subnet" "this" {
  for_each = local.subnets

  id = each.value
}

data "aws_ssm_parameter" "image" {
  for_each = local.subnets

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
}

resource "aws_security_group" "this" {
  for_each = local.subnets

  name        = "${var.prefix}-drift-test"
  description = "To be opened by hand, and closed by Cloudmend"
  vpc_id      = data.aws_subnet.this[each.key].vpc_id
  tags        = merge(local.tags, { Name = "${var.prefix}-drift-test" })

  # The rules are what is played with.
  lifecycle {
    ignore_changes = [ingress, egress]
  }
}

resource "aws_instance" "this" {
  for_each = local.subnets

  ami                         = data.aws_ssm_parameter.image[each.key].insecure_value
  instance_type               = "t4g.nano"
  subnet_id                   = each.value
  vpc_security_group_ids      = [aws_security_group.this[each.key].id]
  associate_public_ip_address = false
  tags                        = merge(local.tags, { Name = "${var.prefix}-drift-test" })

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }

  # A newer image is no reason to make it anew.
  lifecycle {
    ignore_changes = [ami]
  }
}

output "bucket" {
  description = "The bucket to break."
  value       = aws_s3_bucket.this.bucket
}

output "security_group_id" {
  description = "The security group to open; null = none."
  value       = try(aws_security_group.this["this"].id, null)
}

output "instance_id" {
  description = "The instance behind it; null = none."
  value       = try(aws_instance.this["this"].id, null)
}

# What another account gives: a role to read with, and in a live run one to write with.

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  playbooks = jsondecode(file("${path.module}/../../iam-actions.json")).playbooks
  lookups   = jsondecode(file("${path.module}/../../iam-actions.json")).lookups

  live = var.dry_run ? [] : sort(tolist(var.live_playbooks))

  roles = merge(
    {
      read = {
        trusted    = [var.assessor_role_arn, var.remediator_role_arn]
        statements = concat(module.reads.statements, module.lookups.statements)
      }
    },
    length(local.live) == 0 ? {} : {
      write = {
        trusted    = [var.remediator_role_arn]
        statements = concat(module.reads.statements, module.writes.statements)
      }
    },
  )
}

module "reads" {
  source = "../rights"

  purpose   = "Read"
  actions   = flatten([for playbook in values(local.playbooks) : playbook.reads])
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
}

# What tells the meaning of findings, for the assessor.
module "lookups" {
  source = "../rights"

  purpose   = "LookUp"
  actions   = local.lookups
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
}

module "writes" {
  source = "../rights"

  purpose   = "Write"
  actions   = flatten([for id in local.live : local.playbooks[id].writes])
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
}

resource "aws_iam_role" "this" {
  for_each = local.roles

  name                 = "${var.prefix}-member-${each.key}"
  description          = "Cloudmend of another account may ${each.key}"
  permissions_boundary = var.permissions_boundary_arn
  tags                 = merge({ Application = "cloudmend", Deployment = var.prefix }, var.tags)

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = each.value.trusted }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "sts:ExternalId" = compact([var.external_id, var.previous_external_id]) } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.roles

  name   = "rights"
  role   = aws_iam_role.this[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

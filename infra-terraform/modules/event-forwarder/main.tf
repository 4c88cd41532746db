# Sends matching events of one account and region to the central bus.

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.id
  name      = "${var.prefix}-forward"
  tags      = merge({ Application = "cloudmend", Deployment = var.prefix }, var.tags)
  folder    = "${path.module}/../../event-patterns"

  parsed = {
    for file in fileset(local.folder, "*.json") :
    trimsuffix(file, ".json") => jsondecode(file("${local.folder}/${file}"))
    if var.config_items || file != "config-items.json"
  }

  # The fields that hold a call's role are missing for users, and `anything-but` never meets a missing field.
  not_own = {
    for key in length(var.own_role_arns) == 0 ? [] : ["$or"] : key => [
      { userIdentity = { sessionContext = { sessionIssuer = { arn = [{ "anything-but" = var.own_role_arns }] } } } },
      { userIdentity = { sessionContext = { sessionIssuer = { arn = [{ exists = false }] } } } },
    ]
  }

  # AWS's own events alone come to a default bus by themselves; others are sent to the central bus in the first place.
  # One hop: an event that came from another account or region still names it, and is not sent on.
  patterns = {
    for source, pattern in local.parsed : source => jsonencode(merge(
      pattern,
      { account = [local.account], region = [local.region] },
      {
        for key, value in pattern : key => merge(value, local.not_own)
        if key == "detail" && contains(pattern["detail-type"], "AWS API Call via CloudTrail")
      },
    )) if alltrue([for name in pattern.source : startswith(name, "aws.")])
  }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.patterns

  name          = "${local.name}-${each.key}"
  description   = "${each.key} events go to Cloudmend's central bus"
  event_pattern = each.value
  tags          = local.tags
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.patterns

  rule      = aws_cloudwatch_event_rule.this[each.key].name
  target_id = "central-bus"
  arn       = var.central_bus_arn
  role_arn  = aws_iam_role.this.arn

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_iam_role" "this" {
  # Roles are global, rules are not.
  name        = "${local.name}-${local.region}"
  description = "Cloudmend: sends events to the central bus"
  tags        = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "rights"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "SendToCentralBus"
      Effect   = "Allow"
      Action   = ["events:PutEvents"]
      Resource = [var.central_bus_arn]
    }]
  })
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${local.name}-dead-letters"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = local.tags
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RulesKeepWhatTheyCannotDeliver"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.name}-dead-letters"
      Condition = {
        ArnLike = {
          "aws:SourceArn" = "arn:${local.partition}:events:${local.region}:${local.account}:rule/${local.name}-*"
        }
      }
    }]
  })
}

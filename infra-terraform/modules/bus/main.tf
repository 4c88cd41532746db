# Events in: the bus, a rule for each source on it and on the default bus, and the queues for what goes wrong.

locals {
  parsed = { for source, pattern in var.patterns : source => jsondecode(pattern) }

  # The fields that hold a call's role are missing for users, and `anything-but` never meets a missing field.
  not_own = {
    "$or" = [
      { userIdentity = { sessionContext = { sessionIssuer = { arn = [{ "anything-but" = var.own_role_arns }] } } } },
      { userIdentity = { sessionContext = { sessionIssuer = { arn = [{ exists = false }] } } } },
    ]
  }

  patterns = {
    for source, pattern in local.parsed : source => jsonencode(merge(pattern, {
      for key, value in pattern : key => merge(value, local.not_own)
      if key == "detail" && contains(pattern["detail-type"], "AWS API Call via CloudTrail")
    }))
  }

  buses = { custom = aws_cloudwatch_event_bus.this.name, default = "default" }

  rules = merge([
    for bus in keys(local.buses) : {
      for source in keys(var.patterns) : "${bus}-${source}" => { bus = bus, source = source }
    }
  ]...)

  queues = {
    unprocessed  = "${var.prefix}-unprocessed"
    dead-letters = "${var.prefix}-dead-letters"
  }

  queue_arns = {
    for key, name in local.queues : key => "arn:${var.partition}:sqs:${var.region}:${var.account}:${name}"
  }
}

resource "aws_cloudwatch_event_bus" "this" {
  name = "${var.prefix}-compliance-events"
  tags = var.tags
}

resource "aws_cloudwatch_event_bus_policy" "organization" {
  count = var.organization_id == null ? 0 : 1

  event_bus_name = aws_cloudwatch_event_bus.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OrganizationMayPutEvents"
      Effect    = "Allow"
      Principal = "*"
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.this.arn
      Condition = { StringEquals = { "aws:PrincipalOrgID" = var.organization_id } }
    }]
  })
}

resource "aws_cloudwatch_event_archive" "this" {
  count = var.archive_days == 0 ? 0 : 1

  name             = "${var.prefix}-compliance-events"
  description      = "What came to the bus, for a replay"
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.archive_days
}

resource "aws_cloudwatch_event_rule" "source" {
  for_each = local.rules

  name           = "${var.prefix}-${each.value.source}"
  description    = "${each.value.source} events on the ${each.value.bus} bus start a remediation"
  event_bus_name = local.buses[each.value.bus]
  event_pattern  = local.patterns[each.value.source]
  tags           = var.tags
}

resource "aws_cloudwatch_event_target" "source" {
  for_each = local.rules

  rule           = aws_cloudwatch_event_rule.source[each.key].name
  event_bus_name = aws_cloudwatch_event_rule.source[each.key].event_bus_name
  target_id      = "remediation"
  arn            = var.state_machine_arn
  role_arn       = var.rules_role_arn

  input_transformer {
    input_paths    = { event = "$" }
    input_template = "{\"event\": <event>, \"run\": {}}"
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  dead_letter_config {
    arn = aws_sqs_queue.this["dead-letters"].arn
  }
}

resource "aws_cloudwatch_event_rule" "failed" {
  name        = "${var.prefix}-failed-executions"
  description = "Executions that ended without closing their incidents"
  tags        = var.tags

  event_pattern = jsonencode({
    source        = ["aws.states"]
    "detail-type" = ["Step Functions Execution Status Change"]
    detail = {
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
      stateMachineArn = var.watched_state_machine_arns
    }
  })
}

resource "aws_cloudwatch_event_rule" "sweep" {
  name                = "${var.prefix}-sweep"
  description         = "Looks every hour for what nobody closed"
  schedule_expression = "rate(1 hour)"
  tags                = var.tags
}

resource "aws_cloudwatch_event_rule" "pull_requests" {
  count = var.sweeps_pull_requests ? 1 : 0

  name                = "${var.prefix}-pull-requests"
  description         = "Reads every hour what became of the open pull requests"
  schedule_expression = "rate(1 hour)"
  tags                = var.tags
}

locals {
  closer_rules = {
    failed = aws_cloudwatch_event_rule.failed
    sweep  = aws_cloudwatch_event_rule.sweep
  }
}

resource "aws_cloudwatch_event_target" "closer" {
  for_each = local.closer_rules

  rule      = each.value.name
  target_id = "closer"
  arn       = var.closer_alias_arn
  input     = each.key == "sweep" ? jsonencode({ action = "sweep" }) : null

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 10
  }

  dead_letter_config {
    arn = aws_sqs_queue.this["dead-letters"].arn
  }
}

resource "aws_lambda_permission" "closer" {
  for_each = local.closer_rules

  statement_id  = each.value.name
  action        = "lambda:InvokeFunction"
  function_name = var.closer_name
  qualifier     = var.alias
  principal     = "events.amazonaws.com"
  source_arn    = each.value.arn
}

resource "aws_cloudwatch_event_target" "pull_requests" {
  count = var.sweeps_pull_requests ? 1 : 0

  rule      = aws_cloudwatch_event_rule.pull_requests[0].name
  target_id = "pr-opener"
  arn       = var.pr_opener_alias_arn
  input     = jsonencode({ action = "sweep" })

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 10
  }

  dead_letter_config {
    arn = aws_sqs_queue.this["dead-letters"].arn
  }
}

resource "aws_lambda_permission" "pull_requests" {
  count = var.sweeps_pull_requests ? 1 : 0

  statement_id  = aws_cloudwatch_event_rule.pull_requests[0].name
  action        = "lambda:InvokeFunction"
  function_name = var.pr_opener_name
  qualifier     = var.alias
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.pull_requests[0].arn
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                      = each.value
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

locals {
  queue_statements = {
    for key, arn in local.queue_arns : key => concat(
      var.require_tls ? [{
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        # A refusal: whatever the call is, without TLS it is not taken.
        Action    = "sqs:*"
        Resource  = arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }] : [],
      key == "dead-letters" ? [{
        Sid       = "RulesKeepWhatTheyCannotDeliver"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = arn
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${var.partition}:events:${var.region}:${var.account}:rule/${var.prefix}-*"
          }
        }
      }] : [],
    )
  }
}

resource "aws_sqs_queue_policy" "this" {
  for_each = { for key, statements in local.queue_statements : key => statements if length(statements) > 0 }

  queue_url = aws_sqs_queue.this[each.key].url
  policy    = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

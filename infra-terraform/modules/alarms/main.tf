# What a person has to know of, and one page to look at.

locals {
  topic_arn = var.topic_arn == null ? aws_sns_topic.this[0].arn : var.topic_arn

  execution_ends = ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"]

  # Each alarm: what it counts in five minutes, added up; it goes off above zero.
  counted = merge(
    {
      failed-executions = {
        description = "An execution failed, timed out or was aborted. The closer ends its incidents."
        statistic   = "Sum"
        metrics = [
          for pair in setproduct(values(var.state_machine_arns), local.execution_ends) : {
            namespace = "AWS/States", name = pair[1], dimensions = { StateMachineArn = pair[0] }
          }
        ]
      }
      throttles = {
        description = "Functions are throttled. Executions wait, and may fail."
        statistic   = "Sum"
        metrics = [
          for name in values(var.functions) : {
            namespace = "AWS/Lambda", name = "Throttles", dimensions = { FunctionName = name }
          }
        ]
      }
      roll-backs = {
        description = "A fix stopped half-way and was taken back."
        statistic   = "Sum"
        metrics     = [{ namespace = "Cloudmend", name = "IncidentsClosed", dimensions = { Deployment = var.prefix, outcome = "ROLLED_BACK" } }]
      }
    },
    {
      for queue, name in var.queues : queue => {
        description = (
          queue == "unprocessed"
          ? "Events or incidents could not be read or recorded. They lie in the queue, with the reason."
          : "EventBridge could not deliver events. They lie in the queue."
        )
        statistic = "Maximum"
        metrics = [{
          namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = name }
        }]
      }
    },
    {
      for alarm, about in {
        diagnosis-fallback = {
          description = "Claude did not answer, or not usably. The playbook's own diagnosis was used."
          statistic   = "Sum"
          metrics     = [{ namespace = "Cloudmend", name = "DiagnosisFallback", dimensions = { Deployment = var.prefix, origin = "PLAYBOOK" } }]
        }
        bedrock-errors = {
          description = "Bedrock refuses or fails."
          statistic   = "Sum"
          metrics = [
            for name in ["InvocationClientErrors", "InvocationServerErrors", "InvocationThrottles"] : {
              namespace = "AWS/Bedrock", name = name, dimensions = { ModelId = coalesce(var.bedrock_model, "none") }
            }
          ]
        }
      } : alarm => about if var.asks_claude.diagnoser || alarm == "bedrock-errors" && var.asks_claude.pr-opener
    },
    {
      for alarm, about in {
        pull-requests = {
          description = "Open pull requests were not all read back. pr-opener's log says which, and why."
          statistic   = "Sum"
          # Only the hourly sweep is an asynchronous event; what fails in an execution is tried again and recorded there.
          metrics = [{ namespace = "AWS/Lambda", name = "AsyncEventsDropped", dimensions = { FunctionName = var.functions["pr-opener"] } }]
        }
      } : alarm => about if var.sweeps_pull_requests
    },
  )
}

resource "aws_sns_topic" "this" {
  count = var.topic_arn == null ? 1 : 0

  name              = "${var.prefix}-alarms"
  kms_master_key_id = var.kms_key_arn
  tags              = var.tags
}

resource "aws_sns_topic_subscription" "email" {
  count = var.topic_arn == null && var.email != null ? 1 : 0

  topic_arn = aws_sns_topic.this[0].arn
  protocol  = "email"
  endpoint  = var.email
}

resource "aws_cloudwatch_metric_alarm" "counted" {
  for_each = local.counted

  alarm_name          = "${var.prefix}-${each.key}"
  alarm_description   = each.value.description
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.topic_arn]
  ok_actions          = [local.topic_arn]
  tags                = var.tags

  metric_query {
    id          = "total"
    label       = each.key
    expression  = join(" + ", [for i in range(length(each.value.metrics)) : "FILL(m${i}, 0)"])
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { for i, metric in each.value.metrics : "m${i}" => metric }
    content {
      id = metric_query.key

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        period      = 300
        stat        = each.value.statistic
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "silence" {
  count = var.hours_without_event == 0 ? 0 : 1

  alarm_name          = "${var.prefix}-no-event"
  alarm_description   = "No event started a remediation for ${var.hours_without_event} h. Is the trail on, and do the rules match?"
  namespace           = "AWS/States"
  metric_name         = "ExecutionsStarted"
  dimensions          = { StateMachineArn = var.state_machine_arns.remediation }
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = var.hours_without_event
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [local.topic_arn]
  ok_actions          = [local.topic_arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "stopped" {
  alarm_name          = "${var.prefix}-stopped"
  alarm_description   = "The stop switch is on: no live change is made."
  namespace           = "Cloudmend"
  metric_name         = "StopSwitch"
  dimensions          = { Deployment = var.prefix }
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  # Without data nobody knows, and the alarm says so.
  treat_missing_data = "missing"
  alarm_actions      = [local.topic_arn]
  ok_actions         = [local.topic_arn]
  tags               = var.tags
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.prefix
  dashboard_body = jsonencode({
    widgets = [
      for i, widget in local.widgets : {
        type       = "metric"
        x          = (i % 2) * 12
        y          = floor(i / 2) * 6
        width      = 12
        height     = 6
        properties = merge({ region = var.region, view = "timeSeries", stat = "Sum", period = 300 }, widget)
      }
    ]
  })
}

locals {
  outcomes = [
    "PLANNED", "REMEDIATED", "PULL_REQUEST_OPENED", "ALREADY_COMPLIANT", "AWAITING_APPROVAL", "BLOCKED", "FAILED", "ROLLED_BACK",
    "UNDONE", "IGNORED", "DUPLICATE",
  ]

  widgets = [
    {
      title   = "Incidents closed, by outcome"
      metrics = [for outcome in local.outcomes : ["Cloudmend", "IncidentsClosed", "Deployment", var.prefix, "outcome", outcome]]
    },
    {
      title = "Executions"
      metrics = [
        for metric in concat(["ExecutionsStarted", "ExecutionsSucceeded"], local.execution_ends) :
        ["AWS/States", metric, "StateMachineArn", var.state_machine_arns.remediation]
      ]
    },
    {
      title   = "Functions: errors"
      metrics = [for name in values(var.functions) : ["AWS/Lambda", "Errors", "FunctionName", name]]
    },
    {
      title   = "Functions: p95 milliseconds"
      stat    = "p95"
      metrics = [for name in values(var.functions) : ["AWS/Lambda", "Duration", "FunctionName", name]]
    },
    {
      title   = "Messages that wait for a person"
      stat    = "Maximum"
      metrics = [for name in values(var.queues) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name]]
    },
    {
      title = "Diagnoses"
      metrics = [
        ["Cloudmend", "DiagnosisFallback", "Deployment", var.prefix, "origin", "PLAYBOOK"],
        ["Cloudmend", "DiagnosisMillis", "Deployment", var.prefix, "origin", "CLAUDE", { stat = "p95" }],
        ["Cloudmend", "DiagnosisInputTokens", "Deployment", var.prefix, "origin", "CLAUDE"],
      ]
    },
  ]
}

# The functions, each with published versions, the alias `live` and a log group of its own.

variable "prefix" {
  description = "Begins each function's name."
  type        = string
}

variable "path" {
  description = "The folder with <name>/target/<name>.zip for each function."
  type        = string
}

variable "role_arns" {
  description = "Function -> the ARN of its role."
  type        = map(string)
}

variable "environment" {
  description = "Function -> its settings."
  type        = map(map(string))
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
}

variable "json_logs" {
  description = "Whether logs are told to be JSON."
  type        = bool
}

variable "tracing" {
  description = "Whether X-Ray traces the functions."
  type        = bool
}

variable "snap_start" {
  description = "Whether published versions start from a snapshot."
  type        = bool
}

variable "reserved_concurrency" {
  description = "Function -> reserved concurrent executions; a function that is not named shares the account's."
  type        = map(number)
}

variable "kms_key_arn" {
  description = "A KMS key for logs and settings; null = keys that AWS owns."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of each function and log group."
  type        = map(string)
  default     = {}
}

locals {
  functions = {
    intake       = { zip = "intake", handler = "dev.cloudmend.intake.IntakeHandler", memory = 512, timeout = 30 }
    assessor     = { zip = "assessor", handler = "dev.cloudmend.assessor.AssessorHandler", memory = 1024, timeout = 60 }
    diagnoser    = { zip = "diagnoser", handler = "dev.cloudmend.diagnoser.DiagnoserHandler", memory = 512, timeout = 60 }
    decider      = { zip = "decider", handler = "dev.cloudmend.decider.DeciderHandler", memory = 512, timeout = 30 }
    remediator   = { zip = "remediator", handler = "dev.cloudmend.remediator.RemediatorHandler", memory = 1024, timeout = 60 }
    audit-writer = { zip = "audit-writer", handler = "dev.cloudmend.auditwriter.AuditWriterHandler", memory = 512, timeout = 30 }
    closer       = { zip = "audit-writer", handler = "dev.cloudmend.auditwriter.CloserHandler", memory = 512, timeout = 60 }
    # A request a file: some hundred before it knows what to change.
    pr-opener = { zip = "pr-opener", handler = "dev.cloudmend.propener.PrOpenerHandler", memory = 1024, timeout = 120 }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.functions

  name              = "/aws/lambda/${var.prefix}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name = "${var.prefix}-${each.key}"
  role          = var.role_arns[each.key]
  runtime       = "java21"
  architectures = ["arm64"]
  handler       = each.value.handler
  memory_size   = each.value.memory
  timeout       = each.value.timeout
  filename      = "${var.path}/${each.value.zip}/target/${each.value.zip}.zip"
  # Before the first build there is no zip, and a plan is still possible.
  source_code_hash               = try(filebase64sha256("${var.path}/${each.value.zip}/target/${each.value.zip}.zip"), null)
  publish                        = true
  reserved_concurrent_executions = lookup(var.reserved_concurrency, each.key, -1)
  kms_key_arn                    = var.kms_key_arn

  environment {
    variables = var.environment[each.key]
  }

  dynamic "logging_config" {
    for_each = var.json_logs ? ["JSON"] : []
    content {
      log_format            = logging_config.value
      application_log_level = "INFO"
      system_log_level      = "INFO"
      log_group             = aws_cloudwatch_log_group.this[each.key].name
    }
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []
    content {
      apply_on = snap_start.value
    }
  }

  tags = var.tags
}

resource "aws_lambda_alias" "live" {
  for_each = local.functions

  name             = "live"
  description      = "What the state machines and rules call"
  function_name    = aws_lambda_function.this[each.key].function_name
  function_version = aws_lambda_function.this[each.key].version
}

output "names" {
  description = "Function -> its name in AWS."
  value       = { for key, function in aws_lambda_function.this : key => function.function_name }
}

output "alias_arns" {
  description = "Function -> the ARN of its alias."
  value       = { for key, alias in aws_lambda_alias.live : key => alias.arn }
}

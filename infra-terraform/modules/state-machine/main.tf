# One state machine, with its log group.

variable "name" {
  description = "The state machine's name."
  type        = string
}

variable "definition" {
  description = "The Amazon States Language document."
  type        = string
}

variable "role_arn" {
  description = "The role that it runs with."
  type        = string
}

variable "tracing" {
  description = "Whether X-Ray traces executions."
  type        = bool
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
}

variable "kms_key_arn" {
  description = "A KMS key for the logs; null = the key that CloudWatch owns."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the state machine and its log group."
  type        = map(string)
  default     = {}
}

resource "aws_cloudwatch_log_group" "this" {
  # The name keeps the delivery's resource policy within its size limit.
  name              = "/aws/vendedlogs/states/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_sfn_state_machine" "this" {
  name       = var.name
  type       = "STANDARD"
  role_arn   = var.role_arn
  definition = var.definition
  tags       = var.tags

  # Payloads hold what events say: they are in the store and the history, not in the logs as well.
  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.this.arn}:*"
  }

  tracing_configuration {
    enabled = var.tracing
  }
}

output "arn" {
  description = "The state machine's ARN."
  value       = aws_sfn_state_machine.this.arn
}

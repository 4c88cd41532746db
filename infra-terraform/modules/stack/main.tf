# Where a command line finds the parts of a deployment by its name.

variable "prefix" {
  description = "The deployment's name."
  type        = string
}

variable "parts" {
  description = "What is to be found, by name; no secrets."
  type        = any
}

variable "tags" {
  description = "Tags of the parameter."
  type        = map(string)
  default     = {}
}

resource "aws_ssm_parameter" "this" {
  name        = "/cloudmend/${var.prefix}/stack"
  description = "The parts of this deployment, for the command line's --stack ${var.prefix}"
  type        = "String"
  value       = jsonencode(var.parts)
  tags        = var.tags
}

output "name" {
  description = "The parameter's name."
  value       = aws_ssm_parameter.this.name
}

output "parts" {
  description = "What it says."
  value       = jsondecode(aws_ssm_parameter.this.value)
}

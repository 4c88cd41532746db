variable "prefix" {
  description = "Begins the name of the bus, the queues, the archive and the rules."
  type        = string
}

variable "partition" {
  description = "The partition of the account, such as aws."
  type        = string
}

variable "region" {
  description = "The region of the deployment."
  type        = string
}

variable "account" {
  description = "The account of the deployment."
  type        = string
}

variable "patterns" {
  description = "Source -> its event pattern; each gets a rule on the bus and one on the default bus."
  type        = map(string)
}

variable "own_role_arns" {
  description = "Roles whose API calls are Cloudmend's own and start nothing."
  type        = list(string)
}

variable "state_machine_arn" {
  description = "The state machine that matching events start."
  type        = string
}

variable "watched_state_machine_arns" {
  description = "The state machines whose failed executions go to the closer."
  type        = list(string)
}

variable "rules_role_arn" {
  description = "The role by which rules start the state machine."
  type        = string
}

variable "closer_name" {
  description = "The name of the function that closes failed executions."
  type        = string
}

variable "closer_alias_arn" {
  description = "The ARN of that function's alias."
  type        = string
}

variable "pr_opener_name" {
  description = "The name of the function that opens pull requests."
  type        = string
}

variable "pr_opener_alias_arn" {
  description = "The ARN of that function's alias."
  type        = string
}

variable "sweeps_pull_requests" {
  description = "Whether that function is told every hour to read back what is open."
  type        = bool
}

variable "alias" {
  description = "The name of both functions' alias."
  type        = string
  default     = "live"
}

variable "organization_id" {
  description = "The organization whose accounts may send to the bus; null = this account alone."
  type        = string
  default     = null
}

variable "archive_days" {
  description = "Days that the bus's events are kept for a replay; 0 = no archive."
  type        = number
}

variable "kms_key_arn" {
  description = "A KMS key for the queues; null = the key that SQS owns."
  type        = string
  default     = null
}

variable "require_tls" {
  description = "Whether the queues refuse requests without TLS."
  type        = bool
}

variable "tags" {
  description = "Tags of all of it."
  type        = map(string)
  default     = {}
}

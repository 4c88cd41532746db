variable "prefix" {
  description = "Begins each role's name."
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

variable "iam_actions" {
  description = "Playbook -> the IAM actions that it reads and writes with, from iam-actions.json."
  type        = map(object({ reads = list(string), writes = list(string) }))
}

variable "lookup_actions" {
  description = "The IAM actions that tell the meaning of findings, from iam-actions.json."
  type        = list(string)
}

variable "live_playbooks" {
  description = "The playbooks whose writes are granted; none in a dry run."
  type        = list(string)
}

variable "table_arns" {
  description = "The ARNs of the tables audit and state."
  type        = object({ audit = string, state = string })
}

variable "alias_arns" {
  description = "Function -> the ARN of its alias."
  type        = map(string)
}

variable "state_machine_arns" {
  description = "The ARNs of the state machines remediation and undo."
  type        = object({ remediation = string, undo = string })
}

variable "unprocessed_queue_arn" {
  description = "The ARN of the queue for what cannot be read."
  type        = string
}

variable "configuration_object_arn" {
  description = "The ARN of the configuration object; null = none."
  type        = string
  default     = null
}

variable "bedrock_arns" {
  description = "The inference profile and foundation models that diagnoser and pr-opener may invoke; none = it does not ask."
  type        = object({ diagnoser = list(string), pr-opener = list(string) })
}

variable "member_role_arns" {
  description = "The roles to read and to write of member accounts; none to write in a dry run."
  type        = object({ read = list(string), write = list(string) })
}

variable "external_ids_secret_arn" {
  description = "The ARN of the secret with the external ids of member accounts; null = there are none."
  type        = string
  default     = null
}

variable "github_secret_arn" {
  description = "The ARN of the secret with GitHub's token or App; null = there is none."
  type        = string
  default     = null
}

variable "security_hub_notes" {
  description = "Whether the audit writer may tell Security Hub how an incident ended."
  type        = bool
}

variable "kms_key_arn" {
  description = "The KMS key of tables, queues and configuration; null = keys that AWS owns."
  type        = string
  default     = null
}

variable "tracing" {
  description = "Whether traces may be written to X-Ray."
  type        = bool
}

variable "permissions_boundary_arn" {
  description = "A permissions boundary for each role; null = none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of each role."
  type        = map(string)
  default     = {}
}

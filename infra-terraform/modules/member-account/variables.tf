variable "prefix" {
  description = "Begins each role's name."
  type        = string
  default     = "cloudmend"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.prefix))
    error_message = "prefix: 3 to 20 lower-case letters, digits and hyphens; begins with a letter, ends with none of the hyphens."
  }
}

variable "assessor_role_arn" {
  description = "The role that reads here: output role_arns.assessor of the central deployment."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.assessor_role_arn))
    error_message = "assessor_role_arn: expected the ARN of an IAM role."
  }
}

variable "remediator_role_arn" {
  description = "The role that reads and writes here: output role_arns.remediator of the central deployment."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.remediator_role_arn))
    error_message = "remediator_role_arn: expected the ARN of an IAM role."
  }
}

variable "external_id" {
  description = "What the central deployment has to say to take a role here; another one for each account."
  type        = string
  sensitive   = true

  validation {
    condition     = length(var.external_id) >= 16 && length(var.external_id) <= 1224 && can(regex("^[A-Za-z0-9+=,.@:/-]+$", var.external_id))
    error_message = "external_id: 16 to 1224 letters, digits and + = , . @ : / -"
  }
}

variable "previous_external_id" {
  description = "Another external id that is taken too, while external_id is being changed; null = none."
  type        = string
  default     = null
  sensitive   = true
}

variable "dry_run" {
  description = "Whether nothing is ever written here; then there is no role to write."
  type        = bool
  default     = true
}

variable "live_playbooks" {
  description = "The playbooks that may write here when dry_run is false."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.live_playbooks, keys(local.playbooks))) == 0
    error_message = "live_playbooks: not known: ${join(", ", setsubtract(var.live_playbooks, keys(local.playbooks)))}; known are ${join(", ", sort(keys(local.playbooks)))}."
  }
}

variable "permissions_boundary_arn" {
  description = "A permissions boundary for both roles; null = none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of both roles."
  type        = map(string)
  default     = {}
}

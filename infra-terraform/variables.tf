variable "prefix" {
  description = "Begins every name; two deployments in one account and region need two."
  type        = string
  default     = "cloudmend"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.prefix))
    error_message = "prefix: 3 to 20 lower-case letters, digits and hyphens; it begins with a letter and does not end with a hyphen."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags, beside Application and Deployment."
  type        = map(string)
  default     = {}
}

variable "dry_run" {
  description = "Whether nothing is ever written to a target resource. While true, no role has the right to."
  type        = bool
  default     = true
}

variable "live_playbooks" {
  description = "The playbooks whose writes, and undo, are granted once dry_run is false."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.live_playbooks, keys(local.playbooks))) == 0
    error_message = "live_playbooks: not known: ${join(", ", setsubtract(var.live_playbooks, keys(local.playbooks)))}; known are ${join(", ", sort(keys(local.playbooks)))}."
  }
}

variable "trusted_senders" {
  description = "Accounts whose events may speak of other accounts, such as that of a poller."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.trusted_senders : can(regex("^[0-9]{12}$", account))])
    error_message = "trusted_senders: each is an account's 12 digits, in quotes."
  }
}

variable "own_role_arns" {
  description = "Roles whose changes are Cloudmend's own, beside the remediator's and those to write of member_accounts."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.own_role_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "own_role_arns: each is the ARN of an IAM role."
  }
}

variable "member_accounts" {
  description = "Other accounts that are read and, in a live run, written, through the roles that modules/member-account makes there."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.member_accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "member_accounts: each is an account's 12 digits, in quotes."
  }

  validation {
    condition     = !contains(var.member_accounts, local.account)
    error_message = "member_accounts: the account of the deployment is none; it is reached without a role."
  }
}

variable "member_prefix" {
  description = "The prefix that modules/member-account was given in the member accounts; null = prefix."
  type        = string
  default     = null

  validation {
    condition     = var.member_prefix == null || can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.member_prefix))
    error_message = "member_prefix: 3 to 20 lower-case letters, digits and hyphens; it begins with a letter and does not end with a hyphen."
  }
}

variable "external_ids_secret_arn" {
  description = "A Secrets Manager secret of yours with a JSON object, member account to external id; needed with member_accounts."
  type        = string
  default     = null

  validation {
    condition     = var.external_ids_secret_arn == null || can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*?]+$", var.external_ids_secret_arn))
    error_message = "external_ids_secret_arn: expected the whole ARN of a Secrets Manager secret."
  }

  validation {
    condition     = length(var.member_accounts) == 0 || var.external_ids_secret_arn != null
    error_message = "external_ids_secret_arn: has to be set with member_accounts; without an external id no role of theirs can be taken."
  }
}

variable "github_secret_arn" {
  description = "A Secrets Manager secret of yours with GitHub's token or App (docs/deploy.md); null = no pull request is opened."
  type        = string
  default     = null

  validation {
    condition     = var.github_secret_arn == null || can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*?]+$", var.github_secret_arn))
    error_message = "github_secret_arn: expected the whole ARN of a Secrets Manager secret."
  }

  validation {
    condition     = var.github_secret_arn == null || var.config_file != null
    error_message = "github_secret_arn: needs config_file; which repository has a resource's source stands in the configuration."
  }

  validation {
    condition     = var.github_secret_arn == null || var.github_secret_arn != var.external_ids_secret_arn
    error_message = "github_secret_arn: is external_ids_secret_arn, which others may read too; make a secret of its own."
  }
}

variable "github_api_url" {
  description = "Where GitHub's API is; of GitHub Enterprise Server https://<host>/api/v3."
  type        = string
  default     = "https://api.github.com"

  validation {
    condition = (
      can(regex("^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$", var.github_api_url))
      || !var.require_tls && can(regex("^http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$", var.github_api_url))
    )
    error_message = "github_api_url: expected https://<host>, with nothing but a path behind it; http only for 127.0.0.1, and only with require_tls = false."
  }
}

variable "pull_request_claude" {
  description = "Whether pr-opener may ask Claude for text where no rule mends the source; the configuration has to say so too."
  type        = bool
  default     = false

  validation {
    condition     = !var.pull_request_claude || var.github_secret_arn != null
    error_message = "pull_request_claude: needs github_secret_arn; without it no pull request is opened."
  }
}

variable "organization_id" {
  description = "The organization whose accounts may send events to the bus; null = this account alone."
  type        = string
  default     = null

  validation {
    condition     = var.organization_id == null || can(regex("^o-[a-z0-9]{10,32}$", var.organization_id))
    error_message = "organization_id: expected an id such as o-a1b2c3d4e5."
  }
}

variable "config_file" {
  description = "The configuration file (cloudmend.yaml) to deploy; null = the built-in configuration."
  type        = string
  default     = null

  validation {
    condition     = var.config_file == null || try(fileexists(var.config_file), false)
    error_message = "config_file: there is no such file."
  }
}

variable "functions_path" {
  description = "The folder with <function>/target/<function>.zip for each function; null = ../functions, as the build leaves them."
  type        = string
  default     = null
}

variable "diagnoser" {
  description = "Who explains a finding: playbook (nobody is asked) or claude (Bedrock)."
  type        = string
  default     = "playbook"

  validation {
    condition     = contains(["playbook", "claude"], var.diagnoser)
    error_message = "diagnoser: expected playbook or claude."
  }
}

variable "bedrock_model" {
  description = "The model or inference profile that may be invoked: the one that the configuration names, or the default of the region (docs/diagnosis.md)."
  type        = string
  default     = null

  validation {
    condition     = var.diagnoser != "claude" && !var.pull_request_claude || var.bedrock_model != null
    error_message = "bedrock_model: has to be set with diagnoser = \"claude\" or pull_request_claude = true; it is the id that the configuration names or the default of the region."
  }

  validation {
    condition     = var.bedrock_model == null || can(regex("^[a-z0-9][a-zA-Z0-9.:-]{2,127}$", var.bedrock_model)) && !startswith(coalesce(var.bedrock_model, "-"), "arn:")
    error_message = "bedrock_model: expected the id of a model or of an inference profile, not an ARN."
  }
}

variable "bedrock_regions" {
  description = "The regions that the inference profile sends questions to; `aws bedrock get-inference-profile` lists them."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for region in var.bedrock_regions : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", region))])
    error_message = "bedrock_regions: each is the name of a region."
  }

  validation {
    condition     = var.diagnoser != "claude" && !var.pull_request_claude || !can(regex(local.profile_pattern, var.bedrock_model)) || length(var.bedrock_regions) > 0
    error_message = "bedrock_regions: bedrock_model is an inference profile, so name the regions that it sends questions to; aws bedrock get-inference-profile lists them."
  }
}

variable "security_hub_notes" {
  description = "Whether a live run tells Security Hub how an incident ended that one of its findings began: a note and a workflow status."
  type        = bool
  default     = false
}

variable "config_items" {
  description = "Whether each change that AWS Config records of a resource is looked at; many, and CloudTrail tells most of them too."
  type        = bool
  default     = false
}

variable "create_trail" {
  description = "Whether a CloudTrail trail is made. Without one no change of a resource becomes an event; false where one is there."
  type        = bool
  default     = true
}

variable "trail_retention_days" {
  description = "Days after which the trail's logs are deleted."
  type        = number
  default     = 365

  validation {
    condition     = var.trail_retention_days >= 1 && floor(var.trail_retention_days) == var.trail_retention_days
    error_message = "trail_retention_days: expected a whole number of days, 1 or more."
  }
}

variable "snap_start" {
  description = "Whether functions start from a snapshot; false where an emulator does not keep it."
  type        = bool
  default     = true
}

variable "reserved_concurrency" {
  description = "Function -> reserved concurrent executions; one that is not named shares the account's."
  type        = map(number)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.reserved_concurrency), local.function_names)) == 0
    error_message = "reserved_concurrency: not known: ${join(", ", setsubtract(keys(var.reserved_concurrency), local.function_names))}; known are ${join(", ", local.function_names)}."
  }

  validation {
    condition     = alltrue([for number in values(var.reserved_concurrency) : number >= 1 && floor(number) == number])
    error_message = "reserved_concurrency: each is a whole number, 1 or more; a function with none could never run."
  }
}

variable "json_logs" {
  description = "Whether the functions' logs are told to be JSON; false where an emulator does not keep it."
  type        = bool
  default     = true
}

variable "require_tls" {
  description = "Whether queues and the configuration's bucket refuse requests without TLS; false for an emulator, which speaks plain HTTP."
  type        = bool
  default     = true
}

variable "drift_test" {
  description = "Whether a bucket is made that may be broken, to see it found and fixed; with drift_test_subnet_id a security group and an instance too."
  type        = bool
  default     = false
}

variable "drift_test_subnet_id" {
  description = "The subnet of the drift test's security group and instance; null = neither."
  type        = string
  default     = null

  validation {
    condition     = var.drift_test_subnet_id == null || can(regex("^subnet-[0-9a-f]{8,17}$", var.drift_test_subnet_id))
    error_message = "drift_test_subnet_id: expected an id such as subnet-0a1b2c3d4e5f67890."
  }
}

variable "tracing" {
  description = "Whether X-Ray traces functions and state machines."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: CloudWatch takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "kms_key_arn" {
  description = "A KMS key for tables, queues, logs, configuration, trail and topic; null = keys that AWS owns. Its policy has to let the services use it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: expected the ARN of a KMS key, not of an alias."
  }
}

variable "permissions_boundary_arn" {
  description = "A permissions boundary for every role; null = none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: expected the ARN of an IAM policy."
  }
}

variable "deletion_protection" {
  description = "Whether deleting a table is refused. Set it to false and apply before a destroy."
  type        = bool
  default     = true
}

variable "point_in_time_recovery" {
  description = "Whether tables can be restored to any second of the last 35 days."
  type        = bool
  default     = true
}

variable "archive_days" {
  description = "Days that the bus's events are kept for a replay; 0 = no archive."
  type        = number
  default     = 30

  validation {
    condition     = var.archive_days >= 0 && floor(var.archive_days) == var.archive_days
    error_message = "archive_days: expected a whole number of days, or 0 for no archive."
  }
}

variable "alarm_topic_arn" {
  description = "The SNS topic that alarms go to; null = one is made."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[^:]+$", var.alarm_topic_arn))
    error_message = "alarm_topic_arn: expected the ARN of an SNS topic."
  }
}

variable "alarm_email" {
  description = "Who gets mail from the topic that is made; null = nobody."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_email == null || can(regex("^[^@\\s]+@[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email: expected an address such as ops@example.com."
  }

  validation {
    condition     = var.alarm_email == null || var.alarm_topic_arn == null
    error_message = "alarm_email: goes with the topic that is made; subscribe to alarm_topic_arn yourself, or leave that out."
  }
}

variable "hours_without_event" {
  description = "Hours without an event after which an alarm goes off; 0 = never."
  type        = number
  default     = 24

  validation {
    condition     = var.hours_without_event >= 0 && var.hours_without_event <= 168 && floor(var.hours_without_event) == var.hours_without_event
    error_message = "hours_without_event: expected a whole number of hours from 1 to 168, or 0 for no alarm."
  }
}

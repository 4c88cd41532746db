variable "prefix" {
  description = "Begins the name of the topic, the alarms and the dashboard."
  type        = string
}

variable "region" {
  description = "The region whose metrics the dashboard shows."
  type        = string
}

variable "topic_arn" {
  description = "The topic that alarms go to; null = one is made."
  type        = string
  default     = null
}

variable "email" {
  description = "Who gets the made topic's mails; null = nobody."
  type        = string
  default     = null
}

variable "state_machine_arns" {
  description = "The ARNs of the state machines remediation and undo."
  type        = object({ remediation = string, undo = string })
}

variable "functions" {
  description = "Function -> its name in AWS."
  type        = map(string)
}

variable "queues" {
  description = "unprocessed, dead-letters -> the queue's name."
  type        = map(string)
}

variable "asks_claude" {
  description = "Which of diagnoser and pr-opener ask Claude; where the diagnoser does not, each diagnosis is the playbook's own, and no alarm tells of it."
  type        = object({ diagnoser = bool, pr-opener = bool })
}

variable "sweeps_pull_requests" {
  description = "Whether open pull requests are read back every hour."
  type        = bool
}

variable "bedrock_model" {
  description = "The model or inference profile that is asked."
  type        = string
  default     = null
}

variable "hours_without_event" {
  description = "Hours without an execution after which an alarm goes off; 0 = never."
  type        = number
}

variable "kms_key_arn" {
  description = "A KMS key for the made topic; null = none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the topic and the alarms."
  type        = map(string)
  default     = {}
}

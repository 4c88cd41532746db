variable "prefix" {
  description = "Begins the name of the rules, the role and the queue."
  type        = string
  default     = "cloudmend"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.prefix))
    error_message = "prefix: 3 to 20 lower-case letters, digits and hyphens; begins with a letter, ends with none of the hyphens."
  }
}

variable "central_bus_arn" {
  description = "Where events go: output bus_arn of the central deployment."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:event-bus/.+$", var.central_bus_arn))
    error_message = "central_bus_arn: expected the ARN of an event bus."
  }

  validation {
    condition     = !endswith(var.central_bus_arn, ":event-bus/default")
    error_message = "central_bus_arn: is a default bus; from there events could be sent on again."
  }
}

variable "own_role_arns" {
  description = "Roles of this account that Cloudmend writes with; their calls are not sent."
  type        = list(string)
  default     = []
}

variable "config_items" {
  description = "Whether each change that AWS Config records of a resource is sent; the central deployment's `config_items` has to be true as well."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of all of it."
  type        = map(string)
  default     = {}
}

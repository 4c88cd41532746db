# Statements for actions on target resources: the least resource that AWS lets each action name.

variable "actions" {
  description = "IAM actions, as iam-actions.json lists them."
  type        = list(string)
}

variable "purpose" {
  description = "Begins each statement's id, which a policy may have once: Read or Write."
  type        = string
}

variable "partition" {
  description = "The partition of the account, such as aws."
  type        = string
}

variable "account" {
  description = "The account whose resources are meant."
  type        = string
}

locals {
  kinds = {
    for action in distinct(var.actions) : action => (
      action == "ec2:CreateTags" ? "tag-on-create" :
      length(regexall("AccountPasswordPolicy$|AccountPublicAccessBlock$|^ec2:Describe|^iam:List(Users|Roles|Groups|Policies)$|^config:Describe", action)) > 0 ? "no-resource" :
      startswith(action, "s3:") ? "bucket" :
      length(regexall("^ec2:.*SecurityGroup", action)) > 0 ? "security-group" :
      "of-${split(":", action)[0]}"
    )
  }

  security_groups = [
    "arn:${var.partition}:ec2:*:${var.account}:security-group/*",
    "arn:${var.partition}:ec2:*:${var.account}:security-group-rule/*",
  ]

  resources = merge(
    {
      for kind in values(local.kinds) : kind => [
        kind == "of-iam"
        ? "arn:${var.partition}:iam::${var.account}:*"
        : "arn:${var.partition}:${trimprefix(kind, "of-")}:*:${var.account}:*"
      ] if startswith(kind, "of-")
    },
    {
      # Of no one resource: ec2:Describe*, lists of all that an account has, and what is set for it as a whole.
      no-resource    = ["*"]
      bucket         = ["arn:${var.partition}:s3:::*"]
      security-group = local.security_groups
      tag-on-create  = local.security_groups
    },
  )

  conditions = {
    # A bucket's ARN has no account.
    bucket = { StringEquals = { "aws:ResourceAccount" = var.account } }
    # Only the tags of a rule that is put back, in the call that puts it back.
    tag-on-create = { StringEquals = { "ec2:CreateAction" = "AuthorizeSecurityGroupIngress" } }
  }

  statements = [
    for kind in sort(distinct(values(local.kinds))) : merge(
      {
        Sid      = "${var.purpose}${replace(title(replace(kind, "-", " ")), " ", "")}"
        Effect   = "Allow"
        Action   = sort([for action, of in local.kinds : action if of == kind])
        Resource = local.resources[kind]
      },
      contains(keys(local.conditions), kind) ? { Condition = local.conditions[kind] } : {},
    )
  ]
}

output "statements" {
  description = "IAM policy statements that allow exactly the actions."
  value       = local.statements
}

# Who may do what.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_dry_run_grants_no_write" {
  variables {
    live_playbooks = ["s3-bucket-versioning", "ec2-security-group-admin-ports-world"]
  }

  assert {
    condition = alltrue([
      for role, actions in output.role_actions : length(setintersection(actions, flatten([
        for playbook in values(local.playbooks) : playbook.writes
      ]))) == 0
    ])
    error_message = "A role of a dry run may write to a target resource: ${jsonencode(output.role_actions)}"
  }

  assert {
    condition = alltrue([
      for action in output.role_actions["remediator"] :
      contains(output.role_actions["assessor"], action) || contains(["dynamodb:ConditionCheckItem"], action)
    ])
    error_message = "In a dry run the remediator may do more than the assessor: ${jsonencode(output.role_actions["remediator"])}"
  }

  assert {
    condition     = output.dry_run && length(output.live_playbooks) == 0
    error_message = "dry_run is not what happens by default."
  }

  assert {
    condition     = alltrue([for settings in values(local.environment) : settings.CLOUDMEND_LIVE == "false"])
    error_message = "A function is told that the run is live."
  }
}

run "every_playbook_can_be_read" {
  assert {
    condition = alltrue(flatten([
      for role in ["assessor", "remediator"] : [
        for playbook in values(local.playbooks) : length(setsubtract(playbook.reads, output.role_actions[role])) == 0
      ]
    ]))
    error_message = "A read of the catalogue is missing."
  }

  assert {
    condition = alltrue([
      for role in ["intake", "diagnoser", "decider", "audit-writer", "closer", "pr-opener", "rules", "remediation-machine", "undo-machine"] :
      length(setintersection(output.role_actions[role], flatten([for playbook in values(local.playbooks) : playbook.reads]))) == 0
    ])
    error_message = "A role that needs no target resource may read some: ${jsonencode(output.role_actions)}"
  }
}

run "only_the_assessor_asks_for_the_meaning_of_findings" {
  assert {
    condition = alltrue([
      for role, actions in output.role_actions :
      length(setsubtract(local.lookups, actions)) == (role == "assessor" ? 0 : length(local.lookups))
    ])
    error_message = "The meaning of findings is looked up by another role than the assessor's, or by none: ${jsonencode(output.role_actions)}"
  }
}

run "live_without_playbooks_grants_no_write" {
  variables {
    dry_run = false
  }

  assert {
    condition = length(setintersection(output.role_actions["remediator"], flatten([
      for playbook in values(local.playbooks) : playbook.writes
    ]))) == 0
    error_message = "No playbook is listed, and the remediator may write."
  }

  assert {
    condition     = alltrue([for settings in values(local.environment) : settings.CLOUDMEND_LIVE == "true"])
    error_message = "A function is not told that the run is live."
  }
}

run "live_grants_exactly_what_two_playbooks_write_with_their_undo" {
  variables {
    dry_run        = false
    live_playbooks = ["s3-bucket-versioning", "ec2-security-group-admin-ports-world"]
  }

  assert {
    condition = setintersection(output.role_actions["remediator"], flatten([
      for playbook in values(local.playbooks) : playbook.writes
      ])) == toset([
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:CreateTags",
      "ec2:RevokeSecurityGroupIngress",
      "s3:PutBucketVersioning",
    ])
    error_message = "The remediator's writes are not those of the two playbooks: ${jsonencode(output.role_actions["remediator"])}"
  }

  assert {
    condition = alltrue([
      for role, actions in output.role_actions : role == "remediator" || length(setintersection(actions, flatten([
        for playbook in values(local.playbooks) : playbook.writes
      ]))) == 0
    ])
    error_message = "Another role than the remediator's may write: ${jsonencode(output.role_actions)}"
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(output.role_policies["remediator"]).Statement :
      !contains(statement.Action, "s3:PutBucketVersioning")
      || try(statement.Condition.StringEquals["aws:ResourceAccount"], "") == "111122223333"
    ])
    error_message = "A bucket of another account may be written."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(output.role_policies["remediator"]).Statement :
      !contains(statement.Action, "ec2:CreateTags")
      || try(statement.Condition.StringEquals["ec2:CreateAction"], "") == "AuthorizeSecurityGroupIngress"
    ])
    error_message = "Tags may be set on anything, at any time."
  }
}

run "live_grants_each_playbook_what_its_entry_lists" {
  variables {
    dry_run = false
    # Every one of them: PutBucketEncryption's right and its like have other names than the call.
    live_playbooks = [
      "ec2-security-group-admin-ports-world",
      "iam-password-policy",
      "s3-bucket-block-public-access",
      "s3-bucket-default-encryption",
      "s3-bucket-tls-only",
      "s3-bucket-versioning",
    ]
  }

  assert {
    condition = length(setsubtract(
      flatten([for id in var.live_playbooks : local.playbooks[id].writes]), output.role_actions["remediator"]
    )) == 0
    error_message = "A write of a listed playbook is not granted."
  }
}

run "an_unknown_playbook_is_refused" {
  command = plan

  variables {
    dry_run        = false
    live_playbooks = ["s3-bucket-versioning", "s3-bucket-nothing"]
  }

  expect_failures = [var.live_playbooks]
}

run "no_policy_allows_everything" {
  variables {
    dry_run         = false
    live_playbooks  = ["s3-bucket-versioning", "ec2-security-group-admin-ports-world", "iam-password-policy"]
    diagnoser       = "claude"
    bedrock_model   = "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"
    bedrock_regions = ["us-gov-east-1"]
    organization_id = "o-a1b2c3d4e5"
  }

  assert {
    condition = alltrue(flatten([
      for actions in values(output.role_actions) : [for action in actions : !strcontains(action, "*")]
    ]))
    error_message = "A role is allowed an action by a wildcard: ${jsonencode(output.role_actions)}"
  }

  assert {
    condition = alltrue(flatten([
      for document in values(output.role_policies) : [
        for statement in jsondecode(document).Statement :
        statement.Effect != "Allow" || !contains(statement.Resource, "*") || alltrue([
          # AWS knows no resource for these.
          for action in statement.Action :
          can(regex("^(xray:|ec2:Describe|iam:[A-Za-z]+AccountPasswordPolicy$|iam:List(Users|Roles|Groups|Policies)$|config:DescribeConfigRules$|logs:(Create|Delete|Get|List|Update)LogDeliver|logs:(DescribeLogGroups|DescribeResourcePolicies|PutResourcePolicy)$)", action))
        ])
      ]
    ]))
    error_message = "An action that could name a resource is allowed on all of them."
  }
}

run "roles_are_taken_by_their_service_alone" {
  assert {
    condition = alltrue([
      for name, role in module.roles.trust :
      jsondecode(role).Statement[0].Principal == { Service = (
        name == "rules" ? "events.amazonaws.com" : endswith(name, "-machine") ? "states.amazonaws.com" : "lambda.amazonaws.com"
      ) }
    ])
    error_message = "A role may be taken by another than its service."
  }
}

run "nobody_changes_the_audit_table" {
  assert {
    condition = alltrue(flatten([
      for document in values(output.role_policies) : [
        for statement in jsondecode(document).Statement :
        statement.Effect != "Allow"
        || !anytrue([for resource in statement.Resource : strcontains(resource, ":table/cloudmend-audit")])
        || length(setsubtract(statement.Action, ["dynamodb:GetItem", "dynamodb:PutItem"])) == 0
      ]
    ]))
    error_message = "A role may do more to the audit table than put and get."
  }

  assert {
    condition = alltrue([
      for role in ["assessor", "diagnoser", "remediator", "audit-writer", "closer", "pr-opener"] : anytrue([
        for statement in jsondecode(output.role_policies[role]).Statement :
        statement.Effect == "Deny"
        && length(setsubtract(["dynamodb:DeleteItem", "dynamodb:UpdateItem"], statement.Action)) == 0
        && endswith(statement.Resource[0], ":table/cloudmend-audit")
      ])
    ])
    error_message = "Changing the audit table is not refused by a statement of its own."
  }

  assert {
    condition = alltrue([
      for role in ["intake", "decider", "rules", "remediation-machine", "undo-machine"] :
      !strcontains(output.role_policies[role], "table/cloudmend-audit")
    ])
    error_message = "A role that writes no audit entry may reach the table."
  }
}

run "nobody_asks_bedrock_by_default" {
  assert {
    condition     = !anytrue([for document in values(output.role_policies) : strcontains(document, "bedrock")])
    error_message = "Nobody is to ask Claude, and a role may."
  }
}

run "only_the_diagnoser_asks_bedrock" {
  variables {
    diagnoser       = "claude"
    bedrock_model   = "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"
    bedrock_regions = ["us-gov-east-1"]
  }

  assert {
    condition = [
      for role, document in output.role_policies : role if strcontains(document, "bedrock")
    ] == ["diagnoser"]
    error_message = "Another than the diagnoser may ask Bedrock, or it may not."
  }

  assert {
    condition = toset(flatten([
      for statement in jsondecode(output.role_policies["diagnoser"]).Statement :
      statement.Resource if contains(statement.Action, "bedrock:InvokeModel")
      ])) == toset([
      "arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "arn:aws-us-gov:bedrock:us-gov-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
      "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
    ])
    error_message = "The diagnoser may invoke something else than the profile and its model in the routed regions."
  }
}

run "pull_requests_may_ask_bedrock_without_the_diagnoser" {
  variables {
    config_file         = "terraform.tfvars.example"
    github_secret_arn   = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
    pull_request_claude = true
    bedrock_model       = "anthropic.claude-sonnet-4-5-20250929-v1:0"
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement : statement.Resource if contains(statement.Action, "bedrock:InvokeModel")
      ])
      if strcontains(document, "bedrock")
      } == {
      pr-opener = ["arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0"]
    }
    error_message = "Another than pr-opener may ask Bedrock, or it may ask another model."
  }
}

run "machines_call_only_their_own_functions" {
  assert {
    condition = flatten([
      for statement in jsondecode(output.role_policies["undo-machine"]).Statement :
      statement.Resource if contains(statement.Action, "lambda:InvokeFunction")
    ]) == ["arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:cloudmend-remediator:live"]
    error_message = "The undo machine may call something else than the remediator's alias."
  }

  assert {
    condition = toset([
      for placeholder in flatten(regexall("\\$\\{([a-z_]+)_function\\}", file("state-machine/remediation.asl.json"))) :
      "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:cloudmend-${replace(placeholder, "_", "-")}:live"
      ]) == toset(flatten([
        for statement in jsondecode(output.role_policies["remediation-machine"]).Statement :
        statement.Resource if contains(statement.Action, "lambda:InvokeFunction")
    ]))
    error_message = "What the remediation machine may call is not what its file calls."
  }

  assert {
    condition     = !strcontains(output.role_policies["undo-machine"], "sqs:") && strcontains(output.role_policies["remediation-machine"], ":cloudmend-unprocessed\"")
    error_message = "The unprocessed queue is for the remediation machine alone."
  }
}

run "without_members_nobody_takes_roles_or_reads_secrets" {
  variables {
    dry_run                 = false
    live_playbooks          = ["s3-bucket-versioning"]
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-AbCdEf"
  }

  assert {
    condition = alltrue([
      for document in values(output.role_policies) : !strcontains(document, "sts:") && !strcontains(document, "secretsmanager:")
    ])
    error_message = "There is no member account, and a role may take others or read a secret."
  }

  assert {
    condition     = alltrue([for settings in values(local.environment) : !contains(keys(settings), "CLOUDMEND_MEMBERS")])
    error_message = "There is no member account, and a function is told of some."
  }
}

run "a_dry_run_takes_the_members_roles_to_read_alone" {
  variables {
    live_playbooks          = ["s3-bucket-versioning"]
    member_accounts         = ["222222222222", "333333333333"]
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-AbCdEf"
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement : statement.Resource if contains(statement.Action, "sts:AssumeRole")
      ])
      if strcontains(document, "sts:")
      } == {
      for role in ["assessor", "remediator"] : role => [
        "arn:aws-us-gov:iam::222222222222:role/cloudmend-member-read",
        "arn:aws-us-gov:iam::333333333333:role/cloudmend-member-read",
      ]
    }
    error_message = "In a dry run another role may be taken than the members' roles to read, or by another function."
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement : statement.Resource if contains(statement.Action, "secretsmanager:GetSecretValue")
      ])
      if strcontains(document, "secretsmanager:")
    } == { for role in ["assessor", "remediator"] : role => [var.external_ids_secret_arn] }
    error_message = "Another secret may be read than that of the external ids, or by another function."
  }

  assert {
    condition = alltrue([
      for name, settings in local.environment : [
        for key in ["CLOUDMEND_MEMBERS", "CLOUDMEND_MEMBER_PREFIX", "CLOUDMEND_EXTERNAL_IDS"] : lookup(settings, key, "")
        ] == (
        contains(["assessor", "remediator"], name)
        ? ["222222222222,333333333333", "cloudmend", var.external_ids_secret_arn] : ["", "", ""]
      )
    ])
    error_message = "The members stand in another environment than the assessor's and the remediator's, or not there."
  }

  assert {
    condition = alltrue([
      for arn in [
        "arn:aws-us-gov:iam::222222222222:role/cloudmend-member-write",
        "arn:aws-us-gov:iam::333333333333:role/cloudmend-member-write",
      ] : contains(split(",", local.environment.intake.CLOUDMEND_OWN_ROLE_ARNS), arn)
    ])
    error_message = "Changes by the members' roles to write are not known as Cloudmend's own."
  }
}

run "a_live_run_takes_the_members_roles_to_write_too" {
  variables {
    dry_run                 = false
    live_playbooks          = ["s3-bucket-versioning"]
    member_accounts         = ["222222222222"]
    member_prefix           = "guard"
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-AbCdEf"
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement : statement.Resource if contains(statement.Action, "sts:AssumeRole")
      ])
      if strcontains(document, "sts:")
      } == {
      assessor = ["arn:aws-us-gov:iam::222222222222:role/guard-member-read"]
      remediator = [
        "arn:aws-us-gov:iam::222222222222:role/guard-member-read",
        "arn:aws-us-gov:iam::222222222222:role/guard-member-write",
      ]
    }
    error_message = "The remediator may not take the members' roles to write, or another may."
  }
}

run "pull_requests_need_no_right_in_a_target_account" {
  variables {
    dry_run                 = false
    live_playbooks          = ["s3-bucket-versioning", "ec2-security-group-admin-ports-world"]
    member_accounts         = ["222222222222"]
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-AbCdEf"
    config_file             = "terraform.tfvars.example"
    github_secret_arn       = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
  }

  # All of it, so that whatever is added has to be added here as well.
  assert {
    condition = output.role_actions["pr-opener"] == tolist([
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:GetObject",
      "s3:GetObjectVersion",
      "secretsmanager:GetSecretValue",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ])
    error_message = "pr-opener may do something else than its work: ${jsonencode(output.role_actions["pr-opener"])}"
  }

  assert {
    condition = toset(flatten([
      for statement in jsondecode(output.role_policies["pr-opener"]).Statement : [
        for action in statement.Action : action if endswith(statement.Resource[0], ":table/cloudmend-state")
      ]
    ])) == toset(["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"])
    error_message = "pr-opener may do something else to the state table than read, update and forget."
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement : statement.Resource if contains(statement.Action, "secretsmanager:GetSecretValue")
      ])
      if strcontains(document, "secretsmanager:")
      } == {
      assessor   = [var.external_ids_secret_arn]
      pr-opener  = [var.github_secret_arn]
      remediator = [var.external_ids_secret_arn]
    }
    error_message = "GitHub's credentials may be read by another than pr-opener, or it may read another secret."
  }
}

run "without_github_nobody_reads_its_credentials" {
  assert {
    condition     = !strcontains(output.role_policies["pr-opener"], "secretsmanager:")
    error_message = "There is no secret, and pr-opener may read one."
  }
}

run "live_without_playbooks_takes_no_role_to_write" {
  variables {
    dry_run                 = false
    member_accounts         = ["222222222222"]
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-AbCdEf"
  }

  assert {
    condition     = !strcontains(output.role_policies["remediator"], "member-write")
    error_message = "No playbook is listed, and the remediator may take a role to write."
  }
}

run "a_statement_id_stands_once_in_a_policy" {
  variables {
    dry_run                 = false
    live_playbooks          = ["s3-bucket-versioning", "s3-bucket-block-public-access", "ec2-security-group-admin-ports-world", "iam-password-policy"]
    diagnoser               = "claude"
    bedrock_model           = "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"
    bedrock_regions         = ["us-gov-east-1"]
    kms_key_arn             = "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    config_file             = "terraform.tfvars.example"
    member_accounts         = ["444455556666"]
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-a1b2c3"
    github_secret_arn       = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-a1b2c3"
    pull_request_claude     = true
  }

  assert {
    condition = alltrue([
      for document in values(output.role_policies) :
      length(jsondecode(document).Statement) == length(distinct([for statement in jsondecode(document).Statement : statement.Sid]))
    ])
    error_message = "AWS refuses a policy in which an id stands twice: ${jsonencode({ for role, document in output.role_policies : role => [for statement in jsondecode(document).Statement : statement.Sid] })}"
  }
}

run "what_was_held_back_is_asked_for_again_by_the_closer" {
  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement :
        statement.Resource if contains(statement.Action, "states:StartExecution")
      ])
      if strcontains(document, "states:StartExecution")
      } == {
      closer = ["arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:cloudmend-remediation"]
      rules  = ["arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:cloudmend-remediation"]
    }
    error_message = "Another than the closer and the rules may start an execution, or they may start another."
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => flatten([
        for statement in jsondecode(document).Statement :
        statement.Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
        if statement.Effect == "Allow" && contains(statement.Action, "dynamodb:DeleteItem")
      ])
      if strcontains(document, "\"dynamodb:LeadingKeys\"")
      } == {
      assessor     = ["claim#*"]
      audit-writer = ["claim#*"]
      closer       = ["claim#*", "exemption#*"]
      pr-opener    = ["proposals"]
      remediator   = ["lease#*", "undo#*"]
    }
    error_message = "A role may delete other items of the state table than it has to."
  }

  assert {
    condition = endswith(
      local.environment["closer"].CLOUDMEND_STATE_MACHINES, ":cloudmend-undo"
    ) && strcontains(local.environment["closer"].CLOUDMEND_STATE_MACHINES, ":cloudmend-remediation,")
    error_message = "The first state machine that the closer is told is not the one that remediates."
  }
}

run "who_looks_at_earlier_fixes_or_open_pull_requests_may_query_the_state_table" {
  assert {
    condition = toset([
      for role, actions in output.role_actions : role if contains(actions, "dynamodb:Query")
    ]) == toset(["assessor", "closer", "decider", "pr-opener", "remediator"])
    error_message = "Another role than those may query, or one of those may not: ${jsonencode(output.role_actions)}"
  }
}

run "nobody_tells_security_hub_by_default" {
  variables {
    dry_run = false
  }

  assert {
    condition     = !anytrue([for document in values(output.role_policies) : strcontains(document, "securityhub:")])
    error_message = "Nobody is to tell Security Hub, and a role may."
  }

  assert {
    condition     = local.environment["audit-writer"].CLOUDMEND_SECURITY_HUB_NOTES == "false"
    error_message = "The audit writer is told to tell Security Hub."
  }
}

run "a_dry_run_does_not_tell_security_hub" {
  variables {
    security_hub_notes = true
  }

  assert {
    condition = (
      local.environment["audit-writer"].CLOUDMEND_SECURITY_HUB_NOTES == "false"
      && !anytrue([for document in values(output.role_policies) : strcontains(document, "securityhub:")])
    )
    error_message = "A dry run writes nothing anywhere, and a role may tell Security Hub."
  }
}

run "only_the_audit_writer_of_a_live_run_tells_security_hub" {
  variables {
    dry_run            = false
    security_hub_notes = true
  }

  assert {
    condition = {
      for role, document in output.role_policies : role => [
        for statement in jsondecode(document).Statement : [statement.Action, statement.Resource]
        if strcontains(jsonencode(statement.Action), "securityhub:")
      ]
      if strcontains(document, "\"securityhub:")
      } == {
      audit-writer = [[["securityhub:BatchUpdateFindings"], ["arn:aws-us-gov:securityhub:*:111122223333:hub/default"]]]
    }
    error_message = "Another than the audit writer may tell Security Hub, or more than that."
  }

  assert {
    condition     = local.environment["audit-writer"].CLOUDMEND_SECURITY_HUB_NOTES == "true"
    error_message = "The audit writer is not told to tell Security Hub."
  }
}

# Who may do what: every role of the suite, and nothing else. `local.rights` is the list to review.

module "reads" {
  source = "../rights"

  purpose   = "Read"
  actions   = flatten([for playbook in values(var.iam_actions) : playbook.reads])
  partition = var.partition
  account   = var.account
}

module "lookups" {
  source = "../rights"

  purpose   = "LookUp"
  actions   = var.lookup_actions
  partition = var.partition
  account   = var.account
}

module "writes" {
  source = "../rights"

  purpose   = "Write"
  actions   = flatten([for id in var.live_playbooks : var.iam_actions[id].writes])
  partition = var.partition
  account   = var.account
}

locals {
  # The two sides of a role: what may take it, and what it may do.

  trusted = merge(
    { for name in local.functions : name => "lambda.amazonaws.com" },
    { for name in keys(local.machines) : name => "states.amazonaws.com" },
    { rules = "events.amazonaws.com" },
  )

  rights = merge(
    {
      # Event to incidents.
      intake = concat(local.basics.intake, local.configuration)

      # Live state to a plan: reads of all playbooks and the meaning of findings, never a write.
      assessor = concat(
        local.basics.assessor,
        local.configuration,
        module.reads.statements,
        module.lookups.statements,
        local.enter_members.assessor,
        local.audit,
        local.state.assessor,
        local.forget_claims,
      )

      # Asks Bedrock; it reaches no target resource.
      diagnoser = concat(
        local.basics.diagnoser,
        local.configuration,
        local.bedrock.diagnoser,
        local.audit,
        local.state.diagnoser,
      )

      # Policy to a decision.
      decider = concat(local.basics.decider, local.configuration, local.state.decider)

      # The only one that writes to target resources: what the live playbooks write, their undo included.
      remediator = concat(
        local.basics.remediator,
        local.configuration,
        module.reads.statements,
        module.writes.statements,
        local.enter_members.remediator,
        local.audit,
        local.state.remediator,
        local.forget_leases,
      )

      # What was found and how it ended.
      audit-writer = concat(
        local.basics.audit-writer,
        local.audit,
        local.state.audit-writer,
        local.forget_claims,
        local.write_back,
      )

      # Ends what an execution could not end itself, and asks again for what an exception held back.
      closer = concat(
        local.basics.closer,
        local.audit,
        local.state.closer,
        local.forget_claims_and_held,
        local.executions,
        local.start_remediation,
      )

      # The only one that reads GitHub's credentials; it reaches no target resource and takes no role.
      pr-opener = concat(
        local.basics.pr-opener,
        local.configuration,
        local.github,
        local.bedrock.pr-opener,
        local.audit,
        local.state.pr-opener,
        local.forget_proposals,
      )

      # EventBridge's rules: start a remediation, and no more.
      rules = local.start_remediation
    },
    # The state machines: call their own functions, keep what cannot be read.
    {
      for name, machine in local.machines : name => concat(
        [{
          Sid      = "CallFunctions"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = [for function in machine.functions : var.alias_arns[function]]
        }],
        machine.unprocessed ? local.keep_unprocessed : [],
        local.deliver_logs,
        local.trace,
      )
    },
  )

  functions = ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "closer", "pr-opener"]

  machines = {
    remediation-machine = {
      functions   = ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "pr-opener"]
      unprocessed = true
    }
    undo-machine = { functions = ["remediator"], unprocessed = false }
  }

  # Each function writes its own log group only.
  basics = {
    for name in local.functions : name => concat(
      [{
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:${var.partition}:logs:${var.region}:${var.account}:log-group:/aws/lambda/${var.prefix}-${name}:*"]
      }],
      local.trace,
      local.use_key,
    )
  }

  trace = var.tracing ? [{
    Sid    = "Traces"
    Effect = "Allow"
    Action = [
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    # AWS knows no resource for these.
    Resource = ["*"]
  }] : []

  use_key = var.kms_key_arn == null ? [] : [{
    Sid      = "Key"
    Effect   = "Allow"
    Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    Resource = [var.kms_key_arn]
  }]

  configuration = var.configuration_object_arn == null ? [] : [{
    Sid      = "Configuration"
    Effect   = "Allow"
    Action   = ["s3:GetObject", "s3:GetObjectVersion"]
    Resource = [var.configuration_object_arn]
  }]

  # Exactly the roles that member accounts give, and the secret with what has to be said to take them.
  enter_members = {
    for name, roles in {
      assessor   = var.member_role_arns.read
      remediator = concat(var.member_role_arns.read, var.member_role_arns.write)
      } : name => length(roles) == 0 ? [] : [
      {
        Sid      = "EnterMembers"
        Effect   = "Allow"
        Action   = ["sts:AssumeRole"]
        Resource = roles
      },
      {
        Sid      = "ExternalIds"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [var.external_ids_secret_arn]
      },
    ]
  }

  github = var.github_secret_arn == null ? [] : [{
    Sid      = "GitHubCredentials"
    Effect   = "Allow"
    Action   = ["secretsmanager:GetSecretValue"]
    Resource = [var.github_secret_arn]
  }]

  bedrock = {
    for name, arns in var.bedrock_arns : name => length(arns) == 0 ? [] : [{
      Sid      = "AskClaude"
      Effect   = "Allow"
      Action   = ["bedrock:InvokeModel"]
      Resource = arns
    }]
  }

  # Appending is a put of an entry and of its chain's head. What is there is neither changed in place nor taken away.
  audit = [
    {
      Sid      = "AppendToAudit"
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = [var.table_arns.audit]
    },
    {
      Sid    = "NeverChangeAudit"
      Effect = "Deny"
      Action = [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:DeleteTable",
        "dynamodb:PartiQLDelete",
        "dynamodb:PartiQLInsert",
        "dynamodb:PartiQLUpdate",
        "dynamodb:UpdateItem",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ]
      Resource = [var.table_arns.audit]
    },
  ]

  state = {
    for name, actions in {
      assessor  = ["GetItem", "PutItem", "Query", "UpdateItem"]
      diagnoser = ["GetItem", "PutItem", "UpdateItem"]
      # It says so in the incident where the diagnoser did not answer. What was fixed before is queried.
      decider = ["GetItem", "Query", "UpdateItem"]
      # The stop switch is a condition of the transaction that counts a change.
      remediator   = ["ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"]
      audit-writer = ["GetItem", "PutItem", "UpdateItem"]
      closer       = ["GetItem", "PutItem", "Query", "UpdateItem"]
      pr-opener    = ["GetItem", "Query", "UpdateItem"]
      } : name => [{
        Sid      = "State"
        Effect   = "Allow"
        Action   = [for action in actions : "dynamodb:${action}"]
        Resource = [var.table_arns.state]
    }]
  }

  forget_claims = [merge(local.forget, {
    Sid       = "ForgetClaims"
    Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["claim#*"] } }
  })]

  forget_claims_and_held = [merge(local.forget, {
    Sid       = "ForgetClaimsAndWhatWasHeldBack"
    Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["claim#*", "exemption#*"] } }
  })]

  forget_leases = [merge(local.forget, {
    Sid       = "ForgetLeasesAndUndoMarks"
    Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["lease#*", "undo#*"] } }
  })]

  forget_proposals = [merge(local.forget, {
    Sid       = "ForgetProposals"
    Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["proposals"] } }
  })]

  forget = {
    Effect   = "Allow"
    Action   = ["dynamodb:DeleteItem"]
    Resource = [var.table_arns.state]
  }

  executions = [{
    Sid      = "FindExecutions"
    Effect   = "Allow"
    Action   = ["states:ListExecutions"]
    Resource = values(var.state_machine_arns)
  }]

  start_remediation = [{
    Sid      = "StartRemediation"
    Effect   = "Allow"
    Action   = ["states:StartExecution"]
    Resource = [var.state_machine_arns.remediation]
  }]

  # A finding may be of another region than the deployment's.
  write_back = !var.security_hub_notes ? [] : [{
    Sid      = "TellSecurityHub"
    Effect   = "Allow"
    Action   = ["securityhub:BatchUpdateFindings"]
    Resource = ["arn:${var.partition}:securityhub:*:${var.account}:hub/default"]
  }]

  keep_unprocessed = concat(
    [{
      Sid      = "KeepUnprocessed"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [var.unprocessed_queue_arn]
    }],
    local.use_key,
  )

  deliver_logs = [{
    Sid    = "DeliverLogs"
    Effect = "Allow"
    Action = [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]
    # AWS knows no resource for these.
    Resource = ["*"]
  }]

  documents = {
    for name, statements in local.rights : name => jsonencode({ Version = "2012-10-17", Statement = statements })
  }
}

resource "aws_iam_role" "this" {
  for_each = local.trusted

  name                 = "${var.prefix}-${each.key}"
  description          = "Cloudmend: ${each.key}"
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(
      {
        Effect    = "Allow"
        Principal = { Service = each.value }
        Action    = "sts:AssumeRole"
      },
      # Lambda sets no source account when it takes a role.
      each.value == "lambda.amazonaws.com" ? {} : {
        Condition = { StringEquals = { "aws:SourceAccount" = var.account } }
      },
    )]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.documents

  name   = "rights"
  role   = aws_iam_role.this[each.key].name
  policy = each.value
}

# The modules, one by one.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "tables_keep_what_they_hold" {
  module {
    source = "./modules/tables"
  }

  variables {
    prefix = "acme"
    tables = jsondecode(file("tables.json"))
    tags   = { Deployment = "acme" }
  }

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.point_in_time_recovery[0].enabled && table.deletion_protection_enabled])
    error_message = "A table can be lost."
  }

  assert {
    condition     = !anytrue([for ttl in aws_dynamodb_table.this["audit"].ttl : ttl.enabled])
    error_message = "Audit entries expire."
  }

  assert {
    condition     = aws_dynamodb_table.this["state"].ttl[0].enabled && aws_dynamodb_table.this["state"].ttl[0].attribute_name == "expiresAt"
    error_message = "Claims and leases stay for ever."
  }

  assert {
    condition     = [for index in aws_dynamodb_table.this["audit"].global_secondary_index : index.name if contains(["byDay", "byIncident"], index.name)] == ["byDay", "byIncident"]
    error_message = "The audit table's indexes are missing."
  }

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.tags == tomap({ Deployment = "acme" })])
    error_message = "A table has no tags."
  }
}

run "functions_are_published_behind_an_alias" {
  module {
    source = "./modules/functions"
  }

  variables {
    prefix = "acme"
    path   = "no-such-folder"
    role_arns = {
      for name in ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "closer", "pr-opener"] :
      name => "arn:aws-us-gov:iam::111122223333:role/acme-${name}"
    }
    environment = {
      for name in ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "closer", "pr-opener"] :
      name => { CLOUDMEND_LIVE = "false" }
    }
    log_retention_days   = 30
    tracing              = true
    json_logs            = true
    snap_start           = true
    reserved_concurrency = { remediator = 2 }
    tags                 = { Deployment = "acme" }
  }

  assert {
    condition = alltrue([
      for name, function in aws_lambda_function.this :
      function.publish
      && function.architectures == tolist(["arm64"])
      && function.runtime == "java21"
      && function.snap_start[0].apply_on == "PublishedVersions"
      && function.tracing_config[0].mode == "Active"
      && function.logging_config[0].log_format == "JSON"
      && function.logging_config[0].log_group == "/aws/lambda/acme-${name}"
      && function.tags == tomap({ Deployment = "acme" })
    ])
    error_message = "A function is not set up like the others."
  }

  assert {
    condition     = alltrue([for alias in aws_lambda_alias.live : alias.name == "live" && alias.function_version == "7"])
    error_message = "An alias does not show the published version."
  }

  assert {
    condition     = aws_lambda_function.this["remediator"].reserved_concurrent_executions == 2 && aws_lambda_function.this["intake"].reserved_concurrent_executions == -1
    error_message = "Reserved concurrency is not what was asked for."
  }

  assert {
    condition     = endswith(aws_lambda_function.this["closer"].filename, "/audit-writer.zip") && aws_lambda_function.this["closer"].handler == "dev.cloudmend.auditwriter.CloserHandler"
    error_message = "The closer is not the audit writer's second handler."
  }

  assert {
    condition     = { for name, function in aws_lambda_function.this : name => function.timeout if function.timeout > 60 } == { pr-opener = 120 }
    error_message = "A function may run longer than the state that calls it waits."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.retention_in_days == 30])
    error_message = "Logs stay for ever."
  }
}

run "functions_can_do_without_snapshots_and_traces" {
  module {
    source = "./modules/functions"
  }

  variables {
    prefix = "acme"
    path   = "no-such-folder"
    role_arns = {
      for name in ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "closer", "pr-opener"] :
      name => "arn:aws-us-gov:iam::111122223333:role/acme-${name}"
    }
    environment = {
      for name in ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "closer", "pr-opener"] :
      name => { CLOUDMEND_LIVE = "false" }
    }
    log_retention_days   = 30
    tracing              = false
    json_logs            = false
    snap_start           = false
    reserved_concurrency = {}
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : length(function.snap_start) == 0 && length(function.logging_config) == 0 && function.tracing_config[0].mode == "PassThrough"])
    error_message = "A switch is not heeded."
  }
}

run "events_are_delivered_or_kept" {
  module {
    source = "./modules/bus"
  }

  variables {
    prefix                     = "acme"
    partition                  = "aws-us-gov"
    region                     = "us-gov-west-1"
    account                    = "111122223333"
    patterns                   = { cloudtrail = file("event-patterns/cloudtrail.json"), vanta = file("event-patterns/vanta.json") }
    own_role_arns              = ["arn:aws-us-gov:iam::111122223333:role/acme-remediator"]
    state_machine_arn          = "arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:acme-remediation"
    watched_state_machine_arns = ["arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:acme-remediation"]
    rules_role_arn             = "arn:aws-us-gov:iam::111122223333:role/acme-rules"
    closer_name                = "acme-closer"
    closer_alias_arn           = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:acme-closer:live"
    pr_opener_name             = "acme-pr-opener"
    pr_opener_alias_arn        = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:acme-pr-opener:live"
    sweeps_pull_requests       = true
    organization_id            = "o-a1b2c3d4e5"
    archive_days               = 30
    require_tls                = true
  }

  assert {
    condition = length(aws_cloudwatch_event_target.source) == 4 && alltrue([
      for target in aws_cloudwatch_event_target.source :
      target.arn == var.state_machine_arn
      && target.retry_policy[0].maximum_retry_attempts > 0
      && target.dead_letter_config[0].arn == aws_sqs_queue.this["dead-letters"].arn
    ])
    error_message = "A rule starts something else, or loses what it cannot deliver."
  }

  assert {
    condition = alltrue([
      for target in aws_cloudwatch_event_target.source :
      target.input_transformer[0].input_paths == tomap({ event = "$" })
      && jsondecode(replace(target.input_transformer[0].input_template, "<event>", "1")) == { event = 1, run = {} }
    ])
    error_message = "The state machine gets another input than {event, run}."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_bus_policy.organization[0].policy).Statement[0].Condition == { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    error_message = "Others than the organization may send to the bus."
  }

  assert {
    condition = (
      jsondecode(aws_cloudwatch_event_rule.failed.event_pattern).detail.status == ["FAILED", "TIMED_OUT", "ABORTED"]
      && aws_cloudwatch_event_rule.sweep.schedule_expression == "rate(1 hour)"
      && aws_cloudwatch_event_target.closer["sweep"].input == "{\"action\":\"sweep\"}"
      && alltrue([for target in aws_cloudwatch_event_target.closer : target.arn == var.closer_alias_arn])
    )
    error_message = "What failed is not closed."
  }

  assert {
    condition = (
      aws_cloudwatch_event_rule.pull_requests[0].schedule_expression == "rate(1 hour)"
      && aws_cloudwatch_event_target.pull_requests[0].input == "{\"action\":\"sweep\"}"
      && aws_cloudwatch_event_target.pull_requests[0].arn == var.pr_opener_alias_arn
      && aws_cloudwatch_event_target.pull_requests[0].dead_letter_config[0].arn == aws_sqs_queue.this["dead-letters"].arn
      && aws_lambda_permission.pull_requests[0].function_name == "acme-pr-opener"
      && aws_lambda_permission.pull_requests[0].qualifier == "live"
      && aws_lambda_permission.pull_requests[0].source_arn == aws_cloudwatch_event_rule.pull_requests[0].arn
    )
    error_message = "Open pull requests are not read back every hour."
  }

  assert {
    condition     = alltrue([for queue in aws_sqs_queue.this : queue.message_retention_seconds == 1209600 && queue.sqs_managed_sse_enabled])
    error_message = "A queue forgets early, or is not encrypted."
  }

  assert {
    condition = alltrue([
      for key, queue in aws_sqs_queue_policy.this : jsonencode([
        for statement in jsondecode(queue.policy).Statement : statement.Principal if statement.Effect == "Allow"
      ]) == (key == "dead-letters" ? jsonencode([{ Service = "events.amazonaws.com" }]) : "[]")
    ])
    error_message = "Others than the rules may send to a queue."
  }

  assert {
    condition     = aws_cloudwatch_event_archive.this[0].retention_days == 30
    error_message = "The bus has no archive."
  }
}

run "without_an_organization_the_bus_is_for_this_account" {
  module {
    source = "./modules/bus"
  }

  variables {
    prefix                     = "acme"
    partition                  = "aws-us-gov"
    region                     = "us-gov-west-1"
    account                    = "111122223333"
    patterns                   = { vanta = file("event-patterns/vanta.json") }
    own_role_arns              = ["arn:aws-us-gov:iam::111122223333:role/acme-remediator"]
    state_machine_arn          = "arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:acme-remediation"
    watched_state_machine_arns = ["arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:acme-remediation"]
    rules_role_arn             = "arn:aws-us-gov:iam::111122223333:role/acme-rules"
    closer_name                = "acme-closer"
    closer_alias_arn           = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:acme-closer:live"
    pr_opener_name             = "acme-pr-opener"
    pr_opener_alias_arn        = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:acme-pr-opener:live"
    sweeps_pull_requests       = false
    archive_days               = 0
    require_tls                = false
  }

  assert {
    condition     = length(aws_cloudwatch_event_bus_policy.organization) == 0 && length(aws_cloudwatch_event_archive.this) == 0
    error_message = "The bus is open to others, or has an archive that was switched off."
  }

  assert {
    condition = (
      length(aws_cloudwatch_event_rule.pull_requests) == 0
      && length(aws_cloudwatch_event_target.pull_requests) == 0
      && length(aws_lambda_permission.pull_requests) == 0
    )
    error_message = "There are no pull requests, and a rule looks for them."
  }
}

run "only_the_trail_writes_its_logs" {
  module {
    source = "./modules/trail"
  }

  variables {
    name           = "acme"
    bucket         = "acme-trail-111122223333-us-gov-west-1"
    partition      = "aws-us-gov"
    region         = "us-gov-west-1"
    account        = "111122223333"
    retention_days = 400
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.logs.policy).Statement :
      try(statement.Condition.StringEquals["aws:SourceArn"], "") == "arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:trail/acme"
      if statement.Effect == "Allow"
    ])
    error_message = "Another trail may write to the bucket."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.logs.policy).Statement :
      statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "The bucket answers without TLS."
  }

  assert {
    condition = (
      aws_s3_bucket_public_access_block.logs.block_public_acls
      && aws_s3_bucket_public_access_block.logs.block_public_policy
      && aws_s3_bucket_public_access_block.logs.ignore_public_acls
      && aws_s3_bucket_public_access_block.logs.restrict_public_buckets
    )
    error_message = "The bucket can be made public."
  }

  assert {
    condition     = aws_cloudtrail.this.is_multi_region_trail && aws_cloudtrail.this.include_global_service_events && aws_cloudtrail.this.enable_log_file_validation
    error_message = "The trail misses changes."
  }
}

run "state_machines_log_without_payloads" {
  module {
    source = "./modules/state-machine"
  }

  variables {
    name               = "acme-undo"
    definition         = "{}"
    role_arn           = "arn:aws-us-gov:iam::111122223333:role/acme-undo-machine"
    tracing            = true
    log_retention_days = 30
  }

  assert {
    condition = (
      aws_sfn_state_machine.this.type == "STANDARD"
      && aws_sfn_state_machine.this.logging_configuration[0].level == "ALL"
      && !aws_sfn_state_machine.this.logging_configuration[0].include_execution_data
      && aws_sfn_state_machine.this.tracing_configuration[0].enabled
    )
    error_message = "The state machine is not logged and traced as it should be."
  }
}

run "a_member_account_gives_reads_alone_in_a_dry_run" {
  module {
    source = "./modules/member-account"
  }

  variables {
    assessor_role_arn   = "arn:aws-us-gov:iam::444455556666:role/cloudmend-assessor"
    remediator_role_arn = "arn:aws-us-gov:iam::444455556666:role/cloudmend-remediator"
    external_id         = "an-id-of-this-account-alone"
    live_playbooks      = ["s3-bucket-versioning"]
  }

  assert {
    condition     = keys(output.policies) == ["read"]
    error_message = "A dry run has a role to write."
  }

  assert {
    condition     = length(regexall("\"[a-z0-9]+:(Put|Delete|Create|Update|Authorize|Revoke)", output.policies["read"])) == 0
    error_message = "The role to read may write: ${output.policies["read"]}"
  }
}

run "a_member_account_gives_writes_of_the_listed_playbooks_to_the_remediator" {
  module {
    source = "./modules/member-account"
  }

  variables {
    assessor_role_arn   = "arn:aws-us-gov:iam::444455556666:role/cloudmend-assessor"
    remediator_role_arn = "arn:aws-us-gov:iam::444455556666:role/cloudmend-remediator"
    external_id         = "an-id-of-this-account-alone"
    dry_run             = false
    live_playbooks      = ["s3-bucket-versioning"]
  }

  assert {
    condition     = toset(flatten(regexall("\"([a-z0-9]+:(?:Put|Delete|Create|Update|Authorize|Revoke)[A-Za-z]+)\"", output.policies["write"]))) == toset(["s3:PutBucketVersioning"])
    error_message = "The role to write may write something else: ${output.policies["write"]}"
  }

  assert {
    condition     = length(jsondecode(output.policies["write"]).Statement) == length(distinct([for statement in jsondecode(output.policies["write"]).Statement : statement.Sid]))
    error_message = "AWS refuses a policy in which an id stands twice: ${output.policies["write"]}"
  }

  assert {
    condition     = nonsensitive(jsondecode(aws_iam_role.this["write"].assume_role_policy).Statement[0].Principal.AWS) == ["arn:aws-us-gov:iam::444455556666:role/cloudmend-remediator"]
    error_message = "Another than the remediator may take the role to write."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.this : nonsensitive(jsondecode(role.assume_role_policy).Statement[0].Condition) == { StringEquals = { "sts:ExternalId" = ["an-id-of-this-account-alone"] } }])
    error_message = "A role can be taken without the external id."
  }
}

run "an_external_id_can_be_changed_without_a_gap" {
  module {
    source = "./modules/member-account"
  }

  variables {
    assessor_role_arn    = "arn:aws-us-gov:iam::444455556666:role/cloudmend-assessor"
    remediator_role_arn  = "arn:aws-us-gov:iam::444455556666:role/cloudmend-remediator"
    external_id          = "the-new-id-of-this-account"
    previous_external_id = "the-old-id-of-this-account"
  }

  assert {
    condition     = nonsensitive(jsondecode(aws_iam_role.this["read"].assume_role_policy).Statement[0].Condition) == { StringEquals = { "sts:ExternalId" = ["the-new-id-of-this-account", "the-old-id-of-this-account"] } }
    error_message = "One of the two ids is not taken."
  }
}

run "a_member_account_refuses_what_it_does_not_know" {
  command = plan

  module {
    source = "./modules/member-account"
  }

  variables {
    assessor_role_arn   = "cloudmend-assessor"
    remediator_role_arn = "arn:aws-us-gov:iam::444455556666:role/cloudmend-remediator"
    external_id         = "short"
    live_playbooks      = ["s3-bucket-nothing"]
  }

  expect_failures = [var.assessor_role_arn, var.external_id, var.live_playbooks]
}

run "the_forwarder_sends_own_events_one_hop" {
  module {
    source = "./modules/event-forwarder"
  }

  variables {
    central_bus_arn = "arn:aws-us-gov:events:us-gov-east-1:444455556666:event-bus/cloudmend-compliance-events"
    own_role_arns   = ["arn:aws-us-gov:iam::111122223333:role/cloudmend-member-write"]
  }

  assert {
    condition = alltrue([
      for pattern in values(output.patterns) :
      jsondecode(pattern).account == ["111122223333"] && jsondecode(pattern).region == ["us-gov-west-1"]
    ])
    error_message = "An event that was sent here would be sent on."
  }

  assert {
    condition     = keys(output.patterns) == ["cloudtrail", "config", "securityhub"] && jsondecode(output.patterns["cloudtrail"]).detail.eventName == jsondecode(file("event-patterns/cloudtrail.json")).detail.eventName
    error_message = "Other events than AWS's own are sent: ${jsonencode(keys(output.patterns))}"
  }

  assert {
    condition     = jsondecode(output.patterns["cloudtrail"]).detail["$or"][0].userIdentity.sessionContext.sessionIssuer.arn[0]["anything-but"] == ["arn:aws-us-gov:iam::111122223333:role/cloudmend-member-write"]
    error_message = "Own calls are sent."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement == [{ Sid = "SendToCentralBus", Effect = "Allow", Action = ["events:PutEvents"], Resource = [var.central_bus_arn] }]
    error_message = "The role may do more than send to the central bus."
  }
}

run "the_forwarder_refuses_a_default_bus" {
  command = plan

  module {
    source = "./modules/event-forwarder"
  }

  variables {
    central_bus_arn = "arn:aws-us-gov:events:us-gov-east-1:444455556666:event-bus/default"
  }

  expect_failures = [var.central_bus_arn]
}

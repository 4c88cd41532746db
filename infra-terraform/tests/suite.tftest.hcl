# What is there, how it is called, and what hangs on what.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "every_function_that_the_state_machines_call_exists" {
  assert {
    condition = length(setsubtract(
      [
        for name in flatten(regexall("\\$\\{([a-z_]+)_function\\}", join("", [
          for machine in fileset("state-machine", "*.asl.json") : file("state-machine/${machine}")
        ]))) : replace(name, "_", "-")
      ],
      keys(output.function_alias_arns),
    )) == 0
    error_message = "A state machine calls a function that is not deployed."
  }

  assert {
    condition     = length(output.function_alias_arns) == 8 && alltrue([for name in local.function_names : contains(keys(output.function_alias_arns), name)])
    error_message = "The functions deployed are not those that have roles and settings."
  }

  assert {
    condition     = tolist(keys(output.state_machine_arns)) == sort([for file in fileset("state-machine", "*.asl.json") : trimsuffix(file, ".asl.json")])
    error_message = "A state machine's file is not deployed."
  }
}

run "names_and_tags_follow_the_prefix" {
  variables {
    prefix = "acme-mend"
    tags   = { Team = "security" }
  }

  assert {
    condition     = output.bus_name == "acme-mend-compliance-events" && output.dashboard == "acme-mend"
    error_message = "The bus or the dashboard has another name."
  }

  assert {
    condition     = output.table_names == { audit = "acme-mend-audit", state = "acme-mend-state" }
    error_message = "The tables have other names."
  }

  assert {
    condition     = alltrue([for name in concat(output.alarms, [for rule in values(output.rules) : rule.name], values(module.functions.names)) : startswith(name, "acme-mend-")])
    error_message = "An alarm, rule or function does not begin with the prefix."
  }

  assert {
    condition     = !anytrue([for document in values(output.role_policies) : strcontains(document, "cloudmend-")])
    error_message = "A right names something of another deployment."
  }

  assert {
    condition     = local.tags == { Application = "cloudmend", Deployment = "acme-mend", Team = "security" }
    error_message = "The tags do not name the deployment."
  }

  assert {
    condition     = local.settings.CLOUDMEND_TABLES_AUDIT == output.table_names.audit && local.settings.CLOUDMEND_TABLES_STATE == output.table_names.state
    error_message = "The functions are told other tables."
  }
}

run "recorded_changes_have_a_rule_where_they_are_asked_for" {
  variables {
    config_items = true
  }

  assert {
    condition     = contains(keys(output.rules), "default-config-items")
    error_message = "config_items makes no rule: ${jsonencode(keys(output.rules))}"
  }
}

run "every_source_has_a_rule_on_both_buses" {
  assert {
    condition = sort(keys(output.rules)) == sort(flatten([
      for file in fileset("event-patterns", "*.json") : [for bus in ["custom", "default"] : "${bus}-${trimsuffix(file, ".json")}"]
      if file != "config-items.json"
    ]))
    error_message = "A pattern's file has no rule on one of the buses: ${jsonencode(keys(output.rules))}"
  }

  assert {
    condition     = alltrue([for key, rule in output.rules : rule.bus == (startswith(key, "default-") ? "default" : "cloudmend-compliance-events")])
    error_message = "A rule is on the wrong bus."
  }

  assert {
    condition = alltrue(flatten([
      for key, rule in output.rules : [
        for field, value in jsondecode(local.patterns[trimprefix(trimprefix(key, "custom-"), "default-")]) :
        field == "detail"
        ? alltrue([for member, of in value : jsonencode(jsondecode(rule.pattern).detail[member]) == jsonencode(of)])
        : jsonencode(jsondecode(rule.pattern)[field]) == jsonencode(value)
      ]
    ]))
    error_message = "A rule matches something else than its file."
  }
}

run "own_calls_start_nothing" {
  variables {
    own_role_arns = ["arn:aws-us-gov:iam::444455556666:role/cloudmend-member-write"]
  }

  assert {
    condition = alltrue([
      for bus in ["custom", "default"] : jsondecode(output.rules["${bus}-cloudtrail"].pattern).detail["$or"][0].userIdentity.sessionContext.sessionIssuer.arn[0]["anything-but"] == [
        "arn:aws-us-gov:iam::111122223333:role/cloudmend-remediator",
        "arn:aws-us-gov:iam::444455556666:role/cloudmend-member-write",
      ]
    ])
    error_message = "The remediator's own calls match."
  }

  assert {
    condition     = jsondecode(output.rules["default-cloudtrail"].pattern).detail["$or"][1].userIdentity.sessionContext.sessionIssuer.arn == [{ exists = false }]
    error_message = "A user's calls, which have no role, do not match."
  }

  assert {
    condition     = local.settings.CLOUDMEND_OWN_ROLE_ARNS == "arn:aws-us-gov:iam::111122223333:role/cloudmend-remediator,arn:aws-us-gov:iam::444455556666:role/cloudmend-member-write"
    error_message = "The functions are told other roles than the rules."
  }
}

run "a_trail_is_made_by_default" {
  assert {
    condition     = output.trail_arn != null
    error_message = "There is no trail: no change becomes an event."
  }
}

run "a_trail_can_be_left_out" {
  variables {
    create_trail = false
  }

  assert {
    condition     = output.trail_arn == null
    error_message = "There is a trail that nobody asked for."
  }
}

run "without_a_file_nobody_reads_a_configuration" {
  assert {
    condition     = output.configuration == null && !anytrue([for settings in values(local.environment) : contains(keys(settings), "CLOUDMEND_CONFIGURATION")])
    error_message = "A function is told of a configuration that is not there."
  }

  assert {
    condition     = !anytrue([for actions in values(output.role_actions) : contains(actions, "s3:GetObject")])
    error_message = "A role may read objects, and there is none to read."
  }
}

run "the_configuration_is_a_version_of_an_object" {
  variables {
    config_file = "terraform.tfvars.example"
  }

  assert {
    condition     = endswith(output.configuration, "/cloudmend.yaml?versionId=v1")
    error_message = "The functions would read whatever version comes: ${output.configuration}"
  }

  assert {
    condition = alltrue([
      for name, settings in local.environment :
      contains(keys(settings), "CLOUDMEND_CONFIGURATION") == contains(output.role_actions[name], "s3:GetObjectVersion")
    ])
    error_message = "Who is told of the configuration may not read it, or the other way round."
  }

  assert {
    condition = alltrue(flatten([
      for document in values(output.role_policies) : [
        for statement in jsondecode(document).Statement :
        statement.Resource == ["arn:aws-us-gov:s3:::cloudmend-configuration-111122223333-us-gov-west-1/cloudmend.yaml"]
        if contains(statement.Action, "s3:GetObject")
      ]
    ]))
    error_message = "More objects than the configuration may be read."
  }
}

run "what_a_person_has_to_know_has_an_alarm" {
  variables {
    diagnoser       = "claude"
    bedrock_model   = "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"
    bedrock_regions = ["us-gov-east-1"]
  }

  assert {
    condition = output.alarms == sort([
      for alarm in [
        "failed-executions", "dead-letters", "unprocessed", "throttles", "roll-backs", "no-event", "diagnosis-fallback",
        "bedrock-errors", "stopped",
      ] : "cloudmend-${alarm}"
    ])
    error_message = "The alarms are ${jsonencode(output.alarms)}."
  }
}

run "with_pull_requests_an_alarm_tells_of_those_that_cannot_be_read" {
  variables {
    config_file       = "terraform.tfvars.example"
    github_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
  }

  assert {
    condition     = contains(output.alarms, "cloudmend-pull-requests")
    error_message = "Nobody is told when open pull requests cannot be read back: ${jsonencode(output.alarms)}"
  }
}

run "bedrock_has_an_alarm_where_pull_requests_alone_ask_it" {
  variables {
    config_file         = "terraform.tfvars.example"
    github_secret_arn   = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
    pull_request_claude = true
    bedrock_model       = "anthropic.claude-sonnet-4-5-20250929-v1:0"
  }

  assert {
    condition     = contains(output.alarms, "cloudmend-bedrock-errors") && !contains(output.alarms, "cloudmend-diagnosis-fallback")
    error_message = "The alarms are ${jsonencode(output.alarms)}."
  }
}

run "without_a_secret_nobody_is_told_of_github" {
  variables {
    config_file = "terraform.tfvars.example"
  }

  assert {
    condition     = !anytrue([for settings in values(local.environment) : strcontains(jsonencode(keys(settings)), "GITHUB")])
    error_message = "No pull request is to be opened, and a function is told where GitHub is."
  }

  assert {
    condition     = !contains(output.alarms, "cloudmend-pull-requests")
    error_message = "There are no pull requests, and an alarm tells of them."
  }
}

run "the_one_that_opens_pull_requests_is_told_of_github_and_nobody_else" {
  variables {
    config_file       = "terraform.tfvars.example"
    github_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
    github_api_url    = "https://github.example.com/api/v3"
  }

  assert {
    condition = {
      for name, settings in local.environment :
      name => { for key, value in settings : key => value if strcontains(key, "GITHUB") }
      if strcontains(jsonencode(keys(settings)), "GITHUB")
      } == {
      pr-opener = {
        CLOUDMEND_GITHUB_SECRET  = var.github_secret_arn
        CLOUDMEND_GITHUB_ADDRESS = "https://github.example.com/api/v3"
      }
    }
    error_message = "pr-opener is not told of GitHub, or another function is."
  }
}

run "no_alarm_tells_of_claude_where_it_is_not_asked" {
  variables {
    hours_without_event = 0
  }

  assert {
    condition = length(setintersection(
      output.alarms, ["cloudmend-diagnosis-fallback", "cloudmend-bedrock-errors", "cloudmend-no-event"]
    )) == 0
    error_message = "An alarm is there that was switched off."
  }
}

run "the_stack_is_found_by_its_name" {
  variables {
    prefix = "acme-mend"
  }

  assert {
    condition     = output.stack_parameter == "/cloudmend/acme-mend/stack"
    error_message = "The command line looks for another parameter than ${output.stack_parameter}."
  }

  assert {
    condition = alltrue([
      module.stack.parts.tables == output.table_names,
      module.stack.parts.queues == output.queue_urls,
      module.stack.parts.stateMachines == output.state_machine_arns,
      module.stack.parts.bus == output.bus_name,
      module.stack.parts.dryRun == true,
    ])
    error_message = "The stack's parameter does not say what the outputs say."
  }
}

run "nothing_to_break_is_made_unasked" {
  assert {
    condition     = output.drift_test == null
    error_message = "There is a drift test that nobody asked for."
  }
}

run "a_bucket_to_break" {
  variables {
    drift_test = true
  }

  assert {
    condition     = output.drift_test == { bucket = "cloudmend-drift-test-111122223333-us-gov-west-1", security_group_id = null, instance_id = null }
    error_message = "Without a subnet there is more than a bucket: ${jsonencode(output.drift_test)}"
  }
}

run "a_security_group_and_an_instance_to_break" {
  variables {
    drift_test           = true
    drift_test_subnet_id = "subnet-0a1b2c3d4e5f67890"
  }

  assert {
    condition     = output.drift_test.security_group_id != null && output.drift_test.instance_id != null
    error_message = "There is no security group or instance in the subnet."
  }
}

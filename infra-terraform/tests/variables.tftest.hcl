# Bad variables are refused.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "bad_names_and_accounts_are_refused" {
  command = plan

  variables {
    prefix          = "Cloud_Mend"
    trusted_senders = ["1234"]
    own_role_arns   = ["cloudmend-remediator"]
    organization_id = "my-organization"

    drift_test_subnet_id = "my-subnet"
  }

  expect_failures = [
    var.prefix, var.trusted_senders, var.own_role_arns, var.organization_id, var.drift_test_subnet_id,
  ]
}

run "bad_numbers_are_refused" {
  command = plan

  variables {
    log_retention_days   = 42
    trail_retention_days = 0
    archive_days         = -1
    hours_without_event  = 169
    reserved_concurrency = { remediator = 0 }
  }

  expect_failures = [
    var.log_retention_days, var.trail_retention_days, var.archive_days, var.hours_without_event,
    var.reserved_concurrency,
  ]
}

run "an_unknown_function_is_refused" {
  command = plan

  variables {
    reserved_concurrency = { approver = 1 }
  }

  expect_failures = [var.reserved_concurrency]
}

run "an_unknown_diagnoser_and_a_missing_file_are_refused" {
  command = plan

  variables {
    diagnoser   = "gpt"
    config_file = "no-such-file.yaml"
  }

  expect_failures = [var.diagnoser, var.config_file]
}

run "claude_needs_a_model" {
  command = plan

  variables {
    diagnoser = "claude"
  }

  expect_failures = [var.bedrock_model]
}

run "a_profile_needs_its_regions" {
  command = plan

  variables {
    diagnoser     = "claude"
    bedrock_model = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"
  }

  expect_failures = [var.bedrock_regions]
}

run "arns_that_are_none_are_refused" {
  command = plan

  variables {
    kms_key_arn              = "alias/mine"
    permissions_boundary_arn = "boundary"
    alarm_topic_arn          = "my-topic"
  }

  expect_failures = [var.kms_key_arn, var.permissions_boundary_arn, var.alarm_topic_arn]
}

run "mail_goes_with_the_topic_that_is_made" {
  command = plan

  variables {
    alarm_email     = "ops@example.com"
    alarm_topic_arn = "arn:aws-us-gov:sns:us-gov-west-1:111122223333:mine"
  }

  expect_failures = [var.alarm_email]
}

run "members_that_are_none_are_refused" {
  command = plan

  variables {
    member_accounts = ["2222"]
    member_prefix   = "Guard/"
  }

  expect_failures = [var.member_accounts, var.member_prefix]
}

run "a_secret_that_is_many_is_refused" {
  command = plan

  variables {
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:*"
  }

  expect_failures = [var.external_ids_secret_arn]
}

run "a_github_secret_that_is_no_arn_is_refused" {
  command = plan

  variables {
    config_file       = "terraform.tfvars.example"
    github_secret_arn = "github_pat_something"
  }

  expect_failures = [var.github_secret_arn]
}

run "pull_requests_need_a_configuration" {
  command = plan

  variables {
    github_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
  }

  expect_failures = [var.github_secret_arn]
}

run "github_has_a_secret_of_its_own" {
  command = plan

  variables {
    config_file             = "terraform.tfvars.example"
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:both-AbCdEf"
    github_secret_arn       = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:both-AbCdEf"
  }

  expect_failures = [var.github_secret_arn]
}

run "tokens_do_not_travel_in_the_clear" {
  command = plan

  variables {
    github_api_url = "http://github.example.com/api/v3"
    require_tls    = false
  }

  expect_failures = [var.github_api_url]
}

run "an_address_that_only_begins_like_this_machines_is_refused" {
  command = plan

  variables {
    github_api_url = "http://127.0.0.1.example.com"
    require_tls    = false
  }

  expect_failures = [var.github_api_url]
}

run "an_address_with_a_user_is_refused" {
  command = plan

  variables {
    github_api_url = "https://token@api.github.com"
  }

  expect_failures = [var.github_api_url]
}

run "with_tls_http_is_refused_on_this_machine_too" {
  command = plan

  variables {
    github_api_url = "http://127.0.0.1:8080"
  }

  expect_failures = [var.github_api_url]
}

run "an_emulator_may_have_github_on_this_machine" {
  command = plan

  variables {
    github_api_url = "http://127.0.0.1:8080/api/v3"
    require_tls    = false
  }

  assert {
    condition     = var.github_api_url == "http://127.0.0.1:8080/api/v3"
    error_message = "GitHub's address is another."
  }
}

run "claude_writes_for_pull_requests_alone" {
  command = plan

  variables {
    pull_request_claude = true
    bedrock_model       = "anthropic.claude-sonnet-4-5-20250929-v1:0"
  }

  expect_failures = [var.pull_request_claude]
}

run "claude_needs_a_model_for_pull_requests_too" {
  command = plan

  variables {
    config_file         = "terraform.tfvars.example"
    github_secret_arn   = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:github-AbCdEf"
    pull_request_claude = true
  }

  expect_failures = [var.bedrock_model]
}

run "the_deployments_own_account_is_no_member" {
  command = plan

  variables {
    member_accounts         = ["111122223333"]
    external_ids_secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:external-ids-AbCdEf"
  }

  expect_failures = [var.member_accounts]
}

run "members_need_their_external_ids" {
  command = plan

  variables {
    member_accounts = ["222222222222"]
  }

  expect_failures = [var.external_ids_secret_arn]
}

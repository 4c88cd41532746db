data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id
  account   = data.aws_caller_identity.current.account_id

  tags = merge({ Application = "cloudmend", Deployment = var.prefix }, var.tags)

  playbooks = jsondecode(file("${path.module}/iam-actions.json")).playbooks
  lookups   = jsondecode(file("${path.module}/iam-actions.json")).lookups
  tables    = jsondecode(file("${path.module}/tables.json"))
  patterns = {
    for file in fileset("${path.module}/event-patterns", "*.json") :
    trimsuffix(file, ".json") => file("${path.module}/event-patterns/${file}")
    if var.config_items || file != "config-items.json"
  }

  live_playbooks = var.dry_run ? [] : sort(tolist(var.live_playbooks))

  # A dry run writes nothing anywhere.
  security_hub_notes = var.security_hub_notes && !var.dry_run

  function_names = ["intake", "assessor", "diagnoser", "decider", "remediator", "audit-writer", "closer", "pr-opener"]
  # Those that read the configuration; the others get neither its place nor the right.
  configured = ["intake", "assessor", "diagnoser", "decider", "remediator", "pr-opener"]
  # Those that reach target accounts.
  reaching = ["assessor", "remediator"]

  # Without a secret the function that opens pull requests is there, and tells that it has none.
  proposes = var.github_secret_arn != null

  # ARNs made from names, where a reference would go in a circle: roles name what they may call, which runs with them.
  alias_arns = {
    for name in local.function_names :
    name => "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${var.prefix}-${name}:live"
  }
  state_machine_arns = {
    for name in ["remediation", "undo"] :
    name => "arn:${local.partition}:states:${local.region}:${local.account}:stateMachine:${var.prefix}-${name}"
  }
  table_arns = {
    for name in keys(local.tables) :
    name => "arn:${local.partition}:dynamodb:${local.region}:${local.account}:table/${var.prefix}-${name}"
  }
  remediator_role_arn = "arn:${local.partition}:iam::${local.account}:role/${var.prefix}-remediator"
  own_role_arns = distinct(concat(
    [local.remediator_role_arn],
    local.member_role_arns.write,
    sort(tolist(var.own_role_arns)),
  ))

  members       = sort(tolist(var.member_accounts))
  member_prefix = coalesce(var.member_prefix, var.prefix)
  # As modules/member-account names them.
  member_role_arns = {
    for right in ["read", "write"] :
    right => [for account in local.members : "arn:${local.partition}:iam::${account}:role/${local.member_prefix}-member-${right}"]
  }

  # Bucket names are taken world-wide.
  configuration_bucket = "${var.prefix}-configuration-${local.account}-${local.region}"
  configuration_key    = "cloudmend.yaml"
  trail_bucket         = "${var.prefix}-trail-${local.account}-${local.region}"
  drift_test_bucket    = "${var.prefix}-drift-test-${local.account}-${local.region}"

  # An inference profile's id is its model's, after a word for where questions may go.
  profile_pattern = "^(us-gov|us|eu|jp|au|apac|global)\\."
  asks_claude     = { diagnoser = var.diagnoser == "claude", pr-opener = var.pull_request_claude }
  is_profile      = can(regex(local.profile_pattern, var.bedrock_model))
  model           = anytrue(values(local.asks_claude)) ? replace(coalesce(var.bedrock_model, "none"), "/${local.profile_pattern}/", "") : ""
  # A global profile also asks for the model without a region.
  model_regions = concat(
    sort(tolist(setunion(var.bedrock_regions, [local.region]))),
    startswith(coalesce(var.bedrock_model, "none"), "global.") ? [""] : [],
  )
  bedrock_arns = {
    for name, asks in local.asks_claude : name => !asks ? [] : concat(
      local.is_profile ? ["arn:${local.partition}:bedrock:${local.region}:${local.account}:inference-profile/${var.bedrock_model}"] : [],
      [
        for region in local.is_profile ? local.model_regions : [local.region] :
        "arn:${local.partition}:bedrock:${region}::foundation-model/${local.model}"
      ],
    )
  }

  settings = {
    CLOUDMEND_DEPLOYMENT      = var.prefix
    CLOUDMEND_LIVE            = tostring(!var.dry_run)
    CLOUDMEND_TABLES_AUDIT    = "${var.prefix}-audit"
    CLOUDMEND_TABLES_STATE    = "${var.prefix}-state"
    CLOUDMEND_OWN_ROLE_ARNS   = join(",", local.own_role_arns)
    CLOUDMEND_TRUSTED_SENDERS = join(",", sort(tolist(var.trusted_senders)))
    CLOUDMEND_DIAGNOSER       = var.diagnoser
  }

  member_settings = length(local.members) == 0 ? {} : {
    CLOUDMEND_MEMBERS       = join(",", local.members)
    CLOUDMEND_MEMBER_PREFIX = local.member_prefix
    CLOUDMEND_EXTERNAL_IDS  = var.external_ids_secret_arn
  }

  environment = {
    for name in local.function_names : name => merge(
      local.settings,
      contains(local.configured, name) && var.config_file != null ? { CLOUDMEND_CONFIGURATION = module.configuration[0].uri } : {},
      contains(local.reaching, name) ? local.member_settings : {},
      # The first is the one that remediates.
      name == "closer" ? { CLOUDMEND_STATE_MACHINES = join(",", [local.state_machine_arns.remediation, local.state_machine_arns.undo]) } : {},
      name == "pr-opener" && local.proposes ? { CLOUDMEND_GITHUB_SECRET = var.github_secret_arn, CLOUDMEND_GITHUB_ADDRESS = var.github_api_url } : {},
      name == "audit-writer" ? { CLOUDMEND_SECURITY_HUB_NOTES = tostring(local.security_hub_notes) } : {},
    )
  }

  # What the placeholders of the state machines' files stand for.
  placeholders = merge(
    { for name in local.function_names : "${replace(name, "-", "_")}_function" => module.functions.alias_arns[name] },
    {
      partition             = local.partition
      unprocessed_queue_url = module.bus.queue_urls.unprocessed
    },
  )
}

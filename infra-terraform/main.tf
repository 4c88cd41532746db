module "tables" {
  source = "./modules/tables"

  prefix                 = var.prefix
  tables                 = local.tables
  kms_key_arn            = var.kms_key_arn
  deletion_protection    = var.deletion_protection
  point_in_time_recovery = var.point_in_time_recovery
  tags                   = local.tags
}

module "configuration" {
  source = "./modules/configuration"
  count  = var.config_file == null ? 0 : 1

  bucket      = local.configuration_bucket
  key         = local.configuration_key
  file        = var.config_file
  kms_key_arn = var.kms_key_arn
  require_tls = var.require_tls
  partition   = local.partition
  tags        = local.tags
}

module "roles" {
  source = "./modules/roles"

  prefix                   = var.prefix
  partition                = local.partition
  region                   = local.region
  account                  = local.account
  iam_actions              = local.playbooks
  lookup_actions           = local.lookups
  live_playbooks           = local.live_playbooks
  table_arns               = local.table_arns
  alias_arns               = local.alias_arns
  state_machine_arns       = local.state_machine_arns
  unprocessed_queue_arn    = "arn:${local.partition}:sqs:${local.region}:${local.account}:${var.prefix}-unprocessed"
  configuration_object_arn = var.config_file == null ? null : "arn:${local.partition}:s3:::${local.configuration_bucket}/${local.configuration_key}"
  bedrock_arns             = local.bedrock_arns
  member_role_arns         = { read = local.member_role_arns.read, write = length(local.live_playbooks) == 0 ? [] : local.member_role_arns.write }
  external_ids_secret_arn  = length(local.members) == 0 ? null : var.external_ids_secret_arn
  github_secret_arn        = var.github_secret_arn
  security_hub_notes       = local.security_hub_notes
  kms_key_arn              = var.kms_key_arn
  tracing                  = var.tracing
  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = local.tags
}

module "functions" {
  source = "./modules/functions"

  prefix               = var.prefix
  path                 = coalesce(var.functions_path, "${path.module}/../functions")
  role_arns            = module.roles.arns
  environment          = local.environment
  log_retention_days   = var.log_retention_days
  tracing              = var.tracing
  json_logs            = var.json_logs
  snap_start           = var.snap_start
  reserved_concurrency = var.reserved_concurrency
  kms_key_arn          = var.kms_key_arn
  tags                 = local.tags
}

module "state_machine" {
  source   = "./modules/state-machine"
  for_each = local.state_machine_arns

  name               = "${var.prefix}-${each.key}"
  definition         = templatefile("${path.module}/state-machine/${each.key}.asl.json", local.placeholders)
  role_arn           = module.roles.arns["${each.key}-machine"]
  tracing            = var.tracing
  log_retention_days = var.log_retention_days
  kms_key_arn        = var.kms_key_arn
  tags               = local.tags
}

module "bus" {
  source = "./modules/bus"

  prefix                     = var.prefix
  partition                  = local.partition
  region                     = local.region
  account                    = local.account
  patterns                   = local.patterns
  own_role_arns              = local.own_role_arns
  state_machine_arn          = module.state_machine["remediation"].arn
  watched_state_machine_arns = values(local.state_machine_arns)
  rules_role_arn             = module.roles.arns["rules"]
  closer_name                = module.functions.names["closer"]
  closer_alias_arn           = module.functions.alias_arns["closer"]
  pr_opener_name             = module.functions.names["pr-opener"]
  pr_opener_alias_arn        = module.functions.alias_arns["pr-opener"]
  sweeps_pull_requests       = local.proposes
  organization_id            = var.organization_id
  archive_days               = var.archive_days
  require_tls                = var.require_tls
  kms_key_arn                = var.kms_key_arn
  tags                       = local.tags
}

module "trail" {
  source = "./modules/trail"
  count  = var.create_trail ? 1 : 0

  name           = var.prefix
  bucket         = local.trail_bucket
  partition      = local.partition
  region         = local.region
  account        = local.account
  retention_days = var.trail_retention_days
  kms_key_arn    = var.kms_key_arn
  tags           = local.tags
}

module "alarms" {
  source = "./modules/alarms"

  prefix               = var.prefix
  region               = local.region
  topic_arn            = var.alarm_topic_arn
  email                = var.alarm_email
  state_machine_arns   = local.state_machine_arns
  functions            = module.functions.names
  queues               = module.bus.queue_names
  asks_claude          = local.asks_claude
  sweeps_pull_requests = local.proposes
  bedrock_model        = var.bedrock_model
  hours_without_event  = var.hours_without_event
  kms_key_arn          = var.kms_key_arn
  tags                 = local.tags
}

module "stack" {
  source = "./modules/stack"

  prefix = var.prefix
  tags   = local.tags
  parts = {
    prefix        = var.prefix
    dryRun        = var.dry_run
    livePlaybooks = local.live_playbooks
    bus           = module.bus.name
    tables        = module.tables.names
    stateMachines = { for name, machine in module.state_machine : name => machine.arn }
    functions     = module.functions.alias_arns
    queues        = module.bus.queue_urls
    configuration = var.config_file == null ? null : { bucket = local.configuration_bucket, key = local.configuration_key }
  }
}

module "drift_test" {
  source = "./modules/drift-test"
  count  = var.drift_test ? 1 : 0

  prefix    = var.prefix
  bucket    = local.drift_test_bucket
  subnet_id = var.drift_test_subnet_id
  tags      = local.tags
}

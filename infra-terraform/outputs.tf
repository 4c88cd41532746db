output "bus_name" {
  description = "The bus that events are sent to."
  value       = module.bus.name
}

output "bus_arn" {
  description = "The bus's ARN, for modules/event-forwarder."
  value       = module.bus.arn
}

output "state_machine_arns" {
  description = "remediation, undo -> the state machine's ARN."
  value       = { for name, machine in module.state_machine : name => machine.arn }
}

output "table_names" {
  description = "audit, state -> the table's name."
  value       = module.tables.names
}

output "queue_urls" {
  description = "unprocessed, dead-letters -> the queue's URL."
  value       = module.bus.queue_urls
}

output "function_alias_arns" {
  description = "Function -> the ARN of its alias."
  value       = module.functions.alias_arns
}

output "role_arns" {
  description = "Function or service -> the ARN of its role; assessor and remediator go to modules/member-account."
  value       = module.roles.arns
}

output "role_actions" {
  description = "Function or service -> the IAM actions that its role is allowed."
  value       = module.roles.actions
}

output "role_policies" {
  description = "Function or service -> its role's policy document."
  value       = module.roles.policies
}

output "configuration" {
  description = "Where the functions read the configuration; null = the built-in one."
  value       = one(module.configuration[*].uri)
}

output "trail_arn" {
  description = "The trail that was made; null = none."
  value       = one(module.trail[*].arn)
}

output "alarm_topic_arn" {
  description = "The topic that alarms go to."
  value       = module.alarms.topic_arn
}

output "alarms" {
  description = "The names of the alarms."
  value       = module.alarms.alarms
}

output "dashboard" {
  description = "The CloudWatch dashboard."
  value       = module.alarms.dashboard
}

output "rules" {
  description = "Bus and source -> the rule's name, bus and pattern."
  value       = module.bus.rules
}

output "dry_run" {
  description = "Whether nothing is written to target resources."
  value       = var.dry_run
}

output "live_playbooks" {
  description = "The playbooks that may write; none in a dry run."
  value       = local.live_playbooks
}

output "stack_parameter" {
  description = "The SSM parameter by which the command line's --stack finds the parts."
  value       = module.stack.name
}

output "drift_test" {
  description = "What may be broken: bucket, security_group_id, instance_id; null = nothing."
  value       = try({ bucket = module.drift_test[0].bucket, security_group_id = module.drift_test[0].security_group_id, instance_id = module.drift_test[0].instance_id }, null)
}

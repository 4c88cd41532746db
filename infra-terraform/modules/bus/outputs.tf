output "name" {
  description = "The bus's name."
  value       = aws_cloudwatch_event_bus.this.name
}

output "arn" {
  description = "The bus's ARN."
  value       = aws_cloudwatch_event_bus.this.arn
}

output "queue_urls" {
  description = "unprocessed, dead-letters -> the queue's URL."
  value       = { for key, queue in aws_sqs_queue.this : key => queue.url }
}

output "queue_names" {
  description = "unprocessed, dead-letters -> the queue's name."
  value       = local.queues
}

output "rules" {
  description = "Bus and source -> the rule's name, bus and pattern."
  value = {
    for key, rule in aws_cloudwatch_event_rule.source : key => {
      name    = rule.name
      bus     = rule.event_bus_name
      pattern = rule.event_pattern
    }
  }
}

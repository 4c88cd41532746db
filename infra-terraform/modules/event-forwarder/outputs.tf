output "patterns" {
  description = "Source -> the pattern of what is sent."
  value       = local.patterns
}

output "role_arn" {
  description = "The role that sends."
  value       = aws_iam_role.this.arn
}

output "dead_letter_queue_url" {
  description = "The queue of what could not be sent."
  value       = aws_sqs_queue.dead_letters.url
}

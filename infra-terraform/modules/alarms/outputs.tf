output "topic_arn" {
  description = "The topic that alarms go to."
  value       = local.topic_arn
}

output "dashboard" {
  description = "The dashboard's name."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "alarms" {
  description = "The names of the alarms, sorted."
  value = sort(concat(
    [for alarm in aws_cloudwatch_metric_alarm.counted : alarm.alarm_name],
    aws_cloudwatch_metric_alarm.silence[*].alarm_name,
    [aws_cloudwatch_metric_alarm.stopped.alarm_name],
  ))
}

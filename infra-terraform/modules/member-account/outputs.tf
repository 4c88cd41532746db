output "role_arns" {
  description = "read, and in a live run write -> the ARN of the role."
  value       = { for key, role in aws_iam_role.this : key => role.arn }
}

output "policies" {
  description = "read, and in a live run write -> the role's rights, as a policy document."
  value       = { for key, policy in aws_iam_role_policy.this : key => policy.policy }
}

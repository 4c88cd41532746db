output "arns" {
  description = "Function, remediation-machine, undo-machine or rules -> the ARN of its role."
  value       = { for key, role in aws_iam_role.this : key => role.arn }

  # A function must not come to be before its role may do its work.
  depends_on = [aws_iam_role_policy.this]
}

output "policies" {
  description = "Function, remediation-machine, undo-machine or rules -> its rights, as a policy document."
  value       = local.documents
}

output "actions" {
  description = "Function, remediation-machine, undo-machine or rules -> the actions that it is allowed, sorted."
  value = {
    for key, statements in local.rights : key => sort(distinct(flatten([
      for statement in statements : statement.Effect == "Allow" ? flatten([statement.Action]) : []
    ])))
  }
}

output "trust" {
  description = "Function, remediation-machine, undo-machine or rules -> who may take its role, as a policy document."
  value       = { for key, role in aws_iam_role.this : key => role.assume_role_policy }
}

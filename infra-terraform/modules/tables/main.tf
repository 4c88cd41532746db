# The two DynamoDB tables, from the same file as the local ones.

variable "prefix" {
  description = "Begins each table's name."
  type        = string
}

variable "tables" {
  description = "Table name -> keys, attributes, indexes and TTL attribute, as tables.json has them."
  type = map(object({
    hash_key   = string
    range_key  = string
    attributes = list(object({ name = string, type = string }))
    global_secondary_indexes = list(object({
      name            = string
      hash_key        = string
      range_key       = string
      projection_type = string
    }))
    ttl_attribute = optional(string)
  }))
}

variable "kms_key_arn" {
  description = "A KMS key for the tables; null = the key that DynamoDB owns."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether deleting a table is refused."
  type        = bool
  default     = true
}

variable "point_in_time_recovery" {
  description = "Whether a table can be restored to any second of the last 35 days."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of each table."
  type        = map(string)
  default     = {}
}

resource "aws_dynamodb_table" "this" {
  for_each = var.tables

  name                        = "${var.prefix}-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.hash_key
  range_key                   = each.value.range_key
  deletion_protection_enabled = var.deletion_protection

  dynamic "attribute" {
    for_each = each.value.attributes
    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "global_secondary_index" {
    for_each = each.value.global_secondary_indexes
    content {
      name            = global_secondary_index.value.name
      hash_key        = global_secondary_index.value.hash_key
      range_key       = global_secondary_index.value.range_key
      projection_type = global_secondary_index.value.projection_type
    }
  }

  # Of the state table's items only claims, leases and budgets carry the attribute.
  dynamic "ttl" {
    for_each = each.value.ttl_attribute == null ? [] : [each.value.ttl_attribute]
    content {
      enabled        = true
      attribute_name = ttl.value
    }
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  dynamic "server_side_encryption" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  tags = var.tags
}

output "names" {
  description = "Table -> its name in AWS."
  value       = { for key, table in aws_dynamodb_table.this : key => table.name }
}

output "arns" {
  description = "Table -> its ARN."
  value       = { for key, table in aws_dynamodb_table.this : key => table.arn }
}

# The configuration file as an object whose versions stay.

variable "bucket" {
  description = "The bucket's name."
  type        = string
}

variable "key" {
  description = "The object's key."
  type        = string
}

variable "file" {
  description = "The configuration file on this machine."
  type        = string
}

variable "kms_key_arn" {
  description = "A KMS key for the object; null = the key that S3 owns."
  type        = string
  default     = null
}

variable "require_tls" {
  description = "Whether the bucket refuses requests without TLS."
  type        = bool
}

variable "partition" {
  description = "The partition of the account, such as aws."
  type        = string
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
}

resource "aws_s3_bucket" "this" {
  bucket = var.bucket
  tags   = var.tags
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  count = var.require_tls ? 1 : 0

  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      # A refusal: whatever the call is, without TLS it is not taken.
      Action = "s3:*"
      Resource = [
        "arn:${var.partition}:s3:::${var.bucket}",
        "arn:${var.partition}:s3:::${var.bucket}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_object" "this" {
  # Versioning has to be on before the first version is put.
  bucket       = aws_s3_bucket_versioning.this.bucket
  key          = var.key
  source       = var.file
  source_hash  = filemd5(var.file)
  content_type = "application/yaml"
  tags         = var.tags

  depends_on = [aws_s3_bucket_server_side_encryption_configuration.this]
}

output "uri" {
  description = "Where the functions read this very version: s3://bucket/key?versionId=…"
  value       = "s3://${aws_s3_object.this.bucket}/${aws_s3_object.this.key}?versionId=${aws_s3_object.this.version_id}"
}

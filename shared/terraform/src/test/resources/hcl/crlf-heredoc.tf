resource "aws_s3_bucket" "a" {
  policy = <<POLICY
{"Version": "2012-10-17"}
POLICY
  tags   = {}
}

region = "eu-central-1"
ports  = [22, 443]

# tags
tags = {
  "a:b" = "c"
}

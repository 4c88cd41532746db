user_data = <<-EOF
  #!/bin/bash
  %{ for port in var.ports ~}
  open ${port} $${NOT_TERRAFORM} %%{date}
  %{ endfor ~}
  %{ if var.a == "EOF" }yes%{ else }no%{ endif }
  { "unbalanced": "
  EOF

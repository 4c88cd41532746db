a = <<EOT
x
  EOT  	
b = [<<-ONE
  first EOT
  ONE
  , <<TWO
second
TWO
]

null  = 1
true  = 2
for   = 3
in    = 4
if    = { null = 1, true = 2, in = 3 }
block = "not a block"
null "null" {
  null = null
}

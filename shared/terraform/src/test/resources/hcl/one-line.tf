empty "x" {}
blank {   }
with { a = 1 }
with "x" { a = { b = 1 } }

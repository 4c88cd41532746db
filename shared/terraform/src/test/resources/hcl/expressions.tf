locals {
  splats   = [var.a[*].id, var.a.*.id, var.a.0.id, var.a["k"].id, var.a[var.i].id, data.x.y.z]
  chosen   = var.a ? "yes" : var.b ? "perhaps" : "no"
  logic    = !var.a && (var.b || var.c != null) == true
  numbers  = [0, -1, 1.5, 2e10, 3.25E-4, 1 + 2 * 3 % 4 / 5 - -6]
  calls    = merge({ a = 1 }, var.maps...)
  space    = provider::aws::arn_parse (var.arn)
  tuple    = [for i, v in var.list : "${i}-${v.id}" if v.on]
  object   = { for k, v in var.map : k => v... if v != "" }
  over = (
    var.a
    ||
    var.b
  )
  nested = "a ${var.b ? "c ${var.d["e"]} f" : ""} g"
  unicode = "größe 😀 \u00e9 \U0001F600 \"quoted\" \\ \n"
  colons = { "a b" : 1, (var.key) : 2, c = 3
    d = 4,
    "${var.e}-f" = 5
  }
  length = length([for s in var.s : s])
  after_call = jsondecode(var.json).a[0].b
}

# at the top

// another = kind {
/* over
   several lines " */
resource /* here */ "a" "b" { # behind the brace
  # before
  a = 1 /* in between */ + 2 // behind
  b = [ # in a tuple
    1,  # one
    # alone
  ]
} # behind the block
# at the end, without a line end
package dev.cloudmend.terraform.hcl;

/** Makes the values of {@link GeneratedLayout}. */
final class GeneratedTerms {

  static final int DEEPEST = 4;

  private final GeneratedBlanks at;

  GeneratedTerms(GeneratedBlanks at) {
    this.at = at;
  }

  void expression(int depth, boolean lines) {
    if (depth >= DEEPEST) {
      at.add(at.pick("1", "x", "\"t\"", "null", "-1", "a.b", "1.5e-3", "\"größe 👩‍👩‍👧\""));
      return;
    }
    switch (at.random.nextInt(15)) {
      case 0 -> unary(depth, lines);
      case 1, 2 -> binary(depth, lines);
      case 3 -> conditional(depth, lines);
      case 4 -> call(depth);
      case 5 -> parenthesised(depth);
      case 6 -> tuple(depth);
      case 7, 8 -> object(depth);
      case 9 -> loop(depth);
      case 10 -> quoted(depth);
      case 11 -> wrapped(depth);
      case 12 -> steps(lines);
      default -> expression(DEEPEST, lines);
    }
  }

  private void unary(int depth, boolean lines) {
    at.add(at.pick("-", "!"));
    at.gap(lines);
    expression(depth + 1, lines);
  }

  private void binary(int depth, boolean lines) {
    expression(depth + 1, lines);
    at.gap(lines);
    at.add(at.pick("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"));
    at.add(at.pick("", " "));
    at.gap(lines);
    expression(depth + 1, lines);
  }

  private void conditional(int depth, boolean lines) {
    expression(depth + 1, lines);
    at.gap(lines);
    at.add("?");
    at.gap(lines);
    expression(depth + 1, lines);
    at.gap(lines);
    at.add(":");
    at.gap(lines);
    expression(depth + 1, lines);
  }

  private void call(int depth) {
    at.add(at.pick("f", "jsonencode", "provider::aws::arn", "in"));
    at.blanks();
    at.add("(");
    at.gap(true);
    int count = at.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      if (at.random.nextInt(8) == 0) {
        heredoc(depth);
        at.add(at.newline);
      } else {
        expression(depth + 1, true);
      }
      at.gap(true);
      at.add(i + 1 < count ? "," : at.pick("", ",", "..."));
      at.gap(true);
    }
    at.add(")");
  }

  private void parenthesised(int depth) {
    at.add("(");
    at.gap(true);
    expression(depth + 1, true);
    at.gap(true);
    at.add(")");
  }

  private void tuple(int depth) {
    at.add("[");
    at.gap(true);
    int count = at.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      expression(depth + 1, true);
      at.gap(true);
      at.add(i + 1 < count ? "," : at.pick("", ","));
      at.gap(true);
    }
    at.add("]");
  }

  private void object(int depth) {
    at.add("{");
    at.gap(true);
    int count = at.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      at.add(at.pick("a", "\"longer key\"", "(x)", "\"${x}\"", "ключ", "\"한글\"", "1"));
      at.blanks();
      at.add(at.pick("=", "=", ":"));
      at.blanks();
      if (at.random.nextInt(8) == 0) {
        heredoc(depth);
        at.add(at.newline);
      } else {
        expression(depth + 1, false);
        at.gap();
        if (i + 1 < count && at.random.nextBoolean()) {
          at.add(",");
        } else {
          at.lineEnd();
        }
      }
      at.gap(true);
    }
    at.add("}");
  }

  private void loop(int depth) {
    boolean object = at.random.nextBoolean();
    at.add(object ? "{" : "[");
    at.gap(true);
    at.add("for");
    at.add(" ");
    at.gap(true);
    at.add(at.pick("k", "k,v", "k , v"));
    at.add(" ");
    at.gap(true);
    at.add("in");
    at.add(at.pick(" ", at.newline));
    expression(depth + 1, true);
    at.gap(true);
    at.add(":");
    at.gap(true);
    expression(depth + 1, true);
    at.gap(true);
    if (object) {
      at.add("=>");
      at.gap(true);
      expression(depth + 1, true);
      at.gap(true);
      at.add(at.pick("", "..."));
    }
    at.gap(true);
    if (at.random.nextBoolean()) {
      at.add(" if ");
      expression(depth + 1, true);
      at.gap(true);
    }
    at.add(object ? "}" : "]");
  }

  private void quoted(int depth) {
    at.add("\"");
    for (int i = at.random.nextInt(4); i > 0; i--) {
      part(depth);
    }
    at.add("\"");
  }

  private void part(int depth) {
    switch (at.random.nextInt(7)) {
      case 0, 1 -> interpolation(depth);
      case 2 -> {
        at.add(
            at.pick("%{if", "%{ if", "%{~ if  ") + " x" + at.pick("}", " }", "~}", "  ~}") + "y");
        at.add(at.pick("%{endif}", "%{ else }n%{ endif  }", "%{endif~}"));
      }
      default ->
          at.add(at.pick("text ", "$${no}", "%%{no}", "$", "% ", "größe", "  ", "e\u0301", "#="));
    }
  }

  private void interpolation(int depth) {
    at.add(at.pick("${", "${", "${~"));
    at.gap(true);
    expression(depth + 1, true);
    at.gap(true);
    at.add(at.pick("}", "}", "~}"));
  }

  private void wrapped(int depth) {
    at.add("\"");
    interpolation(depth);
    at.add("\"");
  }

  private void steps(boolean lines) {
    at.add(at.pick("a", "each", "data.x", "b[*]", "f(x)"));
    for (int i = at.random.nextInt(4); i > 0; i--) {
      at.gap(lines);
      switch (at.random.nextInt(4)) {
        case 0 -> index();
        case 1 -> at.add("[*]");
        case 2 -> at.add("." + at.pick("", " ") + "b");
        default -> at.add("[" + at.pick("", " ") + "0" + at.pick("", " ") + "]");
      }
    }
  }

  /** Not null, true or false, which fmt drops. */
  private void index() {
    at.add("[");
    at.gap(true);
    at.add(at.pick("x", "-1", "\"t\"", "a.b", "(null)", "1.5", "f(x)[0]"));
    at.gap(true);
    at.add("]");
  }

  void heredoc(int depth) {
    String marker = at.pick("EOT", "Ende");
    at.add((at.random.nextBoolean() ? "<<-" : "<<") + marker + at.newline);
    for (int i = at.random.nextInt(4); i > 0; i--) {
      at.add(at.pick("", "  ", "\t"));
      part(depth);
      at.add(at.pick("", " = 1 {", "# text", "\\n \"", marker) + at.pick("", " "));
      at.add("." + at.newline);
    }
    at.add(at.pick("", "  ", "\t") + marker + at.pick("", "  "));
  }
}

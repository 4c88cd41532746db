package dev.cloudmend.terraform.hcl;

import java.util.Random;

/**
 * Makes files that are HCL and laid out as nobody would: blanks, line ends and comments anywhere
 * between two tokens where the language allows them.
 */
final class GeneratedLayout {

  private final GeneratedBlanks at;
  private final GeneratedTerms terms;

  private GeneratedLayout(GeneratedBlanks at) {
    this.at = at;
    this.terms = new GeneratedTerms(at);
  }

  static String file(Random random) {
    GeneratedBlanks at = new GeneratedBlanks(random);
    if (random.nextInt(20) == 0) {
      at.add("\uFEFF");
    }
    new GeneratedLayout(at).body(0);
    at.add(at.pick("", "", "  ", "\t", "# end", "/* end */ ", "last = 1", "x {} "));
    return at.text();
  }

  private void body(int depth) {
    for (int i = at.random.nextInt(5); i > 0; i--) {
      at.blanks();
      switch (at.random.nextInt(9)) {
        case 0 -> at.lineEnd();
        case 1 -> block(depth);
        case 2 -> oneLineBlock();
        case 3 -> variable();
        default -> argument(depth, i);
      }
      at.gap();
      at.lineEnd();
    }
    at.blanks();
  }

  private void argument(int depth, int number) {
    at.add(at.pick("a", "bucket", "größe", "e\u0301", "名前", "with-dash") + number);
    at.gap();
    at.add("=");
    at.gap();
    if (at.random.nextInt(6) == 0) {
      terms.heredoc(depth);
    } else {
      terms.expression(depth, false);
    }
  }

  private void block(int depth) {
    at.add(at.pick("resource", "dynamic", "variable"));
    labels();
    at.add("{");
    at.gap();
    at.lineEnd();
    if (depth < GeneratedTerms.DEEPEST) {
      body(depth + 1);
    }
    at.add("}");
  }

  private void oneLineBlock() {
    at.add("one");
    labels();
    at.add("{");
    at.blanks();
    if (at.random.nextBoolean()) {
      at.add("a");
      at.blanks();
      at.add("=");
      at.blanks();
      terms.expression(GeneratedTerms.DEEPEST - 1, false);
      at.blanks();
    }
    at.add("}");
  }

  private void variable() {
    at.add("variable \"x\" {" + at.newline);
    at.add(" type");
    at.blanks();
    at.add("=" + at.pick("", " "));
    at.add(
        at.pick(
            "\"string\"",
            "\"list\"",
            "\"map\"",
            "\"set\"",
            "list",
            "map",
            "set",
            "any",
            "\"${list}\"",
            "map(string)",
            "object({a=string,b=list(any)})"));
    at.add(at.newline + "}");
  }

  private void labels() {
    at.gap();
    for (int i = at.random.nextInt(3); i > 0; i--) {
      at.add(
          at.pick(
              "\"a\"",
              "plain",
              "\"a$b\"",
              "\"\"",
              "\"\\u00e9\\\"\"",
              "\"e\u0301\"",
              "\"$\"",
              "\"%%{\"",
              "\"\u00a0\"",
              "\"😀\"",
              "\"\\\\ \\t\"",
              "\"$${x}\""));
      at.blanks();
      at.gap();
    }
  }
}

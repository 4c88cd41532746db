package dev.cloudmend.terraform.hcl;

import java.util.Random;

/** A text that grows, with what may stand between two tokens. */
final class GeneratedBlanks {

  final Random random;
  final String newline;
  private final StringBuilder text = new StringBuilder();

  GeneratedBlanks(Random random) {
    this.random = random;
    this.newline = random.nextInt(5) == 0 ? "\r\n" : "\n";
  }

  String text() {
    return text.toString();
  }

  void gap(boolean lines) {
    if (lines && random.nextInt(5) == 0) {
      lineEnd();
      blanks();
    } else {
      gap();
    }
  }

  void gap() {
    blanks();
    String before = text.substring(Math.max(0, text.length() - 20)).strip();
    boolean afterHeredoc = before.endsWith("EOT") || before.endsWith("Ende");
    if (!afterHeredoc && random.nextInt(12) == 0) {
      add(pick("/* c */", "/**/", "/* = { */"));
      blanks();
    }
  }

  void blanks() {
    add(pick("", "", " ", " ", "  ", "\t", "     "));
  }

  void lineEnd() {
    add(pick("", "", "", " # c = {", "// größe", "#") + newline);
  }

  void add(String part) {
    text.append(part);
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

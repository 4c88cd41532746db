package dev.cloudmend.terraform.hcl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes files that are HCL, with everything that makes HCL hard to edit. */
final class GeneratedHcl {

  private static final List<String> NAMES =
      List.of(
          "a",
          "bucket",
          "null",
          "for_each",
          "type",
          "größe",
          "with-dash",
          "true",
          "in",
          "x1",
          "server_side");

  private final Random random;
  private final String newline;

  private final boolean plain;

  private GeneratedHcl(Random random, String newline, boolean plain) {
    this.random = random;
    this.newline = newline;
    this.plain = plain;
  }

  static String file(Random random) {
    String newline = random.nextInt(4) == 0 ? "\r\n" : "\n";
    GeneratedHcl generated = new GeneratedHcl(random, newline, false);
    String body = generated.body("", 0);
    String mark = random.nextInt(10) == 0 ? "\uFEFF" : "";
    boolean cut = random.nextInt(5) == 0 && body.endsWith("}" + newline);
    return mark + (cut ? body.stripTrailing() : body);
  }

  /**
   * As {@link #file}, with line feeds only and no bracket closed behind its last element's line,
   * for terraform fmt.
   */
  static String plainFile(Random random) {
    return new GeneratedHcl(random, "\n", true).body("", 0);
  }

  String body(String indentation, int depth) {
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append(newline);
        case 1 -> text.append(indentation).append(comment()).append(newline);
        case 2, 3 -> text.append(block(indentation, depth)).append(trailing()).append(newline);
        default -> text.append(attribute(names.get(i), indentation, depth)).append(newline);
      }
    }
    return text.toString();
  }

  private String attribute(String name, String indentation, int depth) {
    String padding = " ".repeat(random.nextInt(3));
    if (random.nextInt(6) == 0) {
      return indentation + name + padding + "= " + heredoc(indentation);
    }
    return indentation + name + padding + "=" + padding + value(indentation, depth) + trailing();
  }

  private String heredoc(String indentation) {
    boolean indented = random.nextBoolean();
    String line = indented ? indentation + "  " : "";
    StringBuilder text = new StringBuilder(indented ? "<<-EOT" : "<<EOT").append(newline);
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(line)
          .append(
              pick(
                  "text",
                  "EOT not the end",
                  "${var.x} and $${literal}",
                  "%{ if var.a }yes%{ else }no%{ endif }",
                  "# no comment",
                  "\"quote\" }",
                  "%%{literal}",
                  "${join(\",\", [var.a])}"))
          .append(newline);
    }
    return text.append(indented ? indentation : "")
        .append("EOT")
        .append(random.nextInt(4) == 0 ? "  " : "")
        .toString();
  }

  private String block(String indentation, int depth) {
    String header = indentation + pick("resource", "ingress", "null", "dynamic") + labels() + " {";
    return switch (depth > 2 ? 0 : random.nextInt(5)) {
      case 0 -> header + "}";
      case 1 -> header + " a = " + line() + " }";
      default ->
          header + trailing() + newline + body(indentation + "  ", depth + 1) + indentation + "}";
    };
  }

  private String labels() {
    return pick("", " \"x\"", " \"aws_s3_bucket\" \"b\"", " \"with \\\" quote\"", " \"größe\"");
  }

  private String value(String indentation, int depth) {
    if (depth > 3) {
      return line();
    }
    String inner = indentation + "  ";
    return switch (random.nextInt(8)) {
      case 0 ->
          several(
              "[",
              "]",
              indentation,
              value(inner, depth + 1) + ",",
              "\"10.0.0.0/8\", " + line() + ",",
              comment());
      case 1 ->
          several(
              "{",
              "}",
              indentation,
              "key = " + value(inner, depth + 1),
              "\"a b\" = " + line() + trailing(),
              "c:1, longer_key = 2",
              "(var.k) = 1,");
      case 2 ->
          "jsonencode({"
              + newline
              + inner
              + "Statement = ["
              + line()
              + "]"
              + newline
              + indentation
              + "})";
      default -> line();
    };
  }

  private String several(String open, String close, String indentation, String... parts) {
    StringBuilder text = new StringBuilder(open).append(newline);
    for (String part : parts) {
      if (random.nextInt(4) > 0) {
        text.append(indentation).append("  ").append(part).append(newline);
      }
    }
    return text.append(indentation).append(close).toString();
  }

  private String line() {
    return pick(
        "1",
        "-1.5e3",
        "true",
        "null",
        "\"\"",
        "\"text\"",
        "\"# no // comment\"",
        "\"\\\"\\\\ \\n \\u00e9\"",
        "\"a ${var.b} c\"",
        "\"${\"nested ${var.x}\"}\"",
        "\"$${literal} %%{literal}\"",
        "\"größe 😀\"",
        "[]",
        "[1, 2]",
        "[\"a\", \"b\",]",
        plain ? "[1,]" : "[ # c" + newline + " 1 ]",
        "{}",
        "{ a = 1 }",
        "{ a = 1, \"b\" : 2 }",
        "var.x",
        "aws_s3_bucket.a[0].id",
        "data.x.y[*].arn",
        "a.*.b",
        "m[\"k\"].v",
        "f()",
        "max(1, var.list...)",
        "provider::aws::arn_parse(var.x)",
        "var.a ? 1 : 2",
        "var.a == null && !var.b || 1 < 2",
        "(1 + 2) * 3 - -var.x % 4",
        "[for v in var.l : v.id if v.on]",
        "{ for k, v in var.m : k => v... }",
        "\"%{ for x in var.l }${x}%{ endfor }\"",
        "f(x).a[0]",
        "1 /* in between */ + 2");
  }

  private String trailing() {
    return random.nextInt(5) == 0 ? " " + comment() : "";
  }

  private String comment() {
    return pick("# comment = 1 {", "// comment \"", "# größe", "#");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

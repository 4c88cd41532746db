package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.Quoted;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.hcl.Template;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for secrets in what a machine is given at its start. */
final class UserData {

  /** An access key id of a user (AKIA) or session (ASIA). */
  private static final Pattern KEY_ID = Pattern.compile("\\b(AKIA|ASIA)[A-Z2-7]{16}\\b");

  private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

  /**
   * A name that says that its value is a secret, and a value that is no reference to one that is
   * kept elsewhere: of a shell variable, of a command's output, of a template.
   */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)[a-z0-9_.-]*(password|passwd|secret|secret[_-]?(access[_-]?)?key|api[_-]?key"
              + "|auth[_-]?token|access[_-]?token)[\\\\\"']*\\s*[=:]\\s*[\\\\\"']*"
              + "(?![$<{%`*x])[^\\s\\\\\"'$<{%`;&|,]{6,}");

  private UserData() {}

  /** The arguments that hold one. */
  static List<Span> secrets(ResourceBlock resource) {
    return Stream.of("user_data", "user_data_base64")
        .flatMap(name -> resource.block().attribute(name).stream())
        .filter(attribute -> holdsSecret(resource, attribute))
        .map(Attribute::span)
        .toList();
  }

  private static boolean holdsSecret(ResourceBlock resource, Attribute attribute) {
    return Stream.concat(resource.value(attribute.name()).text().stream(), texts(attribute.value()))
        .flatMap(text -> Stream.concat(Stream.of(text), decoded(text).stream()))
        .anyMatch(UserData::isSecret);
  }

  private static boolean isSecret(String text) {
    return KEY_ID.matcher(text).find()
        || PRIVATE_KEY.matcher(text).find()
        || ASSIGNMENT.matcher(text).find();
  }

  /** The texts in an expression. What is filled in is shown by a sign that no value begins with. */
  private static Stream<String> texts(Expression expression) {
    Stream<String> own =
        switch (expression) {
          case Quoted quoted -> Stream.of(text(quoted.parts()));
          case Heredoc heredoc -> Stream.of(text(heredoc.parts()));
          default -> Stream.of();
        };
    return Stream.concat(own, expression.children().stream().flatMap(UserData::texts));
  }

  private static String text(List<Template> parts) {
    var text = new StringBuilder();
    for (Template part : parts) {
      text.append(part instanceof Template.Text literal ? literal.value() : "$");
    }
    return text.toString();
  }

  private static Optional<String> decoded(String text) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.strip());
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

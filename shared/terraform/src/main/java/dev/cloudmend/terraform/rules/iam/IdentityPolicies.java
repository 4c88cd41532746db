package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.PolicyDocument;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The statements of a module's IAM policies, each where it is written. */
final class IdentityPolicies {

  private static final String DOCUMENT = "aws_iam_policy_document";

  private static final List<String> TYPES =
      List.of(
          "aws_iam_policy", "aws_iam_group_policy", "aws_iam_role_policy", "aws_iam_user_policy");

  private static final String PERMISSION_SET = "aws_ssoadmin_permission_set_inline_policy";

  private IdentityPolicies() {}

  /** The types of resources whose statements are looked at. */
  static List<String> types() {
    return Stream.of(TYPES.stream(), Stream.of(PERMISSION_SET, DOCUMENT))
        .flatMap(types -> types)
        .toList();
  }

  /**
   * The statements that allow too much, one violation each.
   *
   * @param message what is wrong with one, after its name
   * @param reason why no edit is made
   */
  static List<Violation> violations(
      RuleInfo rule,
      Module module,
      Predicate<PolicyStatement> tooMuch,
      String message,
      String reason) {
    Stream<Violation> written =
        Stream.concat(
                TYPES.stream()
                    .flatMap(type -> module.resources(type).stream())
                    .flatMap(resource -> PolicyDocument.of(resource, "policy").stream()),
                module.resources(PERMISSION_SET).stream()
                    .flatMap(resource -> PolicyDocument.of(resource, "inline_policy").stream()))
            .filter(policy -> !isDocument(policy))
            .flatMap(
                policy ->
                    policy.statements().stream()
                        .filter(tooMuch)
                        .map(
                            statement ->
                                violation(
                                    rule,
                                    policy.resource(),
                                    policy.place(statement),
                                    statement,
                                    message,
                                    reason)));
    Stream<Violation> documents =
        module.data(DOCUMENT).stream()
            .flatMap(
                data ->
                    PolicyDocument.statements(data).stream()
                        .filter(tooMuch)
                        .map(
                            statement ->
                                violation(
                                    rule, data, statement.place(), statement, message, reason)));
    return Stream.concat(written, documents).toList();
  }

  private static Violation violation(
      RuleInfo rule,
      ResourceBlock in,
      Span place,
      PolicyStatement statement,
      String message,
      String reason) {
    return new Violation(
        rule, in, place, statement.name() + " " + message, new Remedy.None(reason));
  }

  /** Then its statements are found where they are written. */
  private static boolean isDocument(PolicyDocument policy) {
    return policy.argument().value().references().stream()
        .anyMatch(
            reference -> reference.root().equals("data") && reference.names().contains(DOCUMENT));
  }
}

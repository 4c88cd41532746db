package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A field of the account's password policy is weaker than the baseline; a stricter one stays. */
final class PasswordPolicyField implements SourceRule {

  private static final String POLICY = "aws_iam_account_password_policy";

  private final String field;
  private final String wanted;
  private final Predicate<Value> isWeak;
  private final RuleInfo info;

  private PasswordPolicyField(
      String id,
      String title,
      String why,
      String field,
      String wanted,
      Predicate<Value> isWeak,
      List<String> checkov,
      List<String> trivy) {
    this.field = field;
    this.wanted = wanted;
    this.isWeak = isWeak;
    this.info =
        new RuleInfo(
            id,
            title,
            why,
            Severity.MEDIUM,
            Safety.LITERAL,
            checkov,
            trivy,
            List.of("iam-password-policy"),
            List.of(POLICY));
  }

  static List<PasswordPolicyField> all() {
    return List.of(
        new PasswordPolicyField(
            "iam-password-policy-length",
            "IAM passwords have at least 14 characters",
            "Each character more makes a password many times harder to guess.",
            "minimum_password_length",
            "14",
            value -> isNoMoreThan(value, 13),
            List.of("CKV_AWS_10"),
            List.of("AWS-0063")),
        character("lowercase", "a lowercase letter", "lowercase_characters", "11", "AWS-0058"),
        character("uppercase", "an uppercase letter", "uppercase_characters", "15", "AWS-0061"),
        character("numbers", "a digit", "numbers", "12", "AWS-0059"),
        character("symbols", "a symbol", "symbols", "14", "AWS-0060"),
        reuse(
            "iam-password-policy-reuse",
            "IAM users cannot go on with one of their last five passwords",
            value -> isNoMoreThan(value, 4),
            List.of("AWS-0056")),
        reuse(
            "iam-password-policy-reuse-24",
            "IAM users cannot go on with one of their last 24 passwords",
            value -> isNoMoreThan(value, 23) && !isNoMoreThan(value, 4),
            List.of()),
        new PasswordPolicyField(
            "iam-password-policy-age",
            "IAM passwords expire within 90 days",
            """
            A password that leaked opens the console until it is changed. Without a highest age \
            that is never.""",
            "max_password_age",
            "90",
            value -> isNoMoreThan(value, 0) || number(value).filter(days -> days > 90).isPresent(),
            List.of("CKV_AWS_9"),
            List.of("AWS-0062")));
  }

  private static PasswordPolicyField character(
      String id, String what, String field, String checkov, String trivy) {
    return new PasswordPolicyField(
        "iam-password-policy-" + id,
        "IAM passwords need " + what,
        "A password of few kinds of characters is found by trying.",
        "require_" + field,
        "true",
        Value::isCertainlyNotTrue,
        List.of("CKV_AWS_" + checkov),
        List.of(trivy));
  }

  private static PasswordPolicyField reuse(
      String id, String title, Predicate<Value> isWeak, List<String> trivy) {
    return new PasswordPolicyField(
        id,
        title,
        "A password that leaked once is tried again: who may go back to it, will.",
        "password_reuse_prevention",
        "24",
        isWeak,
        List.of("CKV_AWS_13"),
        trivy);
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources(POLICY).stream()
        .filter(policy -> isWeak.test(policy.value(field)))
        .map(this::violation)
        .toList();
  }

  private Violation violation(ResourceBlock policy) {
    Body body = policy.block().body();
    return new Violation(
        info,
        policy,
        body.attribute(field).map(Attribute::span).orElse(policy.block().header()),
        policy
            .value(field)
            .text()
            .map(value -> field + " is " + value)
            .orElse(field + " is not set"),
        Remedies.set(policy, body, field, wanted));
  }

  /** What is not set is as weak as zero. */
  private static boolean isNoMoreThan(Value value, int most) {
    return value instanceof Value.Unset || number(value).filter(given -> given <= most).isPresent();
  }

  private static Optional<Integer> number(Value value) {
    return value.text().filter(text -> text.matches("\\d{1,6}")).map(Integer::valueOf);
  }
}

package dev.cloudmend.playbooks.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.Target;
import dev.cloudmend.model.Text;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.LiveState;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.PasswordBaseline;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Strengthens an account's password policy, field by field, to the configured baseline. A field
 * that is stricter already stays.
 *
 * <p>The state is the policy as UpdateAccountPasswordPolicy takes it, or JSON null where the
 * account has none and AWS's default holds.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html">Set
 *     an account password policy for IAM users</a>
 */
public final class PasswordPolicy implements Playbook {

  private static final String NO_POLICY = "NoSuchEntity";

  private static final PlaybookInfo INFO =
      new PlaybookInfo(
          "iam-password-policy",
          "1",
          "IAM password policy is strong",
          """
          The password of an IAM user opens the console from anywhere. A short or reused one is \
          guessed or found in a leak; the account's password policy keeps people from choosing it.""",
          """
          Raises each field that is weaker than the baseline, by default 14 characters of all four \
          types and 24 former passwords refused. Stricter fields stay, an expiry is only added where \
          the baseline asks for one. Existing passwords stay valid until they are changed.""",
          Tier.auto,
          "iam",
          "AWS::::Account",
          List.of(
              "IAM Password Policy",
              "Password Policy",
              "IAM Account Password Policy",
              "Account Password Policy",
              "AWS Password Policy",
              "IAM Password Policy Strength",
              "Strong IAM Password Policy",
              "IAM Password Policy Minimum Length",
              "IAM Password Policy Minimum Length 14",
              "IAM Password Policy Prevents Reuse",
              "Password policies for IAM users should have strong configurations",
              "Ensure IAM password policy requires at least one uppercase letter",
              "Ensure IAM password policy requires at least one lowercase letter",
              "Ensure IAM password policy requires at least one symbol",
              "Ensure IAM password policy requires at least one number",
              "Ensure IAM password policy requires minimum password length of 14 or greater",
              "Ensure IAM password policy requires minimum length of 14 or greater",
              "Ensure IAM password policy prevents password reuse",
              "IAM.7",
              "IAM.11",
              "IAM.12",
              "IAM.13",
              "IAM.14",
              "IAM.15",
              "IAM.16",
              "iam_password_policy_uppercase",
              "iam_password_policy_lowercase",
              "iam_password_policy_symbol",
              "iam_password_policy_number",
              "iam_password_policy_minimum_length_14",
              "iam_password_policy_reuse_24",
              "CKV_AWS_10",
              "CKV_AWS_11",
              "CKV_AWS_12",
              "CKV_AWS_13",
              "CKV_AWS_14",
              "CKV_AWS_15"),
          List.of(
              new Control("Security Hub", "IAM.7"),
              new Control("Security Hub", "IAM.11"),
              new Control("Security Hub", "IAM.12"),
              new Control("Security Hub", "IAM.13"),
              new Control("Security Hub", "IAM.14"),
              new Control("Security Hub", "IAM.15"),
              new Control("Security Hub", "IAM.16"),
              new Control("CIS AWS Foundations v3.0", "1.8"),
              new Control("CIS AWS Foundations v3.0", "1.9"),
              new Control("AWS Config", "iam-password-policy"),
              new Control("Prowler", "iam_password_policy_uppercase"),
              new Control("Prowler", "iam_password_policy_lowercase"),
              new Control("Prowler", "iam_password_policy_symbol"),
              new Control("Prowler", "iam_password_policy_number"),
              new Control("Prowler", "iam_password_policy_minimum_length_14"),
              new Control("Prowler", "iam_password_policy_reuse_24"),
              new Control("Checkov", "CKV_AWS_10"),
              new Control("Checkov", "CKV_AWS_11"),
              new Control("Checkov", "CKV_AWS_12"),
              new Control("Checkov", "CKV_AWS_13"),
              new Control("Checkov", "CKV_AWS_14"),
              new Control("Checkov", "CKV_AWS_15"),
              new Control("NIST 800-53 r5", "AC-2(1)"),
              new Control("NIST 800-53 r5", "AC-2(3)"),
              new Control("NIST 800-53 r5", "AC-3(15)"),
              new Control("NIST 800-53 r5", "IA-5(1)"),
              new Control("PCI DSS 4.0", "8.3.6"),
              new Control("PCI DSS 4.0", "8.3.7"),
              new Control("PCI DSS 4.0", "8.6.3")),
          List.of(Operations.GET_ACCOUNT_PASSWORD_POLICY),
          List.of(
              Operations.UPDATE_ACCOUNT_PASSWORD_POLICY, Operations.DELETE_ACCOUNT_PASSWORD_POLICY),
          List.of("UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"),
          Reversibility.EXACT,
          false,
          new Example(
              "Eight characters of any type; the expiry stays",
              Json.parse(
                  """
                  {"MinimumPasswordLength": 8, "RequireSymbols": false, "RequireNumbers": true, \
                  "RequireUppercaseCharacters": false, "RequireLowercaseCharacters": true, \
                  "AllowUsersToChangePassword": true, "HardExpiry": false, "MaxPasswordAge": 90}"""),
              Json.parse(
                  """
                  {"MinimumPasswordLength": 14, "RequireSymbols": true, "RequireNumbers": true, \
                  "RequireUppercaseCharacters": true, "RequireLowercaseCharacters": true, \
                  "AllowUsersToChangePassword": true, "HardExpiry": false, "MaxPasswordAge": 90, \
                  "PasswordReusePrevention": 24}""")));

  @Override
  public PlaybookInfo info() {
    return INFO;
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return LiveState.of(
        resource.account(),
        aws,
        () -> {
          if (!resource.arn().isAccount() || !resource.arn().account().equals(resource.account())) {
            return new Assessment.NotApplicable(
                Text.shown(resource.arn().toString(), 200)
                    + " is not the account; expected arn:"
                    + resource.arn().partition()
                    + ":iam::"
                    + resource.account()
                    + ":root");
          }
          return assess(resource, baselines.passwordPolicy(), aws);
        });
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    return state(live(aws));
  }

  private static Assessment assess(ResourceRef resource, PasswordBaseline baseline, AwsReader aws) {
    Optional<PolicyFields> live = live(aws);
    if (live.isEmpty() && PolicyFields.defaultIsEnough(baseline)) {
      return new Assessment.Compliant();
    }
    if (live.isEmpty() && PolicyFields.firstIsWeaker(baseline)) {
      return new Assessment.Blocked(
          "the account has no password policy, so AWS's default asks for three of the four"
              + " character types; a policy by the configured baseline would ask for fewer");
    }
    PolicyFields target =
        live.map(fields -> fields.strengthened(baseline))
            .orElseGet(() -> PolicyFields.first(baseline));
    if (live.isPresent() && target.equals(live.get())) {
      return new Assessment.Compliant();
    }
    if (target.expiresSoonerThan(live) && target.hardExpiry()) {
      return new Assessment.Blocked(
          "passwords older than "
              + target.maxAge()
              + " days would expire at once, and the policy's hard expiry would lock their users"
              + " out until an administrator resets them");
    }
    JsonNode before = state(live);
    return new Assessment.Violating(
        new Change(
            new Target(
                resource.arn().partition(), resource.account(), Target.GLOBAL, resource.arn()),
            INFO.id(),
            INFO.version(),
            before,
            target.toJson(),
            List.of(update(target.toJson())),
            List.of(
                live.map(fields -> update(fields.toJson()))
                    .orElseGet(() -> call("DeleteAccountPasswordPolicy", Json.object()))),
            Reversibility.EXACT,
            null,
            "Strengthen the password policy of account " + resource.account(),
            warnings(live, target),
            Json.object()));
  }

  private static List<String> warnings(Optional<PolicyFields> live, PolicyFields target) {
    var warnings = new ArrayList<String>();
    warnings.add(
        "The new demands hold from the next change of each password; programs that make or change"
            + " passwords have to meet them.");
    if (live.isEmpty()) {
      warnings.add("The account had no policy of its own; it gets its first one.");
    }
    if (target.expiresSoonerThan(live)) {
      warnings.add(
          "Passwords older than "
              + target.maxAge()
              + " days expire at once; their users have to choose a new one when they sign in.");
    }
    return warnings;
  }

  private static Optional<PolicyFields> live(AwsReader aws) {
    try {
      ObjectNode answer = aws.read(call("GetAccountPasswordPolicy", Json.object()));
      return Optional.of(PolicyFields.of(answer.path("PasswordPolicy")));
    } catch (AwsCallException e) {
      if (e.code().equals(NO_POLICY)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static JsonNode state(Optional<PolicyFields> live) {
    return live.<JsonNode>map(PolicyFields::toJson).orElse(NullNode.getInstance());
  }

  private static ApiCall update(ObjectNode fields) {
    return call("UpdateAccountPasswordPolicy", fields);
  }

  private static ApiCall call(String operation, ObjectNode parameters) {
    return new ApiCall("iam", operation, Target.GLOBAL, parameters);
  }
}

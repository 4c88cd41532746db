package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.terraform.rules.SourceRule;
import java.util.List;
import java.util.stream.Stream;

/** The rules about IAM. */
public final class IamRules {

  private IamRules() {}

  /** All of them, in the order in which they are listed. */
  public static List<SourceRule> all() {
    return Stream.of(
            PasswordPolicyField.all(),
            List.of(
                new UserPolicies(),
                new AdminPolicies(),
                new AnyAction(),
                new S3FullAccess(),
                new GroupMfa()))
        .<SourceRule>flatMap(List::stream)
        .toList();
  }
}

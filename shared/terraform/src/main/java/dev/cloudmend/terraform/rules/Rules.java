package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.rules.ec2.Ec2Rules;
import dev.cloudmend.terraform.rules.iam.IamRules;
import dev.cloudmend.terraform.rules.s3.S3Rules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that come with Cloudmend. */
public final class Rules {

  private static final List<SourceRule> STANDARD =
      Stream.of(S3Rules.all(), IamRules.all(), Ec2Rules.all()).flatMap(List::stream).toList();

  private Rules() {}

  /** All of them, in the order in which they are listed. */
  public static List<SourceRule> standard() {
    return STANDARD;
  }

  /** The rule of this id. */
  public static Optional<SourceRule> byId(String id) {
    return STANDARD.stream().filter(rule -> rule.info().id().equals(id)).findFirst();
  }

  /** The rules that make a playbook's fix in source. */
  public static List<SourceRule> ofPlaybook(String playbook) {
    return STANDARD.stream().filter(rule -> rule.info().playbooks().contains(playbook)).toList();
  }
}

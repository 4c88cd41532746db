package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.BodyItem;
import dev.cloudmend.terraform.hcl.Edits;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The default security group of a VPC lets nothing through. */
final class DefaultGroup {

  private static final String TYPE = "aws_default_security_group";
  private static final String WHY =
      "What is started without a group of its own gets this one, and with it whatever the group"
          + " lets through.";
  private static final String PLAYBOOK = "ec2-default-security-group-closed";

  private static final String CUTS =
      "what uses the default group is cut off: give it a group of its own first";
  private static final List<String> RULES =
      List.of(
          "aws_security_group_rule",
          "aws_vpc_security_group_ingress_rule",
          "aws_vpc_security_group_egress_rule");

  private DefaultGroup() {}

  static SourceRule closed() {
    return new Closed();
  }

  static SourceRule declared() {
    return new Declared();
  }

  private static final class Closed implements SourceRule {

    private static final RuleInfo INFO =
        new RuleInfo(
            PLAYBOOK,
            "Default security group has no rules",
            WHY,
            Severity.HIGH,
            Safety.BREAKING,
            List.of("CKV2_AWS_12"),
            List.of("AWS-0173"),
            List.of(PLAYBOOK),
            Stream.concat(Stream.of(TYPE), RULES.stream()).toList());

    @Override
    public RuleInfo info() {
      return INFO;
    }

    @Override
    public List<Violation> violations(Module module, RuleSettings settings) {
      var found = new ArrayList<Violation>();
      for (ResourceBlock group : module.resources(TYPE)) {
        RULES.stream()
            .flatMap(type -> module.referring(type, "security_group_id", group, "id").stream())
            .map(Closed::added)
            .forEach(found::add);
        for (String direction : List.of(TrafficRules.INGRESS, TrafficRules.EGRESS)) {
          List<BodyItem> rules = rules(group, direction);
          if (!rules.isEmpty()) {
            found.add(
                new Violation(
                    INFO,
                    group,
                    rules.getFirst().span(),
                    "the default security group has %s rules".formatted(direction),
                    remedy(group, direction, rules)));
          }
        }
      }
      return found;
    }

    /** A rule that is a resource of its own. */
    private static Violation added(ResourceBlock rule) {
      return new Violation(
          INFO,
          rule,
          rule.block().header(),
          "the rule is one of the default security group",
          Uses.keeps(rule)
              .<Remedy>map(reason -> new Remedy.None("the rule is not edited: " + reason))
              .orElseGet(
                  () ->
                      Remedies.warning(
                          Remedies.edit(rule, edits -> edits.remove(rule.block())), CUTS)));
    }

    private static List<BodyItem> rules(ResourceBlock group, String direction) {
      return group.block().body().items().stream()
          .filter(
              item ->
                  switch (item) {
                    case Attribute attribute ->
                        attribute.name().equals(direction)
                            && attribute.value() instanceof Tuple list
                            && !list.elements().isEmpty();
                    case Block block ->
                        block.is(direction)
                            || (block.is("dynamic", direction)
                                && !TrafficRules.inside(group, direction).isEmpty());
                  })
          .toList();
    }

    private static Remedy remedy(ResourceBlock group, String direction, List<BodyItem> rules) {
      if (group.ignoresChangesOf(direction)) {
        return new Remedy.None(
            "lifecycle.ignore_changes of "
                + group.address()
                + " names "
                + direction
                + ": Terraform would not apply the edit");
      }
      return Remedies.warning(
          Remedies.edit(group, edits -> close(edits, group, direction, rules)), CUTS);
    }

    /** Without an empty list, Terraform would leave the rules that are there as they are. */
    private static void close(
        Edits edits, ResourceBlock group, String direction, List<BodyItem> rules) {
      if (rules.getFirst() instanceof Attribute attribute) {
        edits.replace(attribute.value(), "[]");
        return;
      }
      Span whole = new Span(rules.getFirst().span().start(), rules.getLast().span().end());
      boolean together =
          group.block().body().items().stream()
              .filter(item -> whole.contains(item.span()))
              .allMatch(rules::contains);
      if (together) {
        edits.replace(whole, direction + " = []");
      } else {
        edits.replace(rules.getFirst().span(), direction + " = []");
        rules.stream().skip(1).forEach(edits::remove);
      }
    }
  }

  private static final class Declared implements SourceRule {

    private static final RuleInfo INFO =
        new RuleInfo(
            "ec2-vpc-default-security-group",
            "VPC's default security group is taken over and closed",
            WHY,
            Severity.MEDIUM,
            Safety.BREAKING,
            List.of("CKV2_AWS_12"),
            List.of("AWS-0173"),
            List.of(PLAYBOOK),
            List.of("aws_vpc"));

    @Override
    public RuleInfo info() {
      return INFO;
    }

    @Override
    public List<Violation> violations(Module module, RuleSettings settings) {
      return Beside.vpcsWithout(module, TYPE).stream()
          .map(
              vpc ->
                  new Violation(
                      INFO,
                      vpc,
                      vpc.block().header(),
                      "nothing closes the default security group of the VPC",
                      Remedies.warning(
                          Remedies.sibling(vpc, TYPE, one -> "vpc_id = " + one + ".id"), CUTS)))
          .toList();
    }
  }
}

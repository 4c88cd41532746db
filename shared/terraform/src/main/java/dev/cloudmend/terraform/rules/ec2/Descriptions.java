package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Security groups and their rules have a description. What is written says no more than the source
 * does: the name, the direction and the ports.
 */
final class Descriptions {

  private static final String DESCRIPTION = "description";

  /** What Terraform writes where nobody did. */
  private static final String DEFAULT = "Managed by Terraform";

  private Descriptions() {}

  static SourceRule ofGroups() {
    return new OfGroups();
  }

  static SourceRule ofRules() {
    return new OfRules();
  }

  private static boolean isMissing(Value value) {
    return value instanceof Value.Unset
        || value
            .text()
            .map(String::strip)
            .filter(t -> t.isEmpty() || t.equals(DEFAULT))
            .isPresent();
  }

  /** The chars that AWS takes in a description, and no more of them than it takes. */
  private static String text(String text) {
    String plain = text.replaceAll("[^a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]", " ");
    return HclText.string(plain.length() > 255 ? plain.substring(0, 255) : plain);
  }

  private static final class OfGroups implements SourceRule {

    private static final RuleInfo INFO =
        new RuleInfo(
            "ec2-security-group-description",
            "Security group has a description",
            "Whoever has to decide whether a group is still needed has nothing to go by.",
            Severity.LOW,
            Safety.BREAKING,
            List.of("CKV_AWS_23"),
            List.of("AWS-0099"),
            List.of(),
            List.of("aws_security_group"));

    @Override
    public RuleInfo info() {
      return INFO;
    }

    @Override
    public List<Violation> violations(Module module, RuleSettings settings) {
      return module.resources("aws_security_group").stream()
          .filter(group -> isMissing(group.value(DESCRIPTION)))
          .map(
              group ->
                  new Violation(
                      INFO,
                      group,
                      ArgumentRule.place(group, group.block().body(), DESCRIPTION),
                      "the group has no description",
                      Remedies.warning(
                          Remedies.set(
                              group,
                              group.block().body(),
                              DESCRIPTION,
                              text("Security group " + name(group))),
                          "AWS cannot change the description of a group that is there: it is"
                              + " replaced, which fails while something uses it unless the new one"
                              + " is created first under another name")))
          .toList();
    }
  }

  private static String name(ResourceBlock resource) {
    return resource.value("name").text().orElse(resource.name());
  }

  private static final class OfRules implements SourceRule {

    private static final RuleInfo INFO =
        new RuleInfo(
            "ec2-security-group-rule-description",
            "Security group rules have a description",
            "Whoever has to decide whether a rule is still needed has nothing to go by.",
            Severity.LOW,
            Safety.LITERAL,
            List.of("CKV_AWS_23"),
            List.of("AWS-0124"),
            List.of(),
            List.of(
                "aws_security_group",
                "aws_default_security_group",
                "aws_security_group_rule",
                "aws_vpc_security_group_ingress_rule",
                "aws_vpc_security_group_egress_rule"));

    @Override
    public RuleInfo info() {
      return INFO;
    }

    @Override
    public List<Violation> violations(Module module, RuleSettings settings) {
      return Stream.of(TrafficRules.INGRESS, TrafficRules.EGRESS)
          .flatMap(direction -> TrafficRules.ofGroups(module, direction).stream())
          .filter(rule -> isMissing(rule.fields().value(DESCRIPTION)))
          .filter(onePerPlace())
          .map(OfRules::violation)
          .toList();
    }

    /** The rounds of a {@code for_each} share the place where the description would stand. */
    private static Predicate<TrafficRule> onePerPlace() {
      var seen = new HashSet<String>();
      return rule -> seen.add(rule.resource().file().path() + rule.place());
    }

    private static Violation violation(TrafficRule rule) {
      return new Violation(
          INFO,
          rule.resource(),
          rule.place(),
          "the %s rule has no description".formatted(rule.direction()),
          remedy(rule));
    }

    private static Remedy remedy(TrafficRule rule) {
      if (rule.fields().varies(DESCRIPTION)) {
        return new Remedy.None("description is not edited: it differs from round to round");
      }
      String description = text(describe(rule));
      return rule.fields()
          .body()
          .map(body -> Remedies.set(rule.resource(), body, DESCRIPTION, description))
          .orElseGet(
              () ->
                  rule.isIgnored(DESCRIPTION)
                      ? new Remedy.None(
                          "lifecycle.ignore_changes of "
                              + rule.resource().address()
                              + " names it: Terraform would not apply the edit")
                      : Remedies.edit(
                          rule.resource(),
                          edits ->
                              edits.setEntry(
                                  rule.fields().object().orElseThrow(), DESCRIPTION, description)));
    }

    /** Such as {@code Ingress tcp 443 of web}; without ports where rounds differ in them. */
    private static String describe(TrafficRule rule) {
      boolean same =
          Stream.of("protocol", "ip_protocol", "from_port", "to_port")
              .noneMatch(rule.fields()::varies);
      String ports = same ? rule.ports().map(known -> " " + known.shown()).orElse("") : "";
      return rule.direction().substring(0, 1).toUpperCase(Locale.ROOT)
          + rule.direction().substring(1)
          + ports
          + " of "
          + name(rule.resource());
    }
  }
}

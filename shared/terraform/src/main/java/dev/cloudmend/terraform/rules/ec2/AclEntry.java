package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.ec2.TrafficRule.Form;
import java.util.List;
import java.util.Optional;

/**
 * An inbound entry of a network ACL. Entries are gone through by their number, and the first that
 * matches decides.
 *
 * @param ports what it is about, where that is known and has ports
 */
record AclEntry(TrafficRule rule, Optional<Ports> ports) {

  static List<AclEntry> inbound(Module module) {
    return TrafficRules.inboundOfAcls(module).stream()
        .map(rule -> new AclEntry(rule, rule.ports()))
        .toList();
  }

  boolean allows() {
    return TrafficRules.allows(rule);
  }

  boolean denies() {
    return TrafficRules.action(rule).text().filter("deny"::equalsIgnoreCase).isPresent();
  }

  /** The arguments with a range that is the world. */
  List<String> world() {
    return List.of("cidr_block", "ipv6_cidr_block").stream()
        .filter(name -> World.is(rule.fields().value(name).text()))
        .toList();
  }

  Optional<Integer> number() {
    String name = rule.form() instanceof Form.Own ? "rule_number" : "rule_no";
    return rule.fields()
        .value(name)
        .text()
        .filter(text -> text.matches("[0-9]{1,5}"))
        .map(Integer::parseInt);
  }

  /** Whether it belongs to the same ACL as another one, as far as can be told. */
  boolean sharesAcl(AclEntry other) {
    ResourceBlock own = rule.resource();
    ResourceBlock others = other.rule.resource();
    return own.address().equals(others.address())
        || isIn(own, others)
        || isIn(others, own)
        || (acl(own).isPresent() && acl(own).equals(acl(others)));
  }

  private static boolean isIn(ResourceBlock entry, ResourceBlock acl) {
    return entry
        .block()
        .attribute("network_acl_id")
        .filter(id -> acl.isMeantBy(id.value()))
        .isPresent();
  }

  /** What stands for the ACL, as it is written. */
  private static Optional<String> acl(ResourceBlock entry) {
    return entry.block().attribute("network_acl_id").map(id -> written(entry, id.value()));
  }

  private static String written(ResourceBlock entry, Expression expression) {
    return entry.file().text(expression.span());
  }
}

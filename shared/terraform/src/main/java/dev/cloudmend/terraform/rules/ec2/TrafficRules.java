package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.ec2.TrafficRule.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the rules of security groups and network ACLs. */
final class TrafficRules {

  static final String INGRESS = "ingress";
  static final String EGRESS = "egress";

  private static final List<String> GROUPS =
      List.of("aws_security_group", "aws_default_security_group");
  private static final List<String> ACLS = List.of("aws_network_acl", "aws_default_network_acl");

  /** What a rule can differ in from round to round that matters to what it lets through. */
  private static final List<String> TELLING =
      List.of(
          "protocol",
          "ip_protocol",
          "from_port",
          "to_port",
          "cidr_blocks",
          "ipv6_cidr_blocks",
          "cidr_ipv4",
          "cidr_ipv6",
          "type",
          "cidr_block",
          "ipv6_cidr_block",
          "action",
          "rule_action",
          "rule_no",
          "rule_number",
          "egress");

  private TrafficRules() {}

  /** The resource types of {@link #ofGroups}. */
  static List<String> groupTypes(String direction) {
    return List.of(
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        ownType(direction));
  }

  /** All rules of a module's security groups in one direction, in the order of the source. */
  static List<TrafficRule> ofGroups(Module module, String direction) {
    var found = new ArrayList<TrafficRule>();
    for (ResourceBlock resource : module.resources()) {
      if (GROUPS.contains(resource.type())) {
        found.addAll(inside(resource, direction));
      } else if (resource.type().equals("aws_security_group_rule")) {
        own(resource, direction).stream()
            .filter(
                rule -> rule.fields().value("type").text().filter(direction::equals).isPresent())
            .forEach(found::add);
      } else if (resource.type().equals(ownType(direction))) {
        found.addAll(own(resource, direction));
      }
    }
    return found;
  }

  /** All inbound rules of a module's network ACLs, in the order of the source. */
  static List<TrafficRule> inboundOfAcls(Module module) {
    var found = new ArrayList<TrafficRule>();
    for (ResourceBlock resource : module.resources()) {
      if (ACLS.contains(resource.type())) {
        found.addAll(inside(resource, INGRESS));
      } else if (resource.type().equals("aws_network_acl_rule")
          && resource.value("egress").isCertainlyNotTrue()) {
        found.addAll(own(resource, INGRESS));
      }
    }
    return found;
  }

  /** The rules that are declared in a group's or ACL's own block. */
  static List<TrafficRule> inside(ResourceBlock resource, String direction) {
    var found = new ArrayList<TrafficRule>();
    for (Block block : resource.block().body().blocks()) {
      if (block.is(direction)) {
        found.add(
            new TrafficRule(
                resource,
                direction,
                new Form.Inline(block),
                block.header(),
                Fields.of(resource, block.body())));
      } else if (block.is("dynamic", direction)) {
        found.addAll(dynamic(resource, direction, block));
      }
    }
    resource
        .block()
        .attribute(direction)
        .map(Attribute::value)
        .filter(Tuple.class::isInstance)
        .map(Tuple.class::cast)
        .ifPresent(list -> found.addAll(listed(resource, direction, list)));
    return found;
  }

  private static List<TrafficRule> listed(ResourceBlock resource, String direction, Tuple list) {
    return list.elements().stream()
        .filter(ObjectValue.class::isInstance)
        .map(ObjectValue.class::cast)
        .map(
            object ->
                new TrafficRule(
                    resource,
                    direction,
                    new Form.Listed(list, object),
                    object.span(),
                    Fields.of(resource, object)))
        .toList();
  }

  private static List<TrafficRule> dynamic(ResourceBlock resource, String direction, Block block) {
    Optional<Located> collection =
        block.attribute("for_each").flatMap(each -> here(resource, each.value()).collection());
    String iterator =
        block
            .attribute("iterator")
            .map(Attribute::value)
            .filter(Expression.Reference.class::isInstance)
            .map(reference -> ((Expression.Reference) reference).root())
            .orElse(direction);
    var found = new ArrayList<TrafficRule>();
    for (Block content : block.blocks("content")) {
      Fields fields = Fields.of(resource, content.body());
      for (Optional<Element> round : rounds(fields, iterator, collection)) {
        found.add(
            new TrafficRule(
                resource,
                direction,
                new Form.Dynamic(block, round),
                block.header(),
                fields.in(iterator, round)));
      }
    }
    return found;
  }

  private static List<TrafficRule> own(ResourceBlock resource, String direction) {
    Fields fields = Fields.of(resource, resource.block().body());
    Optional<Attribute> each = resource.block().attribute("for_each");
    if (each.isEmpty()) {
      return List.of(
          new TrafficRule(
              resource,
              direction,
              new Form.Own(Optional.empty()),
              resource.block().header(),
              fields));
    }
    return rounds(fields, "each", here(resource, each.get().value()).collection()).stream()
        .map(
            round ->
                new TrafficRule(
                    resource,
                    direction,
                    new Form.Own(round),
                    resource.block().header(),
                    fields.in("each", round)))
        .toList();
  }

  /**
   * The rounds where they differ in what they let through and are known; one nameless round where
   * they are all the same; none where there are none.
   */
  private static List<Optional<Element>> rounds(
      Fields fields, String iterator, Optional<Located> collection) {
    List<Element> rounds = collection.map(c -> Element.of(iterator, c)).orElseGet(List::of);
    if (collection.isPresent() && rounds.isEmpty()) {
      return List.of();
    }
    Fields open = fields.in(iterator, Optional.empty());
    return rounds.isEmpty() || TELLING.stream().noneMatch(open::varies)
        ? List.of(Optional.empty())
        : rounds.stream().map(Optional::of).toList();
  }

  private static Located here(ResourceBlock resource, Expression expression) {
    return new Located(resource.module(), resource.file(), expression, List.of());
  }

  private static String ownType(String direction) {
    return "aws_vpc_security_group_" + direction + "_rule";
  }

  /** Whether a value says "yes, allow". */
  static boolean allows(TrafficRule entry) {
    return action(entry).text().filter("allow"::equalsIgnoreCase).isPresent();
  }

  /** What a network ACL's entry does. */
  static Value action(TrafficRule entry) {
    return entry.fields().value(actionName(entry));
  }

  static String actionName(TrafficRule entry) {
    return entry.form() instanceof Form.Own ? "rule_action" : "action";
  }
}

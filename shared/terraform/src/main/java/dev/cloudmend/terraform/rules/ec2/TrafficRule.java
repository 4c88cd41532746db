package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.util.Optional;

/**
 * A rule of a security group or network ACL, in whichever way it is declared.
 *
 * @param direction {@code ingress} or {@code egress}
 * @param place where it stands in the resource's file
 */
record TrafficRule(ResourceBlock resource, String direction, Form form, Span place, Fields fields) {

  /** How a rule is declared. */
  sealed interface Form {

    /** A nested block. */
    record Inline(Block block) implements Form {}

    /** An object of the list that is given to {@code ingress} or {@code egress}. */
    record Listed(Tuple list, ObjectValue object) implements Form {}

    /** A {@code dynamic} block, or one round of it where the rules differ from round to round. */
    record Dynamic(Block block, Optional<Element> round) implements Form {}

    /** A resource of its own, or one round of its {@code for_each}. */
    record Own(Optional<Element> round) implements Form {}
  }

  /** What it lets through, where that is known and has ports. */
  Optional<Ports> ports() {
    String protocol = fields.written("ip_protocol").isPresent() ? "ip_protocol" : "protocol";
    return Ports.of(fields.value(protocol), fields.value("from_port"), fields.value("to_port"));
  }

  /** What Terraform would have to ignore for an edit to be in vain. */
  boolean isIgnored(String argument) {
    return resource.ignoresChangesOf(form instanceof Form.Own ? argument : direction);
  }
}

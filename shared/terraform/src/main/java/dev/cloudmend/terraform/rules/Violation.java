package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.ResourceBlock;

/**
 * A place that violates a rule.
 *
 * @param rule the rule
 * @param resource the resource that is misconfigured
 * @param place what is wrong in it: an attribute, a nested block, or the block's header where
 *     something is missing
 * @param message what is wrong there, one line
 * @param remedy what would mend it
 */
public record Violation(
    RuleInfo rule, ResourceBlock resource, Span place, String message, Remedy remedy) {

  /** The line of the place, from 1. */
  public int line() {
    return resource.file().position(place.start()).line();
  }
}

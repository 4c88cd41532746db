package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.Violation;

/** Violations, at the place where a person would look for them. */
final class Found {

  private Found() {}

  /** Something is missing in a resource, or beside it. */
  static Violation missing(RuleInfo rule, ResourceBlock in, String message, Remedy remedy) {
    return new Violation(rule, in, in.block().header(), message, remedy);
  }

  /** An argument is wrong, or missing. */
  static Violation argument(
      RuleInfo rule, ResourceBlock in, Body body, String name, String message, Remedy remedy) {
    Span place = body.attribute(name).map(Attribute::span).orElse(in.block().header());
    return new Violation(rule, in, place, message, remedy);
  }
}

package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Span;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One argument of a resource, or of its blocks, has a wrong value.
 *
 * @param block the nested blocks that it stands in; absent = the resource's own body
 * @param argument its name
 * @param wrong which values violate
 * @param exempt resources that are none of its business
 * @param expression what is written instead
 * @param message what is wrong, for a person
 * @param warnings what a reviewer has to know
 */
record ArgumentRule(
    RuleInfo info,
    Optional<String> block,
    String argument,
    Predicate<Value> wrong,
    Predicate<ResourceBlock> exempt,
    String expression,
    String message,
    List<String> warnings)
    implements SourceRule {

  static ArgumentRule of(
      RuleInfo info,
      String argument,
      Predicate<Value> wrong,
      String expression,
      String message,
      String... warnings) {
    return new ArgumentRule(
        info,
        Optional.empty(),
        argument,
        wrong,
        resource -> false,
        expression,
        message,
        List.of(warnings));
  }

  ArgumentRule inBlocks(String type) {
    return new ArgumentRule(
        info, Optional.of(type), argument, wrong, exempt, expression, message, warnings);
  }

  ArgumentRule except(Predicate<ResourceBlock> others) {
    return new ArgumentRule(info, block, argument, wrong, others, expression, message, warnings);
  }

  /** Where an argument stands, or where the block begins that lacks it. */
  static Span place(ResourceBlock resource, Body body, String argument) {
    return body.attribute(argument)
        .map(Attribute::span)
        .orElseGet(
            () ->
                body.equals(resource.block().body())
                    ? resource.block().header()
                    : new Span(body.span().start() - 1, body.span().start()));
  }

  static Remedy warned(Remedy remedy, List<String> warnings) {
    Remedy warned = remedy;
    for (String warning : warnings) {
      warned = Remedies.warning(warned, warning);
    }
    return warned;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources().stream()
        .filter(resource -> info.resourceTypes().contains(resource.type()))
        .filter(exempt.negate())
        .flatMap(
            resource ->
                bodies(resource).stream()
                    .filter(body -> wrong.test(resource.value(body, argument)))
                    .map(body -> violation(resource, body)))
        .toList();
  }

  private List<Body> bodies(ResourceBlock resource) {
    return block.map(resource::nested).orElseGet(() -> List.of(resource.block().body()));
  }

  private Violation violation(ResourceBlock resource, Body body) {
    return new Violation(
        info,
        resource,
        place(resource, body, argument),
        message,
        warned(Remedies.set(resource, body, argument, expression), warnings));
  }
}

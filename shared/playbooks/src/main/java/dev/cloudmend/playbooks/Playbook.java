package dev.cloudmend.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.ResourceRef;

/**
 * Knows one misconfiguration: what it is, how to see it, and what would fix it.
 *
 * <p>Everything that a playbook returns is data. What it cannot be sure of it does not plan:
 * missing data is {@link Assessment.Blocked} or an exception, never a guess.
 */
public interface Playbook {

  /** What it is for, what it answers to, and the API operations that it may use. */
  PlaybookInfo info();

  /**
   * Looks at the live resource.
   *
   * @param resource the resource that the finding names; its region is not believed where the
   *     service can tell
   * @param baselines the configured targets, such as the password policy
   * @param aws reads of the account
   * @throws dev.cloudmend.aws.AwsCallException when a read fails for another reason than that the
   *     resource is gone
   */
  Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws);

  /**
   * Reads the part of the live state that a change speaks of, in the form of its {@code before} and
   * {@code after}; what others did beside it does not show.
   */
  JsonNode observe(Change change, AwsReader aws);

  /**
   * Plans the way back of an applied change from live state: {@code Violating} holds the undo as a
   * change of its own (its {@code after} is the original's {@code stateAfterUndo}), {@code
   * Compliant} says that there is nothing left to take back, {@code NotFound} that the resource is
   * gone, {@code Blocked} says what stands in the way.
   */
  default Assessment undo(Change applied, AwsReader aws) {
    return LiveState.of(
        applied.target().account(), aws, () -> Undo.plan(applied, observe(applied, aws)));
  }
}

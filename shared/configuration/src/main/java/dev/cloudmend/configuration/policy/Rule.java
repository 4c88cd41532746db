package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Json;
import java.util.List;
import java.util.Optional;

/**
 * One rule of a policy.
 *
 * @param name as it stands in decisions; each name once in a policy
 * @param line where it stands in its file, from 1
 * @param when what it matches
 * @param mode who has to agree
 * @param channels where the fix goes; absent = to the resource itself, and to its source too where
 *     a repository may hold that
 * @param dryRun whether nothing is written, whatever the run's switch says
 */
public record Rule(
    String name,
    int line,
    EventPattern when,
    Mode mode,
    Optional<List<String>> channels,
    boolean dryRun) {

  public Rule {
    channels = channels.map(List::copyOf);
  }

  /**
   * The rule as it holds, defaults included; its place in the file is no part of it. Channels that
   * it does not say have no default of their own: they follow from the repositories.
   */
  ObjectNode tree() {
    ObjectNode tree =
        Json.object().put("name", name).put("mode", mode.name()).put("dryRun", dryRun);
    tree.set("when", when.tree());
    channels.ifPresent(said -> said.stream().sorted().forEach(tree.putArray("channels")::add));
    return tree;
  }
}

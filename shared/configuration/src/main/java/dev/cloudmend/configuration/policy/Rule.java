package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Json;
import java.util.List;

/**
 * One rule of a policy.
 *
 * @param name as it stands in decisions; each name once in a policy
 * @param line where it stands in its file, from 1
 * @param when what it matches
 * @param mode who has to agree
 * @param channels where the fix goes
 * @param dryRun whether nothing is written, whatever the run's switch says
 */
public record Rule(
    String name, int line, EventPattern when, Mode mode, List<String> channels, boolean dryRun) {

  /** Where a fix goes that no rule says it of: to the resource itself. */
  public static final List<String> LIVE = List.of("live");

  public Rule {
    channels = List.copyOf(channels);
  }

  /** The rule as it holds, defaults included; its place in the file is no part of it. */
  ObjectNode tree() {
    ObjectNode tree =
        Json.object().put("name", name).put("mode", mode.name()).put("dryRun", dryRun);
    tree.set("when", when.tree());
    channels.stream().sorted().forEach(tree.putArray("channels")::add);
    return tree;
  }
}

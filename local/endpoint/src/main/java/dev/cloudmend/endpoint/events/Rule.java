package dev.cloudmend.endpoint.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A rule as it is deployed.
 *
 * @param pattern empty when it has none
 * @param schedule empty when it has none
 * @param targets as the API tells them
 */
record Rule(String name, String arn, String pattern, String schedule, List<ObjectNode> targets) {
  Rule {
    targets = List.copyOf(targets);
  }
}

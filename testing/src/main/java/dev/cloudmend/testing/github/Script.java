package dev.cloudmend.testing.github;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is to happen at which request. */
final class Script {

  /** What happens at one request: first the event, then the reply where there is one. */
  record Step(Runnable event, Optional<GitHubReply> reply) {}

  private final Map<GitHubOperation, Integer> seen = new EnumMap<>(GitHubOperation.class);
  private final Map<GitHubOperation, GitHubReply> always = new EnumMap<>(GitHubOperation.class);
  private final Map<GitHubOperation, Map<Integer, GitHubReply>> replies =
      new EnumMap<>(GitHubOperation.class);
  private final Map<GitHubOperation, Map<Integer, Runnable>> events =
      new EnumMap<>(GitHubOperation.class);

  synchronized void reply(GitHubOperation operation, int nth, GitHubReply reply) {
    replies.computeIfAbsent(operation, o -> new HashMap<>()).put(number(operation, nth), reply);
  }

  synchronized void always(GitHubOperation operation, GitHubReply reply) {
    always.put(operation, reply);
  }

  synchronized void before(GitHubOperation operation, int nth, Runnable event) {
    events.computeIfAbsent(operation, o -> new HashMap<>()).put(number(operation, nth), event);
  }

  synchronized Step next(GitHubOperation operation) {
    int number = seen.merge(operation, 1, Integer::sum);
    Runnable event =
        Optional.ofNullable(events.get(operation))
            .flatMap(e -> Optional.ofNullable(e.get(number)))
            .orElse(() -> {});
    Optional<GitHubReply> reply =
        Optional.ofNullable(replies.get(operation))
            .flatMap(r -> Optional.ofNullable(r.get(number)))
            .or(() -> Optional.ofNullable(always.get(operation)));
    return new Step(event, reply);
  }

  private int number(GitHubOperation operation, int nth) {
    return seen.getOrDefault(operation, 0) + nth;
  }
}

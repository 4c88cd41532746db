package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The pull requests and labels of one repository. Used by one thread at a time. */
final class PullBook {

  private static final int FORMAT = 1;

  private final TreeMap<Integer, HostedPullRequest> pulls = new TreeMap<>();
  private final Set<String> labels = new LinkedHashSet<>();
  private boolean isChanged;

  /** A book as {@link #json} gives it. */
  static PullBook of(JsonNode json) {
    if (json.path("format").asInt() != FORMAT) {
      throw new GitHostException("the pull requests are kept in a form of another version");
    }
    var book = new PullBook();
    for (JsonNode each : json.path("pullRequests")) {
      HostedPullRequest pull = Json.fromTree(each, HostedPullRequest.class);
      book.pulls.put(pull.number(), pull);
    }
    json.path("labels").forEach(label -> book.labels.add(label.asText()));
    return book;
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("format", FORMAT);
    json.set("labels", Json.toTree(labels));
    json.set("pullRequests", Json.toTree(pulls.values()));
    return json;
  }

  boolean isChanged() {
    return isChanged;
  }

  /** In the order of their numbers. */
  List<HostedPullRequest> pulls() {
    return List.copyOf(pulls.values());
  }

  Optional<HostedPullRequest> find(int number) {
    return Optional.ofNullable(pulls.get(number));
  }

  int nextNumber() {
    return pulls.isEmpty() ? 1 : pulls.lastKey() + 1;
  }

  void put(HostedPullRequest pull) {
    isChanged |= !pull.equals(pulls.put(pull.number(), pull));
  }

  /** Whether one of the labels is new. */
  boolean addLabels(Collection<String> names) {
    boolean isNew = labels.addAll(names);
    isChanged |= isNew;
    return isNew;
  }
}

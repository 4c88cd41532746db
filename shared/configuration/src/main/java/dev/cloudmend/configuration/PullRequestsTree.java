package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration.PullRequests;
import dev.cloudmend.model.Json;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.ResourceMatch;
import java.util.List;

/**
 * The section {@code pullRequests} as it holds, for hashing: defaults that are values are written
 * out, what is absent stays absent. The order of the repositories decides; that of labels and
 * reviewers does not.
 */
final class PullRequestsTree {

  private PullRequestsTree() {}

  static ObjectNode of(PullRequests pullRequests) {
    ObjectNode tree =
        Json.object()
            .put("maskAccounts", pullRequests.masksAccounts())
            .put("breaking", pullRequests.breakingToo())
            .put("claude", pullRequests.asksClaude());
    ArrayNode repositories = tree.putArray("repositories");
    pullRequests.repositories().entries().forEach(entry -> add(repositories.addObject(), entry));
    return tree;
  }

  private static void add(ObjectNode tree, RepositoryMapping.Entry entry) {
    Destination destination = entry.destination();
    tree.put("repository", destination.repository().toString());
    tree.set("when", when(entry.match()));
    destination.base().map(Branch::name).ifPresent(base -> tree.put("base", base));
    tree.put("directory", destination.directory());
    sorted(tree.putArray("labels"), destination.labels());
    sorted(tree.putArray("reviewers"), destination.reviewers());
    tree.putObject("limits")
        .put("open", destination.limits().open())
        .put("perHour", destination.limits().anHour());
  }

  private static ObjectNode when(ResourceMatch match) {
    ObjectNode tree = Json.object();
    match.account().ifPresent(account -> tree.put("account", account));
    match.region().ifPresent(region -> tree.put("region", region));
    match
        .tag()
        .ifPresent(tag -> tree.putObject("tag").put("key", tag.key()).put("value", tag.value()));
    match.arn().ifPresent(arn -> tree.put("arn", arn));
    return tree;
  }

  private static void sorted(ArrayNode array, List<String> values) {
    values.stream().sorted().forEach(array::add);
  }
}

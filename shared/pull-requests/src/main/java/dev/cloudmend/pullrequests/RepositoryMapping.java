package dev.cloudmend.pullrequests;

import dev.cloudmend.model.ResourceRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which repository holds the source of a resource: the first entry that it meets.
 *
 * @param entries in the order in which they are tried
 */
public record RepositoryMapping(List<Entry> entries) {

  public RepositoryMapping {
    entries = List.copyOf(entries);
  }

  /** Resources and the place of their source. */
  public record Entry(ResourceMatch match, Destination destination) {}

  /**
   * Where the source of a resource is, as far as it is configured.
   *
   * @param tags the resource's live tags; where they are not known, an entry that asks for one is
   *     not met
   */
  public Optional<Destination> of(ResourceRef resource, Map<String, String> tags) {
    return entries.stream()
        .filter(entry -> entry.match().matches(resource, tags))
        .map(Entry::destination)
        .findFirst();
  }

  /**
   * Whether a repository may hold the source of a resource whose tags are not known: an entry that
   * asks for one counts as met.
   */
  public boolean mayHold(ResourceRef resource) {
    return entries.stream().anyMatch(entry -> entry.match().mayMatch(resource));
  }
}

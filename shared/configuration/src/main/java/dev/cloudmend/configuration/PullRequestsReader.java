package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.configuration.Configuration.PullRequests;
import dev.cloudmend.model.Text;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.PullRequestLimits;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryMapping.Entry;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.ResourceMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads where fixes are proposed to the source, of a document that was checked with the schema. */
final class PullRequestsReader {

  private static final String SECTION = "/pullRequests";
  private static final String REPOSITORIES = SECTION + "/repositories";
  private static final int SHOWN = 80;

  /** Stands in for a name with a problem: a file with one is not used. */
  private static final RepositoryName NO_REPOSITORY = new RepositoryName("none", "none");

  private final YamlDocument document;
  private final List<ConfigurationProblem> found;

  /**
   * Reads a document.
   *
   * @param found what the schema found, and where problems are added
   */
  PullRequestsReader(YamlDocument document, List<ConfigurationProblem> found) {
    this.document = document;
    this.found = found;
  }

  PullRequests read() {
    JsonNode tree = document.tree().at(SECTION);
    return new PullRequests(
        new RepositoryMapping(entries(tree.path("repositories"))),
        tree.path("maskAccounts").booleanValue(),
        tree.path("breaking").booleanValue(),
        tree.path("claude").booleanValue());
  }

  private List<Entry> entries(JsonNode list) {
    var entries = new LinkedHashMap<Integer, Entry>();
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      String pointer = Pointers.element(REPOSITORIES, i);
      if (!isRefused(pointer)) {
        ResourceMatch match = match(list.get(i).path("when"));
        checkReached(entries, match, pointer);
        entries.put(i, new Entry(match, destination(list.get(i), pointer)));
      }
    }
    return List.copyOf(entries.values());
  }

  /** What the schema refused is not said once more in other words. */
  private boolean isRefused(String pointer) {
    return found.stream()
        .anyMatch(p -> p.pointer().equals(pointer) || p.pointer().startsWith(pointer + "/"));
  }

  /** What is never asked looks like a repository that gets pull requests, and never does. */
  private void checkReached(Map<Integer, Entry> earlier, ResourceMatch match, String pointer) {
    earlier.entrySet().stream()
        .filter(entry -> takesAllOf(entry.getValue().match(), match))
        .findFirst()
        .map(entry -> document.line(Pointers.element(REPOSITORIES, entry.getKey())))
        .ifPresent(
            line ->
                found.add(
                    document.problem(
                        pointer,
                        "is never reached: the entry in line "
                            + line
                            + " takes every resource that it is for",
                        "what asks for more to stand first, and each 'when' only once")));
  }

  private static boolean takesAllOf(ResourceMatch earlier, ResourceMatch later) {
    return takesAllOf(earlier.account(), later.account())
        && takesAllOf(earlier.region(), later.region())
        && takesAllOf(earlier.tag(), later.tag())
        && takesAllOf(earlier.arn(), later.arn());
  }

  private static <T> boolean takesAllOf(Optional<T> earlier, Optional<T> later) {
    return earlier.isEmpty() || earlier.equals(later);
  }

  private static ResourceMatch match(JsonNode when) {
    JsonNode tag = when.path("tag");
    return new ResourceMatch(
        text(when, "account"),
        text(when, "region"),
        text(tag, "key").map(key -> new ResourceMatch.Tag(key, tag.path("value").asText())),
        text(when, "arn"));
  }

  private static Optional<String> text(JsonNode node, String member) {
    return Optional.ofNullable(node.path(member).textValue());
  }

  private Destination destination(JsonNode entry, String pointer) {
    JsonNode limits = entry.path("limits");
    return new Destination(
        checked(entry, "repository", pointer, RepositoryName::of, "owner/name")
            .orElse(NO_REPOSITORY),
        checked(entry, "base", pointer, Branch::new, "the name of a branch, such as main"),
        checked(
                entry,
                "directory",
                pointer,
                PullRequestsReader::directory,
                "a folder, such as live/prod")
            .orElse(""),
        all(entry, "labels", pointer, PullRequestsReader::label, "a label, such as security"),
        all(
            entry,
            "reviewers",
            pointer,
            PullRequestsReader::reviewer,
            "a reviewer, such as ana or acme/platform"),
        new PullRequestLimits(
            limits.path("open").asInt(PullRequestLimits.DEFAULT.open()),
            limits.path("perHour").asInt(PullRequestLimits.DEFAULT.anHour())));
  }

  private <T> List<T> all(
      JsonNode entry, String member, String pointer, Function<String, T> read, String expected) {
    String list = Pointers.member(pointer, member);
    var values = new ArrayList<T>();
    for (int i = 0; i < entry.path(member).size(); i++) {
      checked(entry.path(member).get(i).textValue(), Pointers.element(list, i), read, expected)
          .ifPresent(values::add);
    }
    return values;
  }

  private <T> Optional<T> checked(
      JsonNode entry, String member, String pointer, Function<String, T> read, String expected) {
    return checked(
        entry.path(member).textValue(), Pointers.member(pointer, member), read, expected);
  }

  private <T> Optional<T> checked(
      @Nullable String text, String pointer, Function<String, T> read, String expected) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(text));
    } catch (IllegalArgumentException e) {
      found.add(
          document.problem(
              pointer, "is '" + Text.shown(text, SHOWN) + "': " + e.getMessage(), expected));
      return Optional.empty();
    }
  }

  private static String directory(String text) {
    return only(text, List.of(), List.of()).directory();
  }

  private static String label(String text) {
    return only("", List.of(text), List.of()).labels().getFirst();
  }

  private static String reviewer(String text) {
    return only("", List.of(), List.of(text)).reviewers().getFirst();
  }

  /** So that what is refused is refused by itself. */
  private static Destination only(String directory, List<String> labels, List<String> reviewers) {
    return new Destination(
        NO_REPOSITORY, Optional.empty(), directory, labels, reviewers, PullRequestLimits.DEFAULT);
  }
}

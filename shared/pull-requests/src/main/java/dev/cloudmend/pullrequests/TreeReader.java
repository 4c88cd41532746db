package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Reads the files of a directory. GitHub cuts a recursive list at 100,000 entries or 7 MB; then the
 * way leads from directory to directory, and only parts that are not cut are listed whole.
 *
 * @see <a href="https://docs.github.com/en/rest/git/trees#get-a-tree">Get a tree</a>
 */
final class TreeReader {

  /** The most files of one directory. */
  static final int MOST_FILES = 100_000;

  private static final int MOST_REQUESTS = 200;

  private final Calls calls;
  private final RepositoryName repository;
  private final SortedMap<String, SourceFile> files = new TreeMap<>();
  private int requests;

  TreeReader(Calls calls, RepositoryName repository) {
    this.calls = calls;
    this.repository = repository;
  }

  SourceTree read(Commit commit, String directory) {
    JsonNode whole = list(commit.tree(), true);
    if (isCut(whole)) {
      collect(find(commit.tree(), directory), prefix(directory));
    } else {
      take(whole, "", directory);
    }
    if (files.isEmpty() && !directory.isEmpty()) {
      throw missing(directory);
    }
    return new SourceTree(commit.sha(), directory, files);
  }

  /** The tree of the directory, found from its parents one by one. */
  private String find(String root, String directory) {
    String tree = root;
    if (directory.isEmpty()) {
      return tree;
    }
    for (String name : directory.split("/", -1)) {
      tree = child(list(tree, false), name).orElseThrow(() -> missing(directory));
    }
    return tree;
  }

  private void collect(String tree, String prefix) {
    JsonNode whole = list(tree, true);
    if (!isCut(whole)) {
      take(whole, prefix, "");
      return;
    }
    JsonNode level = list(tree, false);
    if (isCut(level)) {
      throw tooMany();
    }
    for (JsonNode entry : level.path("tree")) {
      String path = prefix + entry.path("path").asText();
      if (entry.path("type").asText().equals("tree")) {
        collect(Calls.sha(entry, "/sha"), path + "/");
      } else {
        add(entry, path);
      }
    }
  }

  private void take(JsonNode list, String prefix, String directory) {
    String within = prefix(directory);
    for (JsonNode entry : list.path("tree")) {
      String path = entry.path("path").asText();
      if (path.startsWith(within)) {
        add(entry, prefix + path);
      }
    }
  }

  private void add(JsonNode entry, String path) {
    if (entry.path("type").asText().equals("blob")) {
      files.put(
          path,
          new SourceFile(
              path,
              Calls.sha(entry, "/sha"),
              entry.path("size").asLong(),
              entry.path("mode").asText()));
    }
    if (files.size() > MOST_FILES) {
      throw tooMany();
    }
  }

  private JsonNode list(String tree, boolean whole) {
    requests++;
    if (requests > MOST_REQUESTS) {
      throw tooMany();
    }
    return calls.get(repository, "/git/trees/" + tree + (whole ? "?recursive=1" : ""));
  }

  private GitHubException tooMany() {
    return new GitHubException(
        Kind.INVALID,
        "%s has more files than are read; name the directory of one root module"
            .formatted(repository));
  }

  private GitHubException missing(String directory) {
    return new GitHubException(
        Kind.NOT_FOUND, "%s has no directory %s in this commit".formatted(repository, directory));
  }

  private static boolean isCut(JsonNode list) {
    return list.path("truncated").asBoolean();
  }

  private static Optional<String> child(JsonNode level, String name) {
    return StreamSupport.stream(level.path("tree").spliterator(), false)
        .filter(e -> e.path("type").asText().equals("tree"))
        .filter(e -> e.path("path").asText().equals(name))
        .map(e -> Calls.sha(e, "/sha"))
        .findFirst();
  }

  private static String prefix(String directory) {
    return directory.isEmpty() ? "" : directory + "/";
  }
}

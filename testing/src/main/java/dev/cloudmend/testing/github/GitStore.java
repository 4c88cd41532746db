package dev.cloudmend.testing.github;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of a repository. */
final class GitStore {

  /** A file by its whole path. */
  record File(String mode, String sha) {}

  private final Map<String, GitObject> objects = new HashMap<>();

  <T extends GitObject> Optional<T> find(String sha, Class<T> kind) {
    return Optional.ofNullable(objects.get(sha)).filter(kind::isInstance).map(kind::cast);
  }

  <T extends GitObject> T get(String sha, Class<T> kind) {
    return find(sha, kind).orElseThrow(() -> new RefusedException(GitHubReply.notFound()));
  }

  boolean has(String sha) {
    return objects.containsKey(sha);
  }

  String blob(byte[] content) {
    return keep(new GitObject.Blob(content));
  }

  String commit(String tree, List<String> parents, String message, String author, Instant time) {
    return keep(GitObject.Commit.of(tree, parents, message, author, time));
  }

  /** All files below a tree, by their paths from it. */
  SortedMap<String, File> files(String tree) {
    SortedMap<String, File> files = new TreeMap<>();
    collect(tree, "", files);
    return files;
  }

  /** Writes the trees of files. */
  String tree(SortedMap<String, File> files) {
    List<GitObject.Entry> entries = new ArrayList<>();
    Map<String, SortedMap<String, File>> directories = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          int slash = path.indexOf('/');
          if (slash < 0) {
            entries.add(new GitObject.Entry(path, file.mode(), file.sha()));
          } else {
            directories
                .computeIfAbsent(path.substring(0, slash), d -> new TreeMap<>())
                .put(path.substring(slash + 1), file);
          }
        });
    directories.forEach(
        (name, inner) -> entries.add(new GitObject.Entry(name, "40000", tree(inner))));
    return keep(GitObject.Tree.of(entries));
  }

  /** Whether a commit is the other one, or follows it. */
  boolean follows(String commit, String earlier) {
    Deque<String> open = new ArrayDeque<>(List.of(commit));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String each = open.remove();
      if (each.equals(earlier)) {
        return true;
      }
      if (seen.add(each)) {
        find(each, GitObject.Commit.class).ifPresent(c -> open.addAll(c.parents()));
      }
    }
    return false;
  }

  private void collect(String tree, String prefix, Map<String, File> files) {
    for (GitObject.Entry entry : get(tree, GitObject.Tree.class).entries()) {
      if (entry.isDirectory()) {
        collect(entry.sha(), prefix + entry.name() + "/", files);
      } else {
        files.put(prefix + entry.name(), new File(entry.mode(), entry.sha()));
      }
    }
  }

  private String keep(GitObject object) {
    objects.putIfAbsent(object.sha(), object);
    return object.sha();
  }
}

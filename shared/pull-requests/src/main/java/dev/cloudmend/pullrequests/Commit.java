package dev.cloudmend.pullrequests;

import java.util.List;

/**
 * A commit.
 *
 * @param tree the sha of its root directory
 * @param parents their shas; more than one for a merge
 * @param message all of it
 */
public record Commit(String sha, String tree, List<String> parents, String message) {

  public Commit {
    parents = List.copyOf(parents);
  }
}

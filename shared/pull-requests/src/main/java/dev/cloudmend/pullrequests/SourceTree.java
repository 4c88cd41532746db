package dev.cloudmend.pullrequests;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a directory at a commit, with those of the directories in it. Submodules are left
 * out.
 *
 * @param commit the commit's sha
 * @param directory from the repository's root; empty for the root itself
 * @param files by path, also from the repository's root
 */
public record SourceTree(String commit, String directory, SortedMap<String, SourceFile> files) {

  public SourceTree {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}

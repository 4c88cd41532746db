package dev.cloudmend.pullrequests;

import java.util.regex.Pattern;

/** Which files a fix may change. */
final class SourcePath {

  // .github runs with the repository's rights, .git is git's own: no fix has business there.
  private static final Pattern REFUSED =
      Pattern.compile(
          "^$|^/|/$|//|\\\\|\\p{Cntrl}|(^|/)\\.{1,2}(/|$)|(?i:(^|/)\\.git(/|$)|^\\.github(/|$))");

  private SourcePath() {}

  /**
   * @throws IllegalArgumentException when the path leaves the source of the repository
   */
  static void require(String path) {
    if (REFUSED.matcher(path).find()) {
      throw new IllegalArgumentException(
          "a file is changed by its path from the repository's root, and none of .git or .github");
    }
  }
}

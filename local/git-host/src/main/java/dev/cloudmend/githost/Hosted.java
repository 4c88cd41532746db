package dev.cloudmend.githost;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A repository that is to be served.
 *
 * @param name {@code owner/name}, as GitHub would have it
 * @param location a folder with a working copy or a bare repository; or a URL (https, ssh, file)
 *     that git clones from, of which a bare clone is kept
 * @param protectedBranches which branches nobody may create or move over the API, as GitHub writes
 *     it: {@code *} is any part of a name without a slash, {@code **} any part
 */
public record Hosted(String name, String location, List<String> protectedBranches) {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

  /**
   * @throws GitHostException when GitHub could have no repository of this name, or there is no
   *     location
   */
  public Hosted {
    protectedBranches = List.copyOf(protectedBranches);
    if (!NAME.matcher(name).matches()) {
      throw new GitHostException(
          "a repository is named owner/name, with letters, digits, - _ and, in its name, .");
    }
    if (location.isBlank()) {
      throw new GitHostException(name + " has no location; a folder or a git URL is expected");
    }
  }

  /** A repository without protected branches. */
  public static Hosted of(String name, String location) {
    return new Hosted(name, location, List.of());
  }
}

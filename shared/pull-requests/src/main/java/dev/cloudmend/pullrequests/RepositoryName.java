package dev.cloudmend.pullrequests;

import java.util.regex.Pattern;

/**
 * A repository, as in {@code owner/name}.
 *
 * @param owner the login of a person or an organization
 * @param name without the ending {@code .git}
 */
public record RepositoryName(String owner, String name) {

  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /**
   * @throws IllegalArgumentException when GitHub cannot have such a repository
   */
  public RepositoryName {
    if (!OWNER.matcher(owner).matches()
        || !NAME.matcher(name).matches()
        || name.equals(".")
        || name.equals("..")) {
      throw new IllegalArgumentException(
          "a repository is written owner/name, with letters, digits, - _ and, in its name, .");
    }
  }

  /**
   * Reads {@code owner/name}.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static RepositoryName of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a repository is written owner/name; the / is missing");
    }
    return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}

package dev.cloudmend.pullrequests;

import dev.cloudmend.model.CanonicalJson;
import java.util.regex.Pattern;

/**
 * The name of a branch, without {@code refs/heads/}.
 *
 * @param name as git allows it
 * @see <a href="https://git-scm.com/docs/git-check-ref-format">git check-ref-format</a>
 */
public record Branch(String name) {

  /** What the names of all branches made here begin with. */
  public static final String PREFIX = "cloudmend/";

  private static final int LONGEST = 244;
  private static final int HASH_DIGITS = 12;
  private static final Pattern PLAYBOOK = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern REFUSED =
      Pattern.compile(
          "[\\p{Cntrl} ~^:?*\\[\\\\]|\\.\\.|@\\{|//|^/|/$|\\.$|(^|/)\\.|\\.lock(/|$)|^-|^@$");

  /**
   * @throws IllegalArgumentException when git allows no such branch
   */
  public Branch {
    if (name.isEmpty() || name.length() > LONGEST || REFUSED.matcher(name).find()) {
      throw new IllegalArgumentException("git allows no branch of this name");
    }
  }

  /**
   * The one branch of a fix: {@code cloudmend/<playbook>/<short hash>}. The same fix gets the same
   * branch always.
   *
   * @param playbook the playbook's id
   * @param target what is mended: root module and resource
   */
  public static Branch forFix(String playbook, String target) {
    if (!PLAYBOOK.matcher(playbook).matches()) {
      throw new IllegalArgumentException("a playbook's id is words of a-z0-9 joined by -");
    }
    return new Branch(
        PREFIX + playbook + "/" + CanonicalJson.sha256(target).substring(0, HASH_DIGITS));
  }

  /** Whether the name is one that only this suite makes. */
  public boolean isOurs() {
    return name.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.cloudmend.local;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How GitHub is reached.
 *
 * @param address of its API; absent = github.com's
 * @param token of whoever opens the pull requests; absent = there is none, so none is opened
 */
public record GitHubAccess(Optional<URI> address, Optional<String> token) {

  /** No token, so no pull request. */
  public static final GitHubAccess NONE = new GitHubAccess(Optional.empty(), Optional.empty());

  /** The function's settings, by property name. */
  Map<String, Object> properties() {
    var properties = new HashMap<String, Object>();
    address.ifPresent(uri -> properties.put("cloudmend.github.address", uri.toString()));
    token.ifPresent(text -> properties.put("cloudmend.github.token", text));
    return properties;
  }

  /** Without the token, which must not come into a log. */
  @Override
  public String toString() {
    return "GitHubAccess[address=%s, token=%s]"
        .formatted(address, token.isPresent() ? "***" : "none");
  }
}

package dev.cloudmend.githost;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests that are understood, each by its method and path.
 *
 * @see <a href="https://docs.github.com/en/rest">GitHub REST API</a>
 */
enum Route {
  GET_REPOSITORY("GET", ""),
  GET_BRANCH("GET", "/branches/([^/]+)"),
  GET_REF("GET", "/git/ref/heads/(.+)"),
  GET_COMMIT("GET", "/git/commits/([^/]+)"),
  GET_TREE("GET", "/git/trees/([^/]+)"),
  GET_BLOB("GET", "/git/blobs/([^/]+)"),
  CREATE_TREE("POST", "/git/trees"),
  CREATE_COMMIT("POST", "/git/commits"),
  CREATE_REF("POST", "/git/refs"),
  UPDATE_REF("PATCH", "/git/refs/heads/(.+)"),
  LIST_PULLS("GET", "/pulls"),
  CREATE_PULL("POST", "/pulls"),
  GET_PULL("GET", "/pulls/(\\d{1,9})"),
  UPDATE_PULL("PATCH", "/pulls/(\\d{1,9})"),
  REQUEST_REVIEWERS("POST", "/pulls/(\\d{1,9})/requested_reviewers"),
  ADD_LABELS("POST", "/issues/(\\d{1,9})/labels"),
  CREATE_LABEL("POST", "/labels"),
  CREATE_COMMENT("POST", "/issues/(\\d{1,9})/comments"),
  GET_INSTALLATION("GET", "/installation"),
  CREATE_INSTALLATION_TOKEN("POST", Pattern.compile("/app/installations/()(\\d+)/access_tokens")),
  SHOW_PULL("GET", Pattern.compile("/([^/]+/[^/]+)/pull/(\\d{1,9})"));

  /**
   * A request with the parts of its path.
   *
   * @param repository {@code owner/name}, or empty
   * @param argument what else the path names, or empty
   */
  record Match(Route route, String repository, String argument) {

    int number() {
      return Integer.parseInt(argument);
    }
  }

  private final String method;
  private final Pattern path;

  Route(String method, String path) {
    this(method, Pattern.compile("/repos/([^/]+/[^/]+)" + path));
  }

  Route(String method, Pattern path) {
    this.method = method;
    this.path = path;
  }

  /**
   * @param path with its escapes; a slash in a name is one
   */
  static Optional<Match> of(String method, String path) {
    return Arrays.stream(values())
        .filter(route -> route.method.equals(method))
        .flatMap(route -> route.match(path).stream())
        .findFirst();
  }

  /** Whether the body matters. */
  boolean hasBody() {
    return !method.equals("GET");
  }

  private Optional<Match> match(String requested) {
    Matcher matcher = path.matcher(requested);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Match(
              this,
              decoded(matcher.group(1)),
              matcher.groupCount() > 1 ? decoded(matcher.group(2)) : ""));
    } catch (IllegalArgumentException e) {
      // A % that begins no escape: no name of ours.
      return Optional.empty();
    }
  }

  static String decoded(String escaped) {
    return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}

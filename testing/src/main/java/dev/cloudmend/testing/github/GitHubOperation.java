package dev.cloudmend.testing.github;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations that the server knows, each by its method and path.
 *
 * @see <a href="https://docs.github.com/en/rest">GitHub REST API</a>
 */
public enum GitHubOperation {
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
  GET_PULL("GET", "/pulls/(\\d+)"),
  UPDATE_PULL("PATCH", "/pulls/(\\d+)"),
  REQUEST_REVIEWERS("POST", "/pulls/(\\d+)/requested_reviewers"),
  ADD_LABELS("POST", "/issues/(\\d+)/labels"),
  CREATE_LABEL("POST", "/labels"),
  CREATE_COMMENT("POST", "/issues/(\\d+)/comments"),
  GET_INSTALLATION("GET", "/installation"),
  CREATE_INSTALLATION_TOKEN("POST", "/app/installations/(\\d+)/access_tokens");

  /** An operation with the parts of its path. */
  record Match(GitHubOperation operation, String repository, String argument) {}

  private final String method;
  private final Pattern path;

  GitHubOperation(String method, String path) {
    this.method = method;
    this.path =
        Pattern.compile(
            "(?:/api/v3)?" + (path.startsWith("/app/") ? "()" : "/repos/([^/]+/[^/]+)") + path);
  }

  static Optional<Match> of(String method, String path) {
    return Arrays.stream(values())
        .filter(o -> o.method.equals(method))
        .flatMap(
            o ->
                Optional.of(o.path.matcher(path))
                    .filter(Matcher::matches)
                    .map(m -> o.match(m))
                    .stream())
        .findFirst();
  }

  /** Whether it changes something, so that a right to read does not do. */
  public boolean isWrite() {
    return !method.equals("GET");
  }

  private Match match(Matcher matcher) {
    return new Match(this, matcher.group(1), matcher.groupCount() > 1 ? matcher.group(2) : "");
  }
}

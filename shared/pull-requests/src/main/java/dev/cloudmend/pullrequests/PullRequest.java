package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A pull request as GitHub tells it.
 *
 * @param headRepository {@code owner/name}; another one's for a fork, empty where it was deleted
 * @param head its branch
 */
record PullRequest(
    int number,
    URI url,
    PullRequestState.Status status,
    String headSha,
    String head,
    String headRepository,
    String title,
    String body,
    List<String> labels,
    Optional<Boolean> mergeable,
    Instant createdAt) {

  /**
   * @throws GitHubException UNAVAILABLE when it lacks what every pull request has
   */
  static PullRequest of(JsonNode answer) {
    try {
      JsonNode mergeable = answer.path("mergeable");
      return new PullRequest(
          answer.path("number").asInt(),
          URI.create(answer.path("html_url").asText()),
          status(answer),
          Calls.sha(answer, "/head/sha"),
          answer.at("/head/ref").asText(),
          answer.at("/head/repo/full_name").asText(),
          answer.path("title").asText(),
          answer.path("body").asText(""),
          StreamSupport.stream(answer.path("labels").spliterator(), false)
              .map(label -> label.path("name").asText())
              .toList(),
          mergeable.isBoolean() ? Optional.of(mergeable.asBoolean()) : Optional.empty(),
          Instant.parse(answer.path("created_at").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new GitHubException(
          Kind.UNAVAILABLE, "GitHub tells a pull request in a form that is not understood");
    }
  }

  Optional<Marker> marker() {
    return Marker.in(body);
  }

  boolean isOpen() {
    return status == PullRequestState.Status.OPEN;
  }

  PullRequestState state(boolean isEdited) {
    return new PullRequestState(number, url, status, headSha, mergeable, isEdited);
  }

  // A list has merged_at, but no "merged".
  private static PullRequestState.Status status(JsonNode answer) {
    if (answer.path("state").asText().equals("open")) {
      return PullRequestState.Status.OPEN;
    }
    return answer.path("merged_at").isTextual()
        ? PullRequestState.Status.MERGED
        : PullRequestState.Status.CLOSED;
  }
}

package dev.cloudmend.testing.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.time.Instant;
import java.util.List;

/**
 * A pull request as it is kept.
 *
 * @param headSha where its branch stood last while it was open
 */
public record FakePullRequest(
    int number,
    String title,
    String body,
    String head,
    String base,
    String headSha,
    boolean isDraft,
    boolean isOpen,
    boolean isMerged,
    Instant createdAt,
    List<String> labels,
    List<String> reviewers,
    List<String> comments) {

  FakePullRequest withText(String newTitle, String newBody) {
    return new FakePullRequest(
        number, newTitle, newBody, head, base, headSha, isDraft, isOpen, isMerged, createdAt,
        labels, reviewers, comments);
  }

  FakePullRequest withHead(String sha) {
    return new FakePullRequest(
        number, title, body, head, base, sha, isDraft, isOpen, isMerged, createdAt, labels,
        reviewers, comments);
  }

  FakePullRequest ended(boolean asMerged) {
    return new FakePullRequest(
        number, title, body, head, base, headSha, isDraft, false, asMerged, createdAt, labels,
        reviewers, comments);
  }

  FakePullRequest with(
      List<String> newLabels, List<String> newReviewers, List<String> newComments) {
    return new FakePullRequest(
        number,
        title,
        body,
        head,
        base,
        headSha,
        isDraft,
        isOpen,
        isMerged,
        createdAt,
        List.copyOf(newLabels),
        List.copyOf(newReviewers),
        List.copyOf(newComments));
  }

  /**
   * As GitHub answers it.
   *
   * @param isAlone whether it was asked for alone: only then GitHub says whether it can be merged
   */
  ObjectNode json(String repository, boolean isAlone) {
    ObjectNode json =
        Json.object()
            .put("number", number)
            .put("html_url", "https://github.com/" + repository + "/pull/" + number)
            .put("state", isOpen ? "open" : "closed")
            .put("title", title)
            .put("body", body)
            .put("draft", isDraft)
            .put("created_at", createdAt.toString());
    if (isMerged) {
      json.put("merged_at", createdAt.plusSeconds(1).toString());
    } else {
      json.putNull("merged_at");
    }
    json.set("head", end(repository, head).put("sha", headSha));
    json.set("base", end(repository, base));
    ArrayNode names = json.putArray("labels");
    labels.forEach(label -> names.addObject().put("name", label));
    ArrayNode people = json.putArray("requested_reviewers");
    reviewers.forEach(login -> people.addObject().put("login", login));
    if (isAlone) {
      json.put("merged", isMerged).put("mergeable", isOpen);
    }
    return json;
  }

  private static ObjectNode end(String repository, String branch) {
    ObjectNode end = Json.object();
    end.put("ref", branch).putObject("repo").put("full_name", repository);
    return end;
  }
}

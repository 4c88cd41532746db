package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.githost.HostedPullRequest.Status;
import dev.cloudmend.model.Json;
import java.net.URI;

/** Pull requests as GitHub tells them. */
final class PullForm {

  private final String repository;
  private final URI address;

  /**
   * @param repository {@code owner/name}
   * @param address where this server is reached
   */
  PullForm(String repository, URI address) {
    this.repository = repository;
    this.address = address;
  }

  ObjectNode json(HostedPullRequest pull) {
    boolean isMerged = pull.status() == Status.MERGED;
    ObjectNode json =
        Json.object()
            .put("number", pull.number())
            .put("html_url", "%s/%s/pull/%d".formatted(address, repository, pull.number()))
            .put("state", pull.isOpen() ? "open" : "closed")
            .put("title", pull.title())
            .put("body", pull.body())
            .put("draft", pull.isDraft())
            .put("created_at", pull.createdAt().toString())
            .put("closed_at", pull.isOpen() ? null : pull.changedAt().toString())
            .put("merged_at", isMerged ? pull.changedAt().toString() : null);
    json.set("head", end(pull.head(), pull.headSha()));
    json.set("base", end(pull.base(), pull.baseSha()));
    ArrayNode labels = json.putArray("labels");
    pull.labels().forEach(label -> labels.addObject().put("name", label));
    ArrayNode reviewers = json.putArray("requested_reviewers");
    pull.reviewers().forEach(login -> reviewers.addObject().put("login", login));
    return json;
  }

  /**
   * One that was asked for alone: only then GitHub says whether it is merged, and whether it could
   * be. The latter is found out in the background there, and not at all here.
   */
  ObjectNode alone(HostedPullRequest pull) {
    return json(pull).put("merged", pull.status() == Status.MERGED).putNull("mergeable");
  }

  private ObjectNode end(String branch, String sha) {
    ObjectNode end = Json.object().put("ref", branch).put("sha", sha);
    end.putObject("repo").put("full_name", repository);
    return end;
  }
}

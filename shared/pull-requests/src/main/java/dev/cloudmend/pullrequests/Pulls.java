package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests about pull requests.
 *
 * @see <a href="https://docs.github.com/en/rest/pulls">REST API for pull requests</a>
 */
final class Pulls {

  private static final int PAGE = 100;
  private static final int MOST_PAGES = 30;

  /** A quiet blue. */
  private static final String LABEL_COLOR = "1d76db";

  private final Calls calls;

  Pulls(Calls calls) {
    this.calls = calls;
  }

  /** Those that ever came from this branch of the repository itself, the newest first. */
  List<PullRequest> from(RepositoryName repository, Branch head) {
    String path =
        "/pulls?state=all&sort=created&direction=desc&per_page=%d&head=%s"
            .formatted(PAGE, Calls.part(repository.owner() + ":" + head.name()));
    return page(calls.get(repository, path)).stream()
        .filter(p -> p.head().equals(head.name()) && isOwn(repository, p))
        .toList();
  }

  /** All that are open. */
  List<PullRequest> open(RepositoryName repository) {
    return list(repository, "open", Instant.MIN);
  }

  /** All that were created after a time. */
  List<PullRequest> since(RepositoryName repository, Instant time) {
    return list(repository, "all", time);
  }

  PullRequest get(RepositoryName repository, int number) {
    return PullRequest.of(calls.get(repository, "/pulls/" + number));
  }

  /**
   * @throws GitHubException CONFLICT when the branch has an open one
   */
  PullRequest create(RepositoryName repository, PullRequestDraft draft, String body) {
    return PullRequest.of(
        calls.post(
            repository,
            "/pulls",
            Json.object()
                .put("title", draft.title())
                .put("body", body)
                .put("head", draft.head().name())
                .put("base", draft.base().name())
                .put("draft", draft.isDraft())));
  }

  PullRequest edit(RepositoryName repository, int number, String title, String body) {
    return PullRequest.of(
        calls.patch(
            repository, "/pulls/" + number, Json.object().put("title", title).put("body", body)));
  }

  /** Closed so, it stands for its fingerprint no more, as one does that a person closed. */
  PullRequest withdraw(RepositoryName repository, PullRequest open) {
    return PullRequest.of(
        calls.patch(
            repository,
            "/pulls/" + open.number(),
            Json.object().put("state", "closed").put("body", Marker.without(open.body()))));
  }

  void comment(RepositoryName repository, int number, String text) {
    calls.post(repository, "/issues/" + number + "/comments", Json.object().put("body", text));
  }

  /** GitHub makes labels that are not there, though its documentation does not promise it. */
  void label(RepositoryName repository, int number, List<String> labels) {
    ObjectNode body = Json.object();
    ArrayNode names = body.putArray("labels");
    labels.forEach(names::add);
    calls.post(repository, "/issues/" + number + "/labels", body);
  }

  /** Makes a label; that it is there already is as good. */
  void createLabel(RepositoryName repository, String name) {
    try {
      calls.post(repository, "/labels", Json.object().put("name", name).put("color", LABEL_COLOR));
    } catch (GitHubException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
    }
  }

  /**
   * @param reviewers logins, and teams as {@code organization/team}
   * @throws GitHubException INVALID when one of them cannot be asked; then none was
   */
  void ask(RepositoryName repository, int number, List<String> reviewers) {
    ObjectNode body = Json.object();
    ArrayNode people = body.putArray("reviewers");
    ArrayNode teams = body.putArray("team_reviewers");
    for (String reviewer : reviewers) {
      int slash = reviewer.indexOf('/');
      if (slash < 0) {
        people.add(reviewer);
      } else {
        teams.add(reviewer.substring(slash + 1));
      }
    }
    calls.post(repository, "/pulls/" + number + "/requested_reviewers", body);
  }

  private List<PullRequest> list(RepositoryName repository, String state, Instant after) {
    List<PullRequest> all = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      String path =
          "/pulls?state=%s&sort=created&direction=desc&per_page=%d&page=%d"
              .formatted(state, PAGE, page);
      List<PullRequest> some = page(calls.get(repository, path));
      some.stream()
          .filter(p -> p.createdAt().isAfter(after) && isOwn(repository, p))
          .forEach(all::add);
      if (some.size() < PAGE || !some.getLast().createdAt().isAfter(after)) {
        return all;
      }
    }
    throw new GitHubException(
        Kind.INVALID,
        "%s has more than %,d pull requests to look through"
            .formatted(repository, PAGE * MOST_PAGES));
  }

  private static List<PullRequest> page(JsonNode answer) {
    List<PullRequest> page = new ArrayList<>();
    answer.forEach(each -> page.add(PullRequest.of(each)));
    return page;
  }

  private static boolean isOwn(RepositoryName repository, PullRequest pullRequest) {
    return pullRequest.headRepository().equalsIgnoreCase(repository.toString());
  }
}

package dev.cloudmend.testing.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.github.GitHubReply.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pull requests, with their labels, reviewers and comments.
 *
 * @see <a href="https://docs.github.com/en/rest/pulls">REST API for pull requests</a>
 */
final class PullRequestApi {

  private static final int LONGEST_BODY = 65_536;

  private final FakeRepository repository;

  PullRequestApi(FakeRepository repository) {
    this.repository = repository;
  }

  Answer list(Map<String, String> query) {
    String state = query.getOrDefault("state", "open");
    String owner = repository.name().substring(0, repository.name().indexOf('/'));
    int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    List<FakePullRequest> chosen =
        repository.pulls().stream()
            .filter(p -> state.equals("all") || p.isOpen() == state.equals("open"))
            .filter(
                p ->
                    !query.containsKey("head")
                        || (owner + ":" + p.head()).equals(query.get("head")))
            .sorted(Comparator.comparingInt(FakePullRequest::number).reversed())
            .skip((long) (page - 1) * size)
            .limit(size)
            .toList();
    ArrayNode body = Json.object().putArray("list");
    chosen.forEach(p -> body.add(p.json(repository.name(), false)));
    return GitHubReply.json(200, body);
  }

  Answer get(int number) {
    return GitHubReply.json(200, repository.pull(number).json(repository.name(), true));
  }

  Answer create(JsonNode body) {
    String head = body.path("head").asText();
    String base = body.path("base").asText();
    String sha =
        repository.branch(head).orElseThrow(() -> invalid("invalid", "head is not a branch"));
    String baseSha =
        repository.branch(base).orElseThrow(() -> invalid("invalid", "base is not a branch"));
    if (repository.store().follows(baseSha, sha)) {
      throw invalid("custom", "No commits between " + base + " and " + head);
    }
    if (repository.pulls().stream()
        .anyMatch(p -> p.isOpen() && p.head().equals(head) && p.base().equals(base))) {
      throw invalid(
          "custom", "A pull request already exists for " + repository.name() + ":" + head + ".");
    }
    if (body.path("body").asText().length() > LONGEST_BODY) {
      throw invalid("custom", "body is too long (maximum is 65536 characters)");
    }
    FakePullRequest pull =
        new FakePullRequest(
            repository.pulls().size() + 1,
            body.path("title").asText(),
            body.path("body").asText(),
            head,
            base,
            sha,
            body.path("draft").asBoolean(),
            true,
            false,
            repository.clock().instant(),
            List.of(),
            List.of(),
            List.of());
    repository.add(pull);
    return GitHubReply.json(201, pull.json(repository.name(), true));
  }

  Answer update(int number, JsonNode body) {
    FakePullRequest pull = repository.pull(number);
    if (body.path("state").asText().equals("closed")) {
      pull = pull.ended(pull.isMerged());
    }
    pull =
        pull.withText(
            body.path("title").asText(pull.title()), body.path("body").asText(pull.body()));
    repository.replace(pull);
    return GitHubReply.json(200, pull.json(repository.name(), true));
  }

  Answer requestReviewers(int number, JsonNode body) {
    FakePullRequest pull = repository.pull(number);
    Set<String> asked = new LinkedHashSet<>(pull.reviewers());
    body.path("reviewers").forEach(r -> asked.add(r.asText()));
    body.path("team_reviewers").forEach(r -> asked.add(r.asText()));
    if (!repository.collaborators().containsAll(asked)) {
      throw new RefusedException(
          GitHubReply.error(
              422,
              "Reviews may only be requested from collaborators. One or more of the users or teams"
                  + " you specified is not a collaborator of the repository."));
    }
    FakePullRequest changed = pull.with(pull.labels(), new ArrayList<>(asked), pull.comments());
    repository.replace(changed);
    return GitHubReply.json(201, changed.json(repository.name(), true));
  }

  Answer addLabels(int number, JsonNode body) {
    FakePullRequest pull = repository.pull(number);
    Set<String> names = new LinkedHashSet<>(pull.labels());
    body.path("labels").forEach(l -> names.add(l.asText()));
    if (repository.refusesUnknownLabels() && !repository.labels().containsAll(names)) {
      throw new RefusedException(GitHubReply.notFound());
    }
    repository.labels().addAll(names);
    repository.replace(pull.with(new ArrayList<>(names), pull.reviewers(), pull.comments()));
    ArrayNode all = Json.object().putArray("labels");
    names.forEach(name -> all.addObject().put("name", name));
    return GitHubReply.json(200, all);
  }

  Answer createLabel(JsonNode body) {
    String name = body.path("name").asText();
    if (!repository.labels().add(name)) {
      ObjectNode refusal = Json.object().put("message", "Validation Failed");
      refusal
          .putArray("errors")
          .addObject()
          .put("resource", "Label")
          .put("code", "already_exists")
          .put("field", "name");
      throw new RefusedException(GitHubReply.json(422, refusal));
    }
    return GitHubReply.json(201, Json.object().put("name", name));
  }

  Answer comment(int number, JsonNode body) {
    FakePullRequest pull = repository.pull(number);
    List<String> comments = new ArrayList<>(pull.comments());
    comments.add(body.path("body").asText());
    repository.replace(pull.with(pull.labels(), pull.reviewers(), comments));
    return GitHubReply.json(201, Json.object().put("id", comments.size()));
  }

  private static RefusedException invalid(String code, String message) {
    return new RefusedException(GitHubReply.validationFailed("PullRequest", code, message));
  }
}

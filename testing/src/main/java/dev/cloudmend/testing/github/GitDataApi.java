package dev.cloudmend.testing.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.github.GitHubReply.Answer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;

/**
 * Branches, commits, trees and blobs.
 *
 * @see <a href="https://docs.github.com/en/rest/git">REST API for Git data</a>
 */
final class GitDataApi {

  private final FakeRepository repository;
  private final GitStore store;

  GitDataApi(FakeRepository repository) {
    this.repository = repository;
    this.store = repository.store();
  }

  Answer repository() {
    int slash = repository.name().indexOf('/');
    ObjectNode body =
        Json.object()
            .put("full_name", repository.name())
            .put("name", repository.name().substring(slash + 1))
            .put("default_branch", repository.defaultBranch())
            .put("archived", repository.isArchived());
    return GitHubReply.json(200, body);
  }

  Answer branch(String name) {
    String sha =
        repository
            .branch(name)
            .orElseThrow(() -> new RefusedException(GitHubReply.error(404, "Branch not found")));
    GitObject.Commit commit = store.get(sha, GitObject.Commit.class);
    ObjectNode body = Json.object().put("name", name).put("protected", false);
    ObjectNode at = body.putObject("commit").put("sha", sha);
    at.putObject("commit")
        .put("message", commit.message())
        .putObject("tree")
        .put("sha", commit.tree());
    at.putObject("author").put("login", commit.author());
    parents(at, commit.parents());
    return GitHubReply.json(200, body);
  }

  Answer ref(String name) {
    requireCommits();
    String sha =
        repository.branch(name).orElseThrow(() -> new RefusedException(GitHubReply.notFound()));
    return GitHubReply.json(200, reference(name, sha));
  }

  Answer commit(String sha) {
    return GitHubReply.json(200, json(store.get(sha, GitObject.Commit.class)));
  }

  Answer tree(String sha, boolean isRecursive) {
    requireCommits();
    String root = store.find(sha, GitObject.Commit.class).map(GitObject.Commit::tree).orElse(sha);
    ObjectNode body = Json.object().put("sha", root);
    ArrayNode entries = body.putArray("tree");
    list(root, "", isRecursive, entries);
    boolean isCut = isRecursive && entries.size() > repository.mostListed();
    while (isCut && entries.size() > repository.mostListed()) {
      entries.remove(entries.size() - 1);
    }
    return GitHubReply.json(200, body.put("truncated", isCut));
  }

  Answer blob(String sha) {
    byte[] content = store.get(sha, GitObject.Blob.class).content();
    ObjectNode body =
        Json.object()
            .put("sha", sha)
            .put("size", content.length)
            .put("encoding", "base64")
            .put("content", Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(content));
    return GitHubReply.json(200, body);
  }

  Answer createTree(JsonNode body) {
    requireCommits();
    SortedMap<String, GitStore.File> files =
        store.files(store.get(body.path("base_tree").asText(), GitObject.Tree.class).sha());
    for (JsonNode entry : body.path("tree")) {
      String path = entry.path("path").asText();
      if (entry.path("sha").isNull()) {
        if (files.remove(path) == null) {
          throw new RefusedException(GitHubReply.error(422, "GitRPC::BadObjectState"));
        }
      } else {
        String sha =
            entry.has("content")
                ? store.blob(entry.path("content").asText().getBytes(UTF_8))
                : store.get(entry.path("sha").asText(), GitObject.Blob.class).sha();
        files.put(path, new GitStore.File(entry.path("mode").asText(), sha));
      }
    }
    return GitHubReply.json(201, Json.object().put("sha", store.tree(files)));
  }

  Answer createCommit(JsonNode body) {
    List<String> parents = new ArrayList<>();
    body.path("parents")
        .forEach(p -> parents.add(store.get(p.asText(), GitObject.Commit.class).sha()));
    String tree = store.get(body.path("tree").asText(), GitObject.Tree.class).sha();
    String author = body.at("/author/name").asText("cloudmend[bot]");
    String sha =
        store.commit(
            tree, parents, body.path("message").asText(), author, repository.clock().instant());
    return GitHubReply.json(201, json(store.get(sha, GitObject.Commit.class)));
  }

  Answer createRef(JsonNode body) {
    String ref = body.path("ref").asText();
    String sha = known(body);
    if (!ref.startsWith("refs/heads/")) {
      throw new RefusedException(GitHubReply.error(422, "Reference name must start with 'refs/'."));
    }
    String name = ref.substring("refs/heads/".length());
    if (repository.branch(name).isPresent()) {
      throw new RefusedException(GitHubReply.error(422, "Reference already exists"));
    }
    repository.setBranch(name, sha);
    return GitHubReply.json(201, reference(name, sha));
  }

  Answer updateRef(String name, JsonNode body) {
    String sha = known(body);
    String now =
        repository
            .branch(name)
            .orElseThrow(
                () -> new RefusedException(GitHubReply.error(422, "Reference does not exist")));
    if (!body.path("force").asBoolean() && !store.follows(sha, now)) {
      throw new RefusedException(GitHubReply.error(422, "Update is not a fast forward"));
    }
    repository.setBranch(name, sha);
    return GitHubReply.json(200, reference(name, sha));
  }

  private String known(JsonNode body) {
    String sha = body.path("sha").asText();
    if (!store.has(sha)) {
      throw new RefusedException(GitHubReply.error(422, "Object does not exist"));
    }
    return sha;
  }

  private void requireCommits() {
    if (repository.isEmpty()) {
      throw new RefusedException(GitHubReply.error(409, "Git Repository is empty."));
    }
  }

  private void list(String tree, String prefix, boolean isRecursive, ArrayNode entries) {
    for (GitObject.Entry entry : store.get(tree, GitObject.Tree.class).entries()) {
      ObjectNode json =
          entries
              .addObject()
              .put("path", prefix + entry.name())
              .put("mode", entry.isDirectory() ? "040000" : entry.mode())
              .put("type", entry.isDirectory() ? "tree" : "blob")
              .put("sha", entry.sha());
      if (entry.isDirectory()) {
        if (isRecursive) {
          list(entry.sha(), prefix + entry.name() + "/", true, entries);
        }
      } else {
        json.put("size", store.get(entry.sha(), GitObject.Blob.class).content().length);
      }
    }
  }

  private static ObjectNode json(GitObject.Commit commit) {
    ObjectNode json = Json.object().put("sha", commit.sha()).put("message", commit.message());
    json.putObject("tree").put("sha", commit.tree());
    parents(json, commit.parents());
    return json;
  }

  private static void parents(ObjectNode json, List<String> parents) {
    ArrayNode list = json.putArray("parents");
    parents.forEach(p -> list.addObject().put("sha", p));
  }

  private static ObjectNode reference(String name, String sha) {
    ObjectNode json = Json.object().put("ref", "refs/heads/" + name);
    json.putObject("object").put("type", "commit").put("sha", sha);
    return json;
  }
}

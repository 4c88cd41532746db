package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import java.util.Comparator;
import java.util.List;

/**
 * A fix of the source, ready to be proposed.
 *
 * @param baseCommit the head of the base branch from which the files were read; where the branch
 *     has moved since, nothing is proposed
 * @param changes at least one, each of another path
 * @param commitMessage begins with a line of at most 72 characters by custom
 */
public record Proposal(
    RepositoryName repository,
    String baseCommit,
    List<FileChange> changes,
    String commitMessage,
    PullRequestDraft draft) {

  /**
   * @throws IllegalArgumentException when there is no change, or a path has two
   */
  public Proposal {
    changes = changes.stream().sorted(Comparator.comparing(FileChange::path)).toList();
    if (changes.isEmpty()
        || changes.stream().map(FileChange::path).distinct().count() < changes.size()) {
      throw new IllegalArgumentException("a proposal has changes, each of another path");
    }
    if (commitMessage.isBlank()) {
      throw new IllegalArgumentException("a commit has a message");
    }
  }

  /** {@code sha256:} of what the files become. */
  String content() {
    ArrayNode files = Json.object().putArray("files");
    for (FileChange change : changes) {
      ObjectNode file = files.addObject().put("path", change.path());
      if (change instanceof FileChange.Write write) {
        file.put("content", write.content()).put("mode", write.mode());
      }
    }
    return CanonicalJson.hash(files);
  }

  Marker marker() {
    return new Marker(draft.fingerprint(), content());
  }

  /** The body with its marker. */
  String markedBody() {
    return marker().comment() + "\n" + draft.body();
  }
}

package dev.cloudmend.pullrequests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.pullrequests.GitHubException.Kind;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Repositories on GitHub, read and written over its REST API without a clone.
 *
 * <p>It never waits: rate limits and failures of the service are thrown for the caller to try again
 * later. Every method throws {@link GitHubException}.
 *
 * @see <a href="https://docs.github.com/en/rest/git">REST API for Git data</a>
 */
public final class GitHub implements AutoCloseable {

  /** Where github.com has its API. */
  public static final URI DEFAULT_ADDRESS = URI.create("https://api.github.com");

  /** How long one request may take, until the last byte of its answer. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  /** The longest file that is read, in bytes. */
  public static final long LONGEST_FILE = 1_048_576;

  private final Transport transport;
  private final Calls calls;
  private final Clock clock;

  /**
   * @param address of the API; for GitHub Enterprise Server it ends in {@code /api/v3}
   * @param patience how long one request may take, until the last byte of its answer
   * @throws IllegalArgumentException when the address is not https (or http on this machine)
   */
  public GitHub(URI address, GitHubCredentials credentials, Duration patience, Clock clock) {
    this.clock = clock;
    transport = new Transport(address, patience);
    calls = new Calls(transport, new Tokens(credentials, transport, clock), clock);
  }

  private GitHub(Transport transport, Calls calls, Clock clock) {
    this.transport = transport;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * The same for a dry run: whatever would write is refused as READ_ONLY before it is sent, in one
   * place. Both share their connections, and end together.
   */
  public GitHub readOnly() {
    return guarded(
        asked -> {
          throw new GitHubException(
              Kind.READ_ONLY, asked + ": a dry run writes nothing; it was not sent");
        });
  }

  /**
   * The same, which tells somebody right before it writes for the first time.
   *
   * @param told where it throws, nothing is written
   */
  public GitHub tellingFirst(Runnable told) {
    var isTold = new AtomicBoolean();
    return guarded(
        asked -> {
          if (!isTold.get()) {
            told.run();
            isTold.set(true);
          }
        });
  }

  private GitHub guarded(Consumer<String> guard) {
    return new GitHub(transport, calls.guarded(guard), clock);
  }

  /** As above, with {@link #DEFAULT_PATIENCE} and the clock of the system. */
  public static GitHub connect(URI address, GitHubCredentials credentials) {
    return new GitHub(address, credentials, DEFAULT_PATIENCE, Clock.systemUTC());
  }

  /** The repository as it is now; that it is empty shows first in {@link #branch}. */
  public Repository repository(RepositoryName name) {
    JsonNode answer = calls.get(name, "");
    try {
      return new Repository(
          RepositoryName.of(answer.path("full_name").asText()),
          new Branch(answer.path("default_branch").asText()),
          answer.path("archived").asBoolean());
    } catch (IllegalArgumentException e) {
      throw new GitHubException(
          Kind.UNAVAILABLE, "GitHub describes " + name + " in a form that is not understood");
    }
  }

  /**
   * Where a branch stands.
   *
   * @throws GitHubException NOT_FOUND when there is no such branch, EMPTY when the repository has
   *     no commit at all
   */
  public BranchHead branch(RepositoryName repository, Branch branch) {
    try {
      JsonNode answer = calls.get(repository, "/branches/" + Calls.part(branch.name()));
      JsonNode commit = answer.path("commit");
      return new BranchHead(
          branch,
          new Commit(
              Calls.sha(commit, "/sha"),
              Calls.sha(commit, "/commit/tree/sha"),
              parents(commit),
              commit.at("/commit/message").asText()),
          Optional.of(commit.at("/author/login").asText()).filter(login -> !login.isEmpty()),
          answer.path("protected").asBoolean());
    } catch (GitHubException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        // Only this request tells an empty repository from a missing branch.
        calls.get(repository, "/git/ref/heads/" + path(branch));
      }
      throw e;
    }
  }

  public Commit commit(RepositoryName repository, String sha) {
    JsonNode answer = calls.get(repository, "/git/commits/" + Calls.part(sha));
    return new Commit(
        Calls.sha(answer, "/sha"),
        Calls.sha(answer, "/tree/sha"),
        parents(answer),
        answer.path("message").asText());
  }

  /**
   * The files of a directory. One request, except in a repository so large that GitHub cuts the
   * list: then some for the way to the directory and its parts.
   *
   * @param directory from the repository's root, without slashes around it; empty for the root
   * @throws GitHubException NOT_FOUND when the commit has no such directory, INVALID when it has
   *     more files than are read
   */
  public SourceTree tree(RepositoryName repository, Commit commit, String directory) {
    return new TreeReader(calls, repository).read(commit, directory);
  }

  /**
   * The text of a file.
   *
   * @throws GitHubException INVALID when it is longer than {@link #LONGEST_FILE}, or no UTF-8
   */
  public String text(RepositoryName repository, SourceFile file) {
    if (file.size() > LONGEST_FILE) {
      throw new GitHubException(
          Kind.INVALID,
          "%s has %,d bytes; at most %,d are read"
              .formatted(file.path(), file.size(), LONGEST_FILE));
    }
    JsonNode answer = calls.get(repository, "/git/blobs/" + Calls.part(file.sha()));
    try {
      byte[] content = Base64.getMimeDecoder().decode(answer.path("content").asText());
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new GitHubException(Kind.INVALID, file.path() + " is no text in UTF-8");
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  Pulls pulls() {
    return new Pulls(calls);
  }

  Clock clock() {
    return clock;
  }

  /** Writes what the files become; nothing points to it yet. Returns the tree's sha. */
  String createTree(RepositoryName repository, String baseTree, List<FileChange> changes) {
    ObjectNode body = Json.object().put("base_tree", baseTree);
    ArrayNode entries = body.putArray("tree");
    for (FileChange change : changes) {
      ObjectNode entry = entries.addObject().put("path", change.path()).put("type", "blob");
      switch (change) {
        case FileChange.Write write ->
            entry.put("mode", write.mode()).put("content", write.content());
        case FileChange.Delete delete -> entry.put("mode", FileChange.FILE).putNull("sha");
      }
    }
    return Calls.sha(calls.post(repository, "/git/trees", body), "/sha");
  }

  /** Writes a commit; nothing points to it yet. Without an author, GitHub signs an App's. */
  Commit createCommit(
      RepositoryName repository, String tree, List<String> parents, String message) {
    ObjectNode body = Json.object().put("message", message).put("tree", tree);
    ArrayNode shas = body.putArray("parents");
    parents.forEach(shas::add);
    JsonNode answer = calls.post(repository, "/git/commits", body);
    return new Commit(Calls.sha(answer, "/sha"), tree, parents, message);
  }

  /**
   * @throws GitHubException CONFLICT when it is there already, PROTECTED when a rule forbids it
   */
  void createBranch(RepositoryName repository, Branch branch, String sha) {
    calls.post(
        repository,
        "/git/refs",
        Json.object().put("ref", "refs/heads/" + branch.name()).put("sha", sha));
  }

  /**
   * @throws GitHubException CONFLICT when the branch has a commit that the new one does not follow,
   *     PROTECTED when a rule forbids it
   */
  void moveBranch(RepositoryName repository, Branch branch, String sha) {
    calls.patch(
        repository,
        "/git/refs/heads/" + path(branch),
        Json.object().put("sha", sha).put("force", false));
  }

  private static String path(Branch branch) {
    return Calls.part(branch.name()).replace("%2F", "/");
  }

  private static List<String> parents(JsonNode commit) {
    List<String> parents = new ArrayList<>();
    commit.path("parents").forEach(parent -> parents.add(Calls.sha(parent, "/sha")));
    return parents;
  }
}

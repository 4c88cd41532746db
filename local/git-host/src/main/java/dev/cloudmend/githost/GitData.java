package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Branches, commits, trees and blobs.
 *
 * @see <a href="https://docs.github.com/en/rest/git">REST API for Git data</a>
 */
final class GitData {

  /** Who writes commits that name no author. */
  static final String NAME = "cloudmend[bot]";

  static final String EMAIL = "cloudmend@localhost";

  /** GitHub's own limit is 100 MB; nobody here reads more than one. */
  private static final long LARGEST_BLOB = 25 * 1024 * 1024;

  private static final int BASE64_LINE = 60;
  private static final Map<String, Integer> MODES =
      Map.of(
          "100644", Constants.OBJ_BLOB,
          "100755", Constants.OBJ_BLOB,
          "120000", Constants.OBJ_BLOB,
          "040000", Constants.OBJ_TREE);

  private final String name;
  private final Repository git;
  private final Branches branches;
  private final Clock clock;
  private final GitObjects objects;

  /**
   * @param name {@code owner/name}
   */
  GitData(String name, Repository git, Branches branches, Clock clock) {
    this.name = name;
    this.git = git;
    this.branches = branches;
    this.clock = clock;
    objects = new GitObjects(git);
  }

  Answer repository() throws IOException {
    int slash = name.indexOf('/');
    ObjectNode body =
        Json.object()
            .put("full_name", name)
            .put("name", name.substring(slash + 1))
            .put("default_branch", branches.defaultBranch())
            .put("archived", false);
    body.putObject("owner").put("login", name.substring(0, slash));
    return Answer.json(200, body);
  }

  Answer branch(String branch) throws IOException {
    branches.refresh();
    ObjectId at =
        branches
            .find(branch)
            .orElseThrow(() -> new RefusedException(Answer.error(404, "Branch not found")));
    RevCommit commit =
        objects
            .commit(at.name())
            .orElseThrow(() -> new IOException("a branch points to no commit"));
    ObjectNode body =
        Json.object().put("name", branch).put("protected", branches.isProtected(branch));
    ObjectNode head = body.putObject("commit").put("sha", at.name());
    ObjectNode inner = head.putObject("commit").put("message", commit.getFullMessage());
    inner.putObject("tree").put("sha", commit.getTree().name());
    // Nobody knows logins here, as GitHub does not for an address that no account has.
    head.putNull("author");
    parents(head, commit);
    return Answer.json(200, body);
  }

  Answer ref(String branch) throws IOException {
    branches.refresh();
    requireCommits();
    ObjectId at = branches.find(branch).orElseThrow(() -> new RefusedException(Answer.notFound()));
    return Answer.json(200, reference(branch, at));
  }

  Answer commit(String sha) throws IOException {
    return Answer.json(200, json(found(objects.commit(sha))));
  }

  /**
   * @param sha of a tree or a commit
   */
  Answer tree(String sha, boolean isRecursive) throws IOException {
    requireCommits();
    Optional<ObjectId> ofCommit = objects.commit(sha).map(commit -> commit.getTree().getId());
    ObjectId root =
        ofCommit.isPresent() ? ofCommit.get() : found(objects.id(sha, Constants.OBJ_TREE));
    return Answer.json(200, new TreeListing(git, TreeListing.MOST_ENTRIES).of(root, isRecursive));
  }

  Answer blob(String sha) throws IOException {
    ObjectLoader blob = found(objects.object(sha, Constants.OBJ_BLOB));
    if (blob.getSize() > LARGEST_BLOB) {
      return Answer.error(403, "This API returns blobs up to 25 MB in size.");
    }
    return Answer.json(
        200,
        Json.object()
            .put("sha", sha)
            .put("size", blob.getSize())
            .put("encoding", "base64")
            .put(
                "content",
                Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'})
                    .encodeToString(blob.getBytes())));
  }

  Answer createTree(JsonNode body) throws IOException {
    requireCommits();
    Optional<String> base = Bodies.optionalText(body, "base_tree", "Tree");
    Optional<ObjectId> baseTree = Optional.empty();
    if (base.isPresent()) {
      baseTree = Optional.of(found(objects.id(base.get(), Constants.OBJ_TREE)));
    }
    try (ObjectInserter inserter = git.newObjectInserter();
        ObjectReader reader = inserter.newReader()) {
      Map<String, Optional<TreeEdit.Node>> changes = new HashMap<>();
      for (JsonNode entry : body.path("tree")) {
        changes.put(path(entry), node(entry, inserter));
      }
      if (changes.isEmpty()) {
        throw new RefusedException(
            Answer.invalid("Tree", "tree", "missing_field", "tree is empty"));
      }
      ObjectId tree = new TreeEdit(reader, inserter).apply(baseTree, changes);
      inserter.flush();
      return Answer.json(201, Json.object().put("sha", tree.name()));
    }
  }

  Answer createCommit(JsonNode body) throws IOException {
    requireCommits();
    String message = Bodies.text(body, "message", "Commit");
    if (message.indexOf('\0') >= 0) {
      throw new RefusedException(
          Answer.invalid("Commit", "message", "invalid", "message holds a NUL"));
    }
    String tree = Bodies.text(body, "tree", "Commit");
    List<ObjectId> parents = new ArrayList<>();
    for (String parent : Bodies.texts(body, "parents", "Commit")) {
      parents.add(
          objects.id(parent, Constants.OBJ_COMMIT).orElseThrow(() -> unknown("Parent", parent)));
    }
    var commit = new CommitBuilder();
    commit.setTreeId(objects.id(tree, Constants.OBJ_TREE).orElseThrow(() -> unknown("Tree", tree)));
    commit.setParentIds(parents);
    commit.setMessage(message);
    commit.setEncoding(UTF_8);
    PersonIdent own =
        new PersonIdent(
            NAME, EMAIL, clock.instant().truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
    commit.setAuthor(own);
    commit.setCommitter(own);
    try (ObjectInserter inserter = git.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return Answer.json(201, json(found(objects.commit(id.name()))));
    }
  }

  Answer createRef(JsonNode body) throws IOException {
    requireCommits();
    String ref = Bodies.text(body, "ref", "Reference");
    ObjectId commit = target(body);
    if (!ref.startsWith(Constants.R_HEADS)) {
      return Answer.error(422, "Only branches are made here: a name begins with refs/heads/");
    }
    String branch = ref.substring(Constants.R_HEADS.length());
    branches.create(branch, commit);
    return Answer.json(201, reference(branch, commit));
  }

  Answer updateRef(String branch, JsonNode body) throws IOException {
    ObjectId commit = target(body);
    branches.move(branch, commit, body.path("force").asBoolean());
    return Answer.json(200, reference(branch, commit));
  }

  private static String path(JsonNode entry) {
    String path = Bodies.text(entry, "path", "Tree");
    try {
      new ObjectChecker().setSafeForMacOS(true).checkPath(path);
      return path;
    } catch (CorruptObjectException e) {
      throw new RefusedException(
          Answer.error(422, "tree.path contains a malformed path component"));
    }
  }

  private Optional<TreeEdit.Node> node(JsonNode entry, ObjectInserter inserter) throws IOException {
    if (entry.path("sha").isNull()) {
      return Optional.empty();
    }
    String mode = Bodies.text(entry, "mode", "Tree");
    Integer type = MODES.get(mode);
    if (type == null) {
      throw new RefusedException(
          Answer.error(422, "Must supply a valid tree.mode: 040000, 100644, 100755 or 120000"));
    }
    Optional<String> content = Bodies.optionalText(entry, "content", "Tree");
    ObjectId id;
    if (content.isPresent() && type == Constants.OBJ_BLOB) {
      id = inserter.insert(Constants.OBJ_BLOB, content.get().getBytes(UTF_8));
    } else {
      String sha = Bodies.text(entry, "sha", "Tree");
      id = objects.id(sha, type).orElseThrow(() -> unknown("tree.sha", sha));
    }
    return Optional.of(new TreeEdit.Node(Integer.parseInt(mode, 8), id));
  }

  private ObjectId target(JsonNode body) throws IOException {
    return objects
        .id(Bodies.text(body, "sha", "Reference"), Constants.OBJ_COMMIT)
        .orElseThrow(() -> new RefusedException(Answer.error(422, "Object does not exist")));
  }

  private void requireCommits() throws IOException {
    if (branches.isEmpty()) {
      throw new RefusedException(Answer.empty());
    }
  }

  private static <T> T found(Optional<T> object) {
    return object.orElseThrow(() -> new RefusedException(Answer.notFound()));
  }

  private static RefusedException unknown(String what, String sha) {
    return new RefusedException(
        Answer.error(422, "%s %s does not exist or is of another kind".formatted(what, sha)));
  }

  private static ObjectNode json(RevCommit commit) {
    ObjectNode json =
        Json.object().put("sha", commit.name()).put("message", commit.getFullMessage());
    json.putObject("tree").put("sha", commit.getTree().name());
    parents(json, commit);
    return json;
  }

  private static void parents(ObjectNode json, RevCommit commit) {
    ArrayNode list = json.putArray("parents");
    for (RevCommit parent : commit.getParents()) {
      list.addObject().put("sha", parent.name());
    }
  }

  private static ObjectNode reference(String branch, ObjectId at) {
    ObjectNode json = Json.object().put("ref", Constants.R_HEADS + branch);
    json.putObject("object").put("type", "commit").put("sha", at.name());
    return json;
  }
}

package dev.cloudmend.githost;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds objects by the ids in requests. */
final class GitObjects {

  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

  private final Repository git;

  GitObjects(Repository git) {
    this.git = git;
  }

  /** A commit; empty where the id means none. */
  Optional<RevCommit> commit(String sha) throws IOException {
    if (!SHA.matcher(sha).matches()) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(git)) {
      walk.setRetainBody(true);
      return Optional.of(walk.parseCommit(ObjectId.fromString(sha)));
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Optional.empty();
    }
  }

  /**
   * An object of a kind; empty where the id means none.
   *
   * @param type of {@code org.eclipse.jgit.lib.Constants}, such as {@code OBJ_BLOB}
   */
  Optional<ObjectLoader> object(String sha, int type) throws IOException {
    if (!SHA.matcher(sha).matches()) {
      return Optional.empty();
    }
    try (ObjectReader reader = git.newObjectReader()) {
      return Optional.of(reader.open(ObjectId.fromString(sha), type));
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Optional.empty();
    }
  }

  /** The id, where there is an object of this kind. */
  Optional<ObjectId> id(String sha, int type) throws IOException {
    return object(sha, type).map(found -> ObjectId.fromString(sha));
  }
}

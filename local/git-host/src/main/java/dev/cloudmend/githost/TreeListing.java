package dev.cloudmend.githost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Lists trees, cut where GitHub cuts.
 *
 * @see <a href="https://docs.github.com/en/rest/git/trees#get-a-tree">Get a tree</a>
 */
final class TreeListing {

  /** As GitHub's. */
  static final int MOST_ENTRIES = 100_000;

  private static final int MOST_CHARACTERS = 7 * 1024 * 1024;

  /** What an entry has besides its path. */
  private static final int OF_EACH = 100;

  private final Repository git;
  private final int mostEntries;

  /**
   * @param mostEntries where it is cut
   */
  TreeListing(Repository git, int mostEntries) {
    this.git = git;
    this.mostEntries = mostEntries;
  }

  /**
   * @param isRecursive whether what is in its directories is listed too
   */
  ObjectNode of(ObjectId tree, boolean isRecursive) throws IOException {
    ObjectNode body = Json.object().put("sha", tree.name());
    ArrayNode entries = body.putArray("tree");
    boolean isCut = false;
    long characters = 0;
    try (ObjectReader reader = git.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      while (!isCut && walk.next()) {
        characters += OF_EACH + walk.getPathLength();
        isCut = entries.size() == mostEntries || characters > MOST_CHARACTERS;
        if (!isCut) {
          add(entries, walk, reader);
        }
        if (isRecursive && walk.isSubtree()) {
          walk.enterSubtree();
        }
      }
    }
    return body.put("truncated", isCut);
  }

  private static void add(ArrayNode entries, TreeWalk walk, ObjectReader reader)
      throws IOException {
    FileMode mode = walk.getFileMode();
    ObjectId id = walk.getObjectId(0);
    ObjectNode entry =
        entries
            .addObject()
            .put("path", walk.getPathString())
            .put("mode", "%06o".formatted(mode.getBits()))
            .put("type", Constants.typeString(mode.getObjectType()))
            .put("sha", id.name());
    if (mode.getObjectType() == Constants.OBJ_BLOB) {
      entry.put("size", reader.getObjectSize(id, Constants.OBJ_BLOB));
    }
  }
}

package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Makes a tree from another one. Directories in which nothing changes are neither read nor written;
 * what stays in the others keeps its name and mode byte for byte, also where git would write them
 * otherwise today.
 */
final class TreeEdit {

  /**
   * What stands under a name.
   *
   * @param mode git's bits, such as 0100644
   */
  record Node(int mode, ObjectId id) {
    boolean isTree() {
      return FileMode.TREE.equals(mode);
    }
  }

  /** A byte as a character, so that names that are no UTF-8 stay what they are. */
  private record Named(String name, Node node) {

    // Git sorts a directory as if its name ended in a slash.
    String order() {
      return node.isTree() ? name + "/" : name;
    }
  }

  private final ObjectReader reader;
  private final ObjectInserter inserter;

  TreeEdit(ObjectReader reader, ObjectInserter inserter) {
    this.reader = reader;
    this.inserter = inserter;
  }

  /**
   * Writes the tree.
   *
   * @param base empty for a tree of nothing else
   * @param changes by path; empty for what is to be no longer there
   * @throws RefusedException when something that is to go is not there
   */
  ObjectId apply(Optional<ObjectId> base, Map<String, Optional<Node>> changes) throws IOException {
    Map<String, Optional<Node>> raw = new TreeMap<>();
    changes.forEach((path, node) -> raw.put(new String(path.getBytes(UTF_8), ISO_8859_1), node));
    return write(edited(base, raw));
  }

  private Map<String, Node> edited(Optional<ObjectId> base, Map<String, Optional<Node>> changes)
      throws IOException {
    Map<String, Node> entries = base.isPresent() ? read(base.get()) : new HashMap<>();
    Map<String, Map<String, Optional<Node>>> inDirectories = new TreeMap<>();
    for (Map.Entry<String, Optional<Node>> change : changes.entrySet()) {
      String path = change.getKey();
      int slash = path.indexOf('/');
      if (slash >= 0) {
        inDirectories
            .computeIfAbsent(path.substring(0, slash), d -> new TreeMap<>())
            .put(path.substring(slash + 1), change.getValue());
      } else if (change.getValue().isPresent()) {
        entries.put(path, change.getValue().get());
      } else if (entries.remove(path) == null) {
        throw new RefusedException(Answer.error(422, "GitRPC::BadObjectState"));
      }
    }
    for (Map.Entry<String, Map<String, Optional<Node>>> directory : inDirectories.entrySet()) {
      String name = directory.getKey();
      Optional<ObjectId> before =
          Optional.ofNullable(entries.get(name)).filter(Node::isTree).map(Node::id);
      Map<String, Node> inside = edited(before, directory.getValue());
      if (inside.isEmpty()) {
        entries.remove(name);
      } else {
        entries.put(name, new Node(FileMode.TREE.getBits(), write(inside)));
      }
    }
    return entries;
  }

  private Map<String, Node> read(ObjectId tree) throws IOException {
    Map<String, Node> entries = new HashMap<>();
    var parser = new CanonicalTreeParser();
    parser.reset(reader, tree);
    for (; !parser.eof(); parser.next()) {
      byte[] name = new byte[parser.getNameLength()];
      parser.getName(name, 0);
      entries.put(
          new String(name, ISO_8859_1),
          new Node(parser.getEntryRawMode(), parser.getEntryObjectId()));
    }
    return entries;
  }

  private ObjectId write(Map<String, Node> entries) throws IOException {
    List<Named> sorted =
        entries.entrySet().stream()
            .map(e -> new Named(e.getKey(), e.getValue()))
            .sorted(Comparator.comparing(Named::order))
            .toList();
    var content = new ByteArrayOutputStream();
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    for (Named entry : sorted) {
      content.writeBytes((Integer.toOctalString(entry.node().mode()) + " ").getBytes(UTF_8));
      content.writeBytes(entry.name().getBytes(ISO_8859_1));
      content.write(0);
      entry.node().id().copyRawTo(id, 0);
      content.writeBytes(id);
    }
    return inserter.insert(Constants.OBJ_TREE, content.toByteArray());
  }
}

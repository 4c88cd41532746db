package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

class TreeEditTest {

  @Property(tries = 300)
  void givesTheTreeThatAnIndexOfTheSameFilesGives(
      @ForAll("files") Map<String, String> before, @ForAll("files") Map<String, String> written)
      throws IOException {
    try (var git = new InMemoryRepository(new DfsRepositoryDescription("test"));
        ObjectInserter inserter = git.newObjectInserter();
        ObjectReader reader = inserter.newReader()) {
      SortedMap<String, String> start = withoutClashes(new TreeMap<>(), before);
      SortedMap<String, String> end = withoutClashes(start, written);
      Map<String, Optional<TreeEdit.Node>> changes = new TreeMap<>();
      for (Map.Entry<String, String> file : end.entrySet()) {
        if (!file.getValue().equals(start.get(file.getKey()))) {
          changes.put(file.getKey(), Optional.of(node(inserter, file.getValue())));
        }
      }
      start.keySet().stream()
          .filter(path -> path.hashCode() % 3 == 0 && !written.containsKey(path))
          .forEach(
              path -> {
                changes.put(path, Optional.empty());
                end.remove(path);
              });

      ObjectId edited =
          new TreeEdit(reader, inserter).apply(Optional.of(index(inserter, start)), changes);

      assertThat(edited).isEqualTo(index(inserter, end));
    }
  }

  @Provide
  Arbitrary<Map<String, String>> files() {
    Arbitrary<String> name = Arbitraries.of("a", "a-b", "a.b", "a0", "ä", "z", "\uD83D\uDE00");
    Arbitrary<String> path =
        name.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("/", parts));
    return Arbitraries.maps(path, Arbitraries.of("x", "y")).ofMaxSize(12);
  }

  /** A name is a file or a directory, not both. */
  private static SortedMap<String, String> withoutClashes(
      SortedMap<String, String> first, Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(first);
    new TreeMap<>(more)
        .forEach(
            (path, text) -> {
              boolean clashes =
                  all.keySet().stream()
                      .anyMatch(p -> p.startsWith(path + "/") || path.startsWith(p + "/"));
              if (!clashes) {
                all.put(path, text);
              }
            });
    return all;
  }

  private static ObjectId index(ObjectInserter inserter, Map<String, String> files)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (Map.Entry<String, String> file : files.entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(node(inserter, file.getValue()).id());
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private static TreeEdit.Node node(ObjectInserter inserter, String text) throws IOException {
    return new TreeEdit.Node(
        FileMode.REGULAR_FILE.getBits(), inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8)));
  }
}

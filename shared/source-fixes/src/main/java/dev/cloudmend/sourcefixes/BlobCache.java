package dev.cloudmend.sourcefixes;

import dev.cloudmend.pullrequests.RepositoryName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Texts of blobs, which never change. Those that were not asked for longest go first. */
final class BlobCache {

  private final long most;
  private final Map<Key, String> texts = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  /**
   * @param most characters that are kept
   */
  BlobCache(long most) {
    this.most = most;
  }

  private record Key(RepositoryName repository, String sha) {}

  synchronized Optional<String> get(RepositoryName repository, String sha) {
    return Optional.ofNullable(texts.get(new Key(repository, sha)));
  }

  synchronized void put(RepositoryName repository, String sha, String text) {
    String before = texts.put(new Key(repository, sha), text);
    characters += text.length() - (before == null ? 0 : before.length());
    Iterator<String> oldest = texts.values().iterator();
    while (characters > most && oldest.hasNext()) {
      characters -= oldest.next().length();
      oldest.remove();
    }
  }
}

package dev.cloudmend.testing.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An object of git, with the id that git gives it.
 *
 * @see <a href="https://git-scm.com/book/en/v2/Git-Internals-Git-Objects">Git objects</a>
 */
sealed interface GitObject {

  /** The id: SHA-1 over kind, length and content. */
  String sha();

  /** A file's content. */
  final class Blob implements GitObject {

    private final String sha;
    private final byte[] content;

    Blob(byte[] content) {
      this.content = content.clone();
      this.sha = id("blob", content);
    }

    @Override
    public String sha() {
      return sha;
    }

    byte[] content() {
      return content.clone();
    }
  }

  /**
   * One name in a directory.
   *
   * @param mode without leading zeros, {@code 40000} for a directory
   */
  record Entry(String name, String mode, String sha) {
    boolean isDirectory() {
      return mode.equals("40000");
    }

    // Git sorts a directory as if its name ended in a slash.
    private String order() {
      return isDirectory() ? name + "/" : name;
    }
  }

  /** A directory. */
  record Tree(String sha, List<Entry> entries) implements GitObject {

    static Tree of(List<Entry> entries) {
      List<Entry> sorted = entries.stream().sorted(Comparator.comparing(Entry::order)).toList();
      var content = new ByteArrayOutputStream();
      for (Entry entry : sorted) {
        content.writeBytes((entry.mode() + " " + entry.name() + "\0").getBytes(UTF_8));
        content.writeBytes(HexFormat.of().parseHex(entry.sha()));
      }
      return new Tree(id("tree", content.toByteArray()), sorted);
    }
  }

  /** A commit. */
  record Commit(String sha, String tree, List<String> parents, String message, String author)
      implements GitObject {

    static Commit of(
        String tree, List<String> parents, String message, String author, Instant time) {
      String who = "%s <%s@example.com> %d +0000".formatted(author, author, time.getEpochSecond());
      String content =
          "tree %s\n%sauthor %s\ncommitter %s\n\n%s"
              .formatted(
                  tree,
                  parents.stream().map(p -> "parent " + p + "\n").collect(Collectors.joining()),
                  who,
                  who,
                  message);
      return new Commit(id("commit", content.getBytes(UTF_8)), tree, parents, message, author);
    }
  }

  private static String id(String kind, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update((kind + " " + content.length + "\0").getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}

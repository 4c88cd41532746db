package dev.cloudmend.sourcefixes;

import dev.cloudmend.pullrequests.Commit;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.pullrequests.SourceFile;
import dev.cloudmend.pullrequests.SourceTree;
import dev.cloudmend.sourcefixes.Source.Unread;
import dev.cloudmend.terraform.hcl.HclException;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.project.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the Terraform source of a directory from GitHub: a request for the list and one for each
 * file that it has not read before.
 */
final class SourceReader {

  /** A request each, so more would take a rate limit's good part. */
  static final int MOST_FILES = 400;

  /** Of all files together. */
  static final long MOST_BYTES = 8 * 1024 * 1024;

  private static final Pattern UNSAFE = Pattern.compile("[\\\\\\p{Cntrl}]");
  private static final long MOST_KEPT = 16 * 1024 * 1024;
  private static final int MOST_TREES = 8;

  private final GitHub github;
  private final BlobCache blobs = new BlobCache(MOST_KEPT);
  private final LinkedHashMap<TreeKey, SourceTree> trees = new LinkedHashMap<>();

  private record TreeKey(RepositoryName repository, String commit, String directory) {}

  SourceReader(GitHub github) {
    this.github = github;
  }

  /**
   * Reads it.
   *
   * @return empty where it is more than is read
   * @throws GitHubException NOT_FOUND when there is no such directory
   */
  Optional<Source> read(RepositoryName repository, Commit commit, String directory) {
    var files = new TreeMap<String, SourceFile>();
    var unread = new ArrayList<Unread>();
    for (SourceFile file : tree(repository, commit, directory).files().values()) {
      if (isTerraform(file.path(), directory)) {
        Optional<String> refusal = refusal(file);
        refusal.ifPresentOrElse(
            why -> unread.add(new Unread(file.path(), why)), () -> files.put(file.path(), file));
      }
    }
    if (files.size() > MOST_FILES
        || files.values().stream().mapToLong(SourceFile::size).sum() > MOST_BYTES) {
      return Optional.empty();
    }
    var parsed = new ArrayList<HclFile>();
    for (SourceFile file : files.values()) {
      try {
        byte[] text = text(repository, file).getBytes(StandardCharsets.UTF_8);
        parsed.add(HclFile.parse(file.path(), text));
      } catch (HclException e) {
        unread.add(new Unread(file.path(), String.valueOf(e.getMessage())));
      } catch (GitHubException e) {
        if (e.kind() != GitHubException.Kind.INVALID) {
          throw e;
        }
        unread.add(new Unread(file.path(), String.valueOf(e.getMessage())));
      }
    }
    return Optional.of(
        new Source(Project.of(Path.of(""), parsed), commit.sha(), files, List.copyOf(unread)));
  }

  private SourceTree tree(RepositoryName repository, Commit commit, String directory) {
    var key = new TreeKey(repository, commit.sha(), directory);
    synchronized (trees) {
      SourceTree known = trees.get(key);
      if (known != null) {
        return known;
      }
    }
    SourceTree read = github.tree(repository, commit, directory);
    synchronized (trees) {
      while (trees.size() >= MOST_TREES) {
        trees.pollFirstEntry();
      }
      trees.put(key, read);
    }
    return read;
  }

  private String text(RepositoryName repository, SourceFile file) {
    Optional<String> known = blobs.get(repository, file.sha());
    if (known.isPresent()) {
      return known.get();
    }
    String text = github.text(repository, file);
    blobs.put(repository, file.sha(), text);
    return text;
  }

  /** What Terraform downloaded or hides, as below {@code .terraform}, is left out. */
  private static boolean isTerraform(String path, String directory) {
    String below = directory.isEmpty() ? path : path.substring(directory.length() + 1);
    boolean isHidden = Stream.of(below.split("/")).anyMatch(name -> name.startsWith("."));
    return !isHidden
        && (path.endsWith(".tf") || path.endsWith(".tfvars") || path.endsWith(".tf.json"));
  }

  private static Optional<String> refusal(SourceFile file) {
    if (!file.isOrdinary()) {
      return Optional.of("is a link");
    }
    if (UNSAFE.matcher(file.path()).find()) {
      return Optional.of("has a name that is not written back");
    }
    if (file.path().endsWith(".json")) {
      return Optional.of("Terraform in JSON is not read");
    }
    return file.size() > GitHub.LONGEST_FILE
        ? Optional.of("is longer than %,d bytes".formatted(GitHub.LONGEST_FILE))
        : Optional.empty();
  }
}

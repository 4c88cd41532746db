package dev.cloudmend.sourcefixes;

import dev.cloudmend.pullrequests.SourceFile;
import dev.cloudmend.terraform.project.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Terraform source in a directory of a repository, with paths from the repository's root.
 *
 * @param commit the commit's sha
 * @param files what was read, by path
 * @param unread what was not
 */
record Source(Project project, String commit, Map<String, SourceFile> files, List<Unread> unread) {

  /** A file that was not read, and why. */
  record Unread(String path, String reason) {
    @Override
    public String toString() {
      return path + " (" + reason + ")";
    }
  }

  Source {
    files = Map.copyOf(files);
    unread = List.copyOf(unread);
  }

  /** A file of a module's folder that was not read: it may hold what seems to be missing. */
  Optional<Unread> unreadIn(Path folder) {
    return unread.stream().filter(u -> folder(u.path()).equals(folder)).findFirst();
  }

  /** The folder of a file; the empty path is the repository's root. */
  static Path folder(String path) {
    return Objects.requireNonNullElse(Path.of(path).getParent(), Path.of(""));
  }
}

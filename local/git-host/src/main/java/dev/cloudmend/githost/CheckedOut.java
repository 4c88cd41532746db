package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * The branches that somebody works on: a working copy's own, those of its linked working trees, and
 * one that is being rebased. If they moved, the files there would no longer be theirs.
 *
 * @see <a href="https://git-scm.com/docs/git-worktree#_details">git worktree</a>
 */
final class CheckedOut {

  private static final List<String> FILES =
      List.of(Constants.HEAD, "rebase-merge/head-name", "rebase-apply/head-name");

  private final Repository git;

  CheckedOut(Repository git) {
    this.git = git;
  }

  /** Their names, without {@code refs/heads/}. */
  Set<String> branches() throws IOException {
    Set<String> names = new HashSet<>();
    Optional.ofNullable(git.exactRef(Constants.HEAD))
        .filter(Ref::isSymbolic)
        .flatMap(head -> name(head.getTarget().getName()))
        .ifPresent(names::add);
    for (Path folder : folders()) {
      for (String file : FILES) {
        read(folder.resolve(file)).flatMap(CheckedOut::name).ifPresent(names::add);
      }
    }
    return names;
  }

  private List<Path> folders() throws IOException {
    Path common = git.getCommonDirectory().toPath();
    List<Path> folders = new ArrayList<>(List.of(git.getDirectory().toPath(), common));
    try (Stream<Path> linked = Files.list(common.resolve("worktrees"))) {
      linked.forEach(folders::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return folders;
    }
    return folders;
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file, UTF_8));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> name(String head) {
    String ref = head.strip();
    String target = ref.startsWith("ref: ") ? ref.substring("ref: ".length()).strip() : ref;
    return target.startsWith(Constants.R_HEADS)
        ? Optional.of(target.substring(Constants.R_HEADS.length()))
        : Optional.empty();
  }
}

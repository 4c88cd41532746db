package dev.cloudmend.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A git repository in a folder, as its owner works with it, past the suite. */
public final class GitFolder implements AutoCloseable {

  private final Git git;
  private final Path folder;

  private GitFolder(Git git, Path folder) {
    this.git = git;
    this.folder = folder;
  }

  /** Makes one whose branch main has these files. */
  public static GitFolder with(Path folder, Map<String, String> files) {
    try {
      Files.createDirectories(folder);
      var made =
          new GitFolder(
              Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call(), folder);
      made.commit(files);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Source that declares a bucket by its name. */
  public static GitFolder declaring(Path folder, String bucket) {
    return with(
        folder,
        Map.of(
            "main.tf",
            """
            resource "aws_s3_bucket" "it" {
              bucket = "%s"
            }
            """
                .formatted(bucket)));
  }

  public Path folder() {
    return folder;
  }

  /** Commits files onto the branch that is checked out. */
  public void commit(Map<String, String> files) {
    try {
      for (var file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
        git.add().addFilepattern(file.getKey()).call();
      }
      git.commit()
          .setAuthor("Ana", "ana@example.com")
          .setCommitter("Ana", "ana@example.com")
          .setSign(false)
          .setMessage("By hand")
          .call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where each branch, tag and HEAD stands. */
  public Map<String, String> refs() {
    var refs = new TreeMap<String, String>();
    try {
      for (Ref ref : git.getRepository().getRefDatabase().getRefs()) {
        refs.put(ref.getName(), String.valueOf(ref.getObjectId()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return refs;
  }

  /** The text of a file as a branch has it. */
  public String text(String branch, String path) {
    Repository repository = git.getRepository();
    try (var walk = new RevWalk(repository)) {
      ObjectId head = repository.resolve("refs/heads/" + branch);
      try (TreeWalk file = TreeWalk.forPath(repository, path, walk.parseCommit(head).getTree())) {
        return new String(repository.open(file.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Merges a branch into the one that is checked out, with a commit of its own. */
  public void merge(String branch) {
    try {
      git.merge()
          .include(git.getRepository().findRef("refs/heads/" + branch))
          .setFastForward(FastForwardMode.NO_FF)
          .setMessage("Merge " + branch)
          .call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    git.close();
  }
}

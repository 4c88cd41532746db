package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.terraform.hcl.HclFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes edited files in place of the ones that were read. */
final class SourceWriter {

  private final Path root;
  private final Mover mover;

  SourceWriter(Path root) {
    this(
        root,
        (from, to) ->
            Files.move(
                from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE));
  }

  SourceWriter(Path root, Mover mover) {
    this.root = root;
    this.mover = mover;
  }

  /** Puts a file in another one's place, all at once. */
  @FunctionalInterface
  interface Mover {
    void move(Path from, Path to) throws IOException;
  }

  /** A file, and what lies beside it until all of them are written. */
  private record Change(HclFile before, Path target, Path fresh) {}

  /**
   * Writes all files or none: nothing is moved into its place before every file was found as it was
   * read and every new one lies beside it, and what was moved is put back when another one cannot
   * be.
   *
   * @param files what was read, and what is to stand there
   * @throws InputException when one is not what was read any more, or cannot be written; it names
   *     those that could not be put back
   */
  void write(Map<HclFile, HclFile> files) {
    files.keySet().forEach(this::check);
    List<Change> changes = new ArrayList<>();
    try {
      for (Map.Entry<HclFile, HclFile> file : files.entrySet()) {
        changes.add(prepared(file.getKey(), file.getValue()));
      }
      files.keySet().forEach(this::check);
      move(changes);
    } finally {
      changes.forEach(change -> discard(change.fresh()));
    }
  }

  private void check(HclFile before) {
    Path target = target(before);
    try {
      if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          || !Arrays.equals(Files.readAllBytes(target), before.bytes())) {
        throw new InputException(target + " was changed by somebody else; nothing was written");
      }
      if (!Files.isWritable(target)) {
        throw new InputException(target + " is write-protected; nothing was written");
      }
    } catch (IOException e) {
      throw new InputException(target + " cannot be read again; nothing was written: " + e);
    }
  }

  private Change prepared(HclFile before, HclFile after) {
    Path target = target(before);
    try {
      return new Change(before, target, beside(target, after.bytes()));
    } catch (IOException e) {
      throw new InputException(target + " cannot be written; nothing was written: " + e);
    }
  }

  /** Writes a file beside another one, with its rights. */
  private static Path beside(Path target, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".cloudmend");
    try {
      Files.write(fresh, content);
      Optional<Set<PosixFilePermission>> rights = rights(target);
      if (rights.isPresent()) {
        Files.setPosixFilePermissions(fresh, rights.get());
      }
      return fresh;
    } catch (IOException e) {
      discard(fresh);
      throw e;
    }
  }

  private void move(List<Change> changes) {
    List<Change> moved = new ArrayList<>();
    for (Change change : changes) {
      try {
        mover.move(change.fresh(), change.target());
        moved.add(change);
      } catch (IOException e) {
        throw new InputException(change.target() + " cannot be written: " + e + putBack(moved));
      }
    }
  }

  private String putBack(List<Change> moved) {
    List<Path> left = new ArrayList<>();
    for (Change change : moved.reversed()) {
      Path old = null;
      try {
        old = beside(change.target(), change.before().bytes());
        mover.move(old, change.target());
      } catch (IOException e) {
        left.add(change.target());
        if (old != null) {
          discard(old);
        }
      }
    }
    return left.isEmpty()
        ? "; nothing was written"
        : "; these are written and could not be put back: " + left;
  }

  private Path target(HclFile file) {
    return root.resolve(file.path());
  }

  private static Optional<Set<PosixFilePermission>> rights(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix")
        ? Optional.of(Files.getPosixFilePermissions(file))
        : Optional.empty();
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InputException(file + " is left over and cannot be deleted: " + e);
    }
  }
}

package dev.cloudmend.local.cli;

import dev.cloudmend.local.InputException;
import dev.cloudmend.terraform.hcl.HclFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes edited files in place of the ones that were read. */
final class SourceWriter {

  private final Path root;

  SourceWriter(Path root) {
    this.root = root;
  }

  /**
   * Writes a file whole or not at all.
   *
   * @throws InputException when it is not what was read any more, or cannot be written
   */
  void write(HclFile before, HclFile after) {
    Path target = root.resolve(before.path());
    Path fresh = null;
    try {
      if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          || !Arrays.equals(Files.readAllBytes(target), before.bytes())) {
        throw new InputException(
            target + " was changed by somebody else; nothing was written to it");
      }
      fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".cloudmend");
      Files.write(fresh, after.bytes());
      Optional<Set<PosixFilePermission>> rights = rights(target);
      if (rights.isPresent()) {
        Files.setPosixFilePermissions(fresh, rights.get());
      }
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      fresh = null;
    } catch (IOException e) {
      throw new InputException(target + " cannot be written: " + e);
    } finally {
      discard(fresh);
    }
  }

  private static Optional<Set<PosixFilePermission>> rights(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix")
        ? Optional.of(Files.getPosixFilePermissions(file))
        : Optional.empty();
  }

  private static void discard(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new InputException(file + " is left over and cannot be deleted: " + e);
      }
    }
  }

  /** The text of a file as bytes of UTF-8 have it. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

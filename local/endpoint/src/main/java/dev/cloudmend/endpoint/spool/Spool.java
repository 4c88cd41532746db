package dev.cloudmend.endpoint.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * JSON records in one folder, one file each. A record that was kept is on the disk when {@link
 * #keep} returns, whole or not at all. Events may hold what is nobody else's business: where the
 * file system knows owners, only the owner may read them. Safe for use by several threads.
 */
public final class Spool {

  private static final String RECORD = ".json";

  private final Path folder;

  /**
   * Opens the folder.
   *
   * @param folder is created when it is not there
   * @throws UncheckedIOException when it cannot be
   */
  public Spool(Path folder) {
    this.folder = ownFolder(folder);
  }

  /**
   * Makes a folder that only the owner may look into, where the file system knows owners.
   *
   * @throws UncheckedIOException when it cannot be made
   */
  public static Path ownFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
    }
  }

  /**
   * Keeps a record, in place of the one of the same key.
   *
   * @param key any text
   * @throws UncheckedIOException when it cannot be written
   */
  public void keep(String key, ObjectNode content) {
    Path file = file(key);
    try {
      Path fresh = Files.createTempFile(folder, "new", ".tmp", ownerOnly());
      try {
        try (FileChannel channel = FileChannel.open(fresh, WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(content.toString().getBytes(UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A record cannot be written into " + folder, e);
    }
  }

  /**
   * Removes a record; one that is not there is no error.
   *
   * @throws UncheckedIOException when it stays
   */
  public void remove(String key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new UncheckedIOException("A record cannot be removed from " + folder, e);
    }
  }

  /**
   * What is kept; a file that is no record of ours is passed over.
   *
   * @throws UncheckedIOException when the folder cannot be read
   */
  public List<ObjectNode> all() {
    try (Stream<Path> files = Files.list(folder)) {
      var records = new ArrayList<ObjectNode>();
      for (Path file : files.filter(f -> f.toString().endsWith(RECORD)).sorted().toList()) {
        read(file).ifPresent(records::add);
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException("The records in " + folder + " cannot be read", e);
    }
  }

  private static Optional<ObjectNode> read(Path file) throws IOException {
    try {
      return Optional.of(Json.parseObject(Files.readString(file)));
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Keys come from outside, so none of them becomes a file name. */
  private Path file(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + RECORD);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

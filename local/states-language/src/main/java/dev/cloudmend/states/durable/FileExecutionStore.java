package dev.cloudmend.states.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.paths.JsonData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps each execution as a JSON file in one folder, so that another process can go on with it.
 *
 * <p>A record is written beside the old one and then takes its place, so a reader sees one or the
 * other, never a part. Records hold task tokens; where the file system knows owners, only the owner
 * may read them. Beside {@code NAME.json} lie {@code NAME.lock}, locked by whoever runs the
 * execution (the operating system lets go of it when a process dies), and {@code NAME.open} as long
 * as the execution has not ended.
 */
public final class FileExecutionStore implements ExecutionStore {

  private static final String RECORD = ".json";
  private static final String OPEN = ".open";
  private static final String LOCK = ".lock";

  /**
   * What this process has locked. A file lock does not keep threads of one process apart, and on
   * POSIX closing any channel of a file gives up the lock that another channel holds.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileAttribute<?>[] ownerOnly;

  /**
   * Opens the store.
   *
   * @param folder is created when it is not there
   */
  public FileExecutionStore(Path folder) {
    this.ownerOnly =
        folder.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      this.folder = Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw failure("The folder of executions cannot be made", folder, e);
    }
  }

  @Override
  public Optional<Lease> tryLock(String executionArn) {
    Path file = file(executionArn, LOCK);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    try {
      FileChannel channel = FileChannel.open(file, CREATE, WRITE);
      if (channel.tryLock() != null) {
        return Optional.of(() -> release(channel, file));
      }
      release(channel, file);
      return Optional.empty();
    } catch (IOException e) {
      HELD.remove(file);
      throw failure("The lock of an execution cannot be taken", file, e);
    }
  }

  @Override
  public void save(String executionArn, JsonNode executionRecord, boolean open) {
    Path marker = file(executionArn, OPEN);
    if (open) {
      // Before the record: a marker without a record is passed over, the opposite would be lost.
      replace(marker, executionArn);
    }
    replace(file(executionArn, RECORD), JsonData.write(executionRecord));
    if (!open) {
      try {
        Files.deleteIfExists(marker);
      } catch (IOException e) {
        throw failure("The mark of an open execution cannot be removed", marker, e);
      }
    }
  }

  @Override
  public Optional<JsonNode> load(String executionArn) {
    Path file = file(executionArn, RECORD);
    try {
      return Optional.of(JsonData.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("The record of an execution cannot be read", file, e);
    }
  }

  @Override
  public List<String> openExecutions() {
    try (Stream<Path> files = Files.list(folder)) {
      var open = new ArrayList<String>();
      for (Path file : files.filter(f -> f.toString().endsWith(OPEN)).sorted().toList()) {
        try {
          open.add(Files.readString(file));
        } catch (NoSuchFileException e) {
          // It ended between the listing and the reading.
        }
      }
      return open;
    } catch (IOException | UncheckedIOException e) {
      throw failure("The open executions cannot be listed", folder, e);
    }
  }

  @Override
  public List<String> executions() {
    try (Stream<Path> files = Files.list(folder)) {
      var all = new ArrayList<String>();
      for (Path file : files.filter(f -> f.toString().endsWith(RECORD)).sorted().toList()) {
        all.add(JsonData.parse(Files.readString(file)).path("executionArn").asText());
      }
      return all;
    } catch (IOException | UncheckedIOException e) {
      throw failure("The executions cannot be listed", folder, e);
    }
  }

  private void replace(Path file, String text) {
    try {
      Path fresh = Files.createTempFile(folder, file.getFileName().toString(), ".tmp", ownerOnly);
      try {
        try (FileChannel channel = FileChannel.open(fresh, WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
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
      throw failure("The record of an execution cannot be written", file, e);
    }
  }

  /** A readable name would do for people; the hash keeps executions of any two ARNs apart. */
  private Path file(String executionArn, String suffix) {
    String name = executionArn.substring(executionArn.lastIndexOf(':') + 1);
    String readable = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return folder.resolve(
        readable.substring(0, Math.min(readable.length(), 80))
            + "-"
            + digest(executionArn)
            + suffix);
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void release(FileChannel channel, Path file) {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("The lock of an execution cannot be released", file, e);
    } finally {
      HELD.remove(file);
    }
  }

  private static ExecutionStoreException failure(String what, Path file, Exception cause) {
    return new ExecutionStoreException(
        what + ": " + file + " (" + cause.getClass().getSimpleName() + ")", cause);
  }
}

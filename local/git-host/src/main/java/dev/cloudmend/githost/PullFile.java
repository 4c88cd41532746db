package dev.cloudmend.githost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file that keeps a repository's pull requests. Who has it is alone with it, in this process
 * and among others that use the same folder. What was changed is on the disk, whole or not at all,
 * before anybody hears of it.
 */
final class PullFile {

  /** A file lock holds off other processes, not other threads. */
  private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  /** What is done with the book. */
  interface Work<T> {
    T on(PullBook book) throws IOException;
  }

  private final Path file;
  private final ReentrantLock lock;

  PullFile(Path file) {
    this.file = file;
    lock = IN_PROCESS.computeIfAbsent(file.toAbsolutePath().normalize(), f -> new ReentrantLock());
  }

  /**
   * Reads the book, and writes it where the work changed it; not where the work throws.
   *
   * @throws GitHostException when the file is no book of ours; it is left as it is
   */
  <T> T with(Work<T> work) throws IOException {
    lock.lock();
    try (FileChannel guard = FileChannel.open(beside(".lock"), CREATE, WRITE);
        var held = guard.lock()) {
      PullBook book = read();
      T result = work.on(book);
      if (book.isChanged() && held.isValid()) {
        write(book);
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private PullBook read() throws IOException {
    try {
      return PullBook.of(Json.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return new PullBook();
    } catch (ModelException e) {
      throw new GitHostException(
          file + " does not hold pull requests: " + e.getMessage() + "; move it away to begin anew",
          e);
    }
  }

  private void write(PullBook book) throws IOException {
    Path fresh = beside(".new");
    try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(Json.pretty(book.json()).getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}

package dev.cloudmend.emulators;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one process. The operating system drops the lock with the process, however it
 * ends, so nothing is left to clean up after a crash.
 */
final class FolderLock implements AutoCloseable {

  private static final String FILE = "lock";
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Far behind the text: Windows refuses others to read a locked range. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, and makes the folder if there is none.
   *
   * @param patience how long to wait for another holder
   * @throws EmulatorException when another process still has it, or the folder cannot be written
   */
  static FolderLock take(Path folder, Duration patience) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lockWithin(channel, patience)) {
        channel.truncate(0);
        channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
        return new FolderLock(channel);
      }
      String holder = holder(channel);
      channel.close();
      throw new EmulatorException(
          "The folder "
              + folder
              + " is in use by "
              + holder
              + "; waited "
              + patience.toSeconds()
              + " s. Let it end, or take another folder");
    } catch (IOException e) {
      throw new EmulatorException(
          "The folder " + folder + " cannot be used: " + Failures.describe(e), e);
    }
  }

  /** Does the work while no other process has the folder. */
  static <T> T holding(Path folder, Duration patience, Supplier<T> work) {
    FolderLock lock = take(folder, patience);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  private static boolean lockWithin(FileChannel channel, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (tryLock(channel) == null) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Pause.of(PAUSE);
    }
    return true;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    String pid = UTF_8.decode(text.flip()).toString().strip();
    if (!pid.matches("\\d{1,19}")) {
      return "another process";
    }
    Optional<String> command =
        ProcessHandle.of(Long.parseLong(pid)).flatMap(process -> process.info().command());
    return "process " + pid + command.map(name -> " (" + name + ")").orElse("");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmulatorException(
          "The lock of the folder could not be released: " + Failures.describe(e), e);
    }
  }
}

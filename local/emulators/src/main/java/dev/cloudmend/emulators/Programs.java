package dev.cloudmend.emulators;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds programs and runs them to their end. */
final class Programs {

  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private Programs() {}

  /**
   * What a program said.
   *
   * @param exit its exit code
   * @param output standard output and standard error together
   */
  record Result(int exit, String output) {

    boolean succeeded() {
      return exit == 0;
    }

    /** The last lines of the output, where programs say what went wrong. */
    String lastLines(int count) {
      List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
  }

  static Optional<Path> find(String name, String searchPath) {
    return SEPARATOR
        .splitAsStream(searchPath)
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> candidates(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> candidates(String folder, String name) {
    try {
      Path place = Path.of(folder);
      return Stream.of(place.resolve(name), place.resolve(name + ".exe"));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /**
   * @param limit after which the program is ended
   * @throws EmulatorException when the program cannot be started or does not end in time
   */
  static Result run(Duration limit, List<String> command) {
    try {
      Path output = Files.createTempFile("cloudmend-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new EmulatorException(
              command.getFirst() + " did not end within " + limit.toSeconds() + " s");
        }
        return new Result(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new EmulatorException(
          command.getFirst() + " cannot be run: " + Failures.describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmulatorException("Interrupted while " + command.getFirst() + " ran", e);
    }
  }

  /** The empty file of the platform. */
  static File nothing() {
    return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
  }
}

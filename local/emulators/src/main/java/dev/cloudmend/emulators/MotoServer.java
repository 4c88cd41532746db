package dev.cloudmend.emulators;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A moto server as a process of its own, on the loopback address. Its account is 123456789012.
 *
 * @see <a href="https://docs.getmoto.org/en/latest/docs/server_mode.html">moto, server mode</a>
 */
public final class MotoServer implements Emulator {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int STOP_SECONDS = 3;
  private static final int ATTEMPTS = 3;
  private static final int LINES_OF_LOG = 5;

  /** Ends when its standard input does, which is when the process that started it ends, however. */
  private static final String PROGRAM =
      """
      # started by cloudmend
      import os, sys, threading
      def end_with_the_parent():
          sys.stdin.buffer.read()
          os._exit(0)
      threading.Thread(target=end_with_the_parent, daemon=True).start()
      from moto.server import main
      main()
      """;

  private final Process process;
  private final URI endpoint;
  private final String name;
  private final Path log;

  private MotoServer(Launched launched) {
    this.process = launched.process();
    this.endpoint = launched.endpoint();
    this.name = launched.name();
    this.log = launched.log();
  }

  private record Launched(Process process, URI endpoint, String name, Path log) {}

  /**
   * Starts moto and waits until it answers. It ends with {@link #close()}, or with this process
   * even when that is killed.
   *
   * @throws EmulatorException when there is no moto and none can be installed, or it does not start
   */
  public static MotoServer start(EmulatorSettings settings) {
    return new MotoServer(launch(settings));
  }

  private static Launched launch(EmulatorSettings settings) {
    MotoInstallation moto = MotoInstallation.find(settings);
    for (int attempt = 1; ; attempt++) {
      int port = Servers.freePort(settings.port());
      try {
        return launch(moto, port, settings);
      } catch (EmulatorException e) {
        // Between choosing a free port and listening on it another program may have taken it.
        boolean chosenByUs = settings.port() == 0;
        if (!chosenByUs || attempt == ATTEMPTS || !message(e).contains("in use")) {
          throw e;
        }
      }
    }
  }

  private static String message(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElse("");
  }

  private static Launched launch(MotoInstallation moto, int port, EmulatorSettings settings) {
    Path log = settings.stateFolder().resolve("logs").resolve("moto-" + port + ".log");
    var builder =
        new ProcessBuilder(
            moto.python().toString(),
            "-c",
            PROGRAM,
            "-H",
            Servers.LOOPBACK,
            "-p",
            Integer.toString(port));
    builder.environment().put("MOTO_PORT", Integer.toString(port));
    builder.environment().put("PYTHONUNBUFFERED", "1");
    try {
      Files.createDirectories(log.getParent());
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      String name = "moto " + moto.version();
      return awaitAnswer(new Launched(process, Servers.endpoint(port), name, log));
    } catch (IOException e) {
      throw new EmulatorException("moto cannot be started: " + Failures.describe(e), e);
    }
  }

  private static Launched awaitAnswer(Launched launched) {
    URI address = launched.endpoint().resolve("/moto-api/data.json");
    boolean answers = false;
    try {
      answers =
          Servers.await(
              START_LIMIT, () -> !launched.process().isAlive() || Servers.answers(address));
    } finally {
      if (!answers) {
        end(launched.process().toHandle());
      }
    }
    if (answers && launched.process().isAlive()) {
      return launched;
    }
    String what =
        answers ? "ended at once" : "did not answer within " + START_LIMIT.toSeconds() + " s";
    throw new EmulatorException(
        launched.name()
            + " "
            + what
            + ". Its log, "
            + launched.log()
            + ", ends:\n"
            + tail(launched.log()));
  }

  private static String tail(Path log) {
    try {
      return new Programs.Result(0, Files.readString(log)).lastLines(LINES_OF_LOG);
    } catch (IOException e) {
      return "(not readable: " + Failures.describe(e) + ")";
    }
  }

  private static void end(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!endsSoon(process)) {
      process.destroyForcibly();
      if (!endsSoon(process)) {
        throw new EmulatorException("The moto process " + process.pid() + " does not end");
      }
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean endsSoon(ProcessHandle process) {
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void reset() {
    if (!Servers.post(endpoint.resolve("/moto-api/reset"))) {
      throw new EmulatorException(name + " at " + endpoint + " did not reset itself");
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      end(process.toHandle());
    }
    delete(log);
  }

  /** Each port has a log of its own; without this they would add up. */
  private static void delete(Path log) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new EmulatorException(
          "The log " + log + " could not be removed: " + Failures.describe(e), e);
    }
  }
}

package dev.cloudmend.local.sandbox;

import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.StateFolder;
import dev.cloudmend.local.InputException;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An emulated AWS behind one address, in a process of its own, with a folder of its own, so that
 * what was kept of an account that is gone never meets a new one.
 *
 * @param pid the process
 * @param processStartedAt when the system says that it was started; with it, another process under
 *     the same id is told apart
 * @param endpoint the address
 * @param emulator what is behind it, with its version
 * @param answeredHere {@code service:Operation} of each call that the emulator does not get
 * @param folder what it keeps
 * @param startedAt when it was ready
 */
public record Sandbox(
    long pid,
    Instant processStartedAt,
    URI endpoint,
    String emulator,
    List<String> answeredHere,
    Path folder,
    Instant startedAt) {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  /** The system's clock of processes is not read to the millisecond. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final int STOP_SECONDS = 20;

  /** The sandbox that {@code sandbox start} started, if it still runs. */
  public static Optional<Sandbox> running() {
    return remembered().filter(Sandbox::isAlive);
  }

  /**
   * Starts one that stays when this process ends.
   *
   * @param port on 127.0.0.1, or 0 for a free one
   * @throws InputException with the end of its log when it does not start
   */
  public static Sandbox start(EmulatorKind kind, int port, Consumer<String> progress) {
    Path folder = newFolder();
    progress.accept("starting " + kind.word() + " and the endpoint before it");
    Process process = ServerProcess.start(kind, port, folder);
    Path ready = SandboxServer.readyFile(folder);
    long giveUp = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(ready)) {
      if (!process.isAlive() || System.nanoTime() - giveUp > 0) {
        process.destroyForcibly();
        throw new InputException("the sandbox did not start: " + ServerProcess.lastWords(folder));
      }
      pause();
    }
    Sandbox sandbox = read(ready);
    remember(sandbox);
    return sandbox;
  }

  static Path newFolder() {
    return StateFolder.ofUser().resolve("sandboxes").resolve(NAME.format(Instant.now()));
  }

  /** Tables and executions of the commands that run here; a deployed suite has its own. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Where the events of the seeded resources are. */
  public Path events() {
    return folder.resolve("events");
  }

  /** Where it says what it does. */
  public Path log() {
    return SandboxServer.logFile(folder);
  }

  /**
   * An access key of one of its accounts.
   *
   * @param account twelve digits
   * @throws InputException when the sandbox does not give one
   */
  public String accessKeyOf(String account) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(endpoint.resolve("/_cloudmend/accounts/" + account)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == HttpURLConnection.HTTP_OK) {
        return Json.parse(answer.body()).path("accessKeyId").asText();
      }
      throw new InputException("the sandbox gives no key of " + account + ": " + answer.body());
    } catch (IOException e) {
      throw new InputException("the sandbox at " + endpoint + " does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted");
    }
  }

  /** Ends it; the folder stays. */
  public void stop() {
    process().ifPresent(Sandbox::end);
    try {
      if (remembered().filter(this::equals).isPresent()) {
        Files.deleteIfExists(record());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + record(), e);
    }
  }

  private boolean isAlive() {
    return process().isPresent();
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
  }

  private boolean isTheSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .filter(at -> Duration.between(at, processStartedAt).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }

  private static void end(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("the start was interrupted");
    }
  }

  private static void remember(Sandbox sandbox) {
    Path record = record();
    try {
      Files.createDirectories(record.getParent());
      Path unfinished =
          Files.writeString(record.resolveSibling("sandbox.part"), Json.pretty(sandbox));
      Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      sandbox.stop();
      throw new UncheckedIOException("cannot write " + record, e);
    }
  }

  private static Optional<Sandbox> remembered() {
    Path record = record();
    return Files.exists(record) ? Optional.of(read(record)) : Optional.empty();
  }

  private static Sandbox read(Path file) {
    try {
      return Json.fromTree(Json.parse(Files.readString(file)), Sandbox.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Path record() {
    return StateFolder.ofUser().resolve("sandbox.json");
  }
}

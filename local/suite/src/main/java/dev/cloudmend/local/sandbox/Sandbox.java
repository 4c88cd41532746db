package dev.cloudmend.local.sandbox;

import dev.cloudmend.emulators.DetachedEmulator;
import dev.cloudmend.emulators.Emulators;
import dev.cloudmend.local.StateDirectory;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An emulated account with a data folder of its own, so that what was kept of an account that is
 * gone never meets a new one.
 *
 * @param emulator the server
 * @param data the folder for tables and executions
 * @param startedAt when it was started
 */
public record Sandbox(DetachedEmulator emulator, Path data, Instant startedAt) {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  /** The sandbox that {@code sandbox start} started, if it still answers. */
  public static Optional<Sandbox> running() {
    Path record = record();
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    try {
      Sandbox sandbox = Json.fromTree(Json.parse(Files.readString(record)), Sandbox.class);
      return Emulators.isAlive(sandbox.emulator()) ? Optional.of(sandbox) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + record, e);
    }
  }

  /** Starts one that stays. */
  public static Sandbox start(String emulator, Optional<Integer> port, Consumer<String> progress) {
    Sandbox sandbox = make(emulator, port, progress);
    try {
      Path record = record();
      Files.createDirectories(record.getParent());
      Path unfinished =
          Files.writeString(record.resolveSibling("sandbox.part"), Json.pretty(sandbox));
      Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE);
      return sandbox;
    } catch (IOException e) {
      Emulators.stop(sandbox.emulator());
      throw new UncheckedIOException("cannot remember the sandbox", e);
    }
  }

  /** Starts one for the time of a command; the caller stops it. */
  public static Sandbox temporary(Consumer<String> progress) {
    return make("moto", Optional.empty(), progress);
  }

  private static Sandbox make(String emulator, Optional<Integer> port, Consumer<String> progress) {
    Instant now = Instant.now();
    Path folder = StateDirectory.of("sandboxes", NAME.format(now));
    DetachedEmulator server = Emulators.startDetached(emulator, port, folder, progress);
    return new Sandbox(server, folder.resolve("data"), now);
  }

  public URI endpoint() {
    return emulator.endpoint();
  }

  /** Where the events of the seeded resources are. */
  public Path events() {
    return data.resolveSibling("events");
  }

  /** Stops the server; the data folder stays. */
  public void stop() {
    Emulators.stop(emulator);
    try {
      if (running().isEmpty()) {
        Files.deleteIfExists(record());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot forget the sandbox", e);
    }
  }

  private static Path record() {
    return StateDirectory.of("sandbox.json");
  }
}

package dev.cloudmend.local.sandbox;

import dev.cloudmend.emulators.DetachedEmulator;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.emulators.StateFolder;
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

  /** The sandbox that {@code sandbox start} started, if it still runs. */
  public static Optional<Sandbox> running() {
    return remembered().filter(sandbox -> sandbox.emulator().alive());
  }

  /** Starts one that stays. */
  public static Sandbox start(EmulatorKind kind, int port, Consumer<String> progress) {
    EmulatorSettings settings = EmulatorSettings.ofUser().withPort(port).withProgress(progress);
    var sandbox = new Sandbox(kind.startDetached(settings), newDataFolder(), Instant.now());
    Path record = record();
    try {
      Files.createDirectories(record.getParent());
      Path unfinished =
          Files.writeString(record.resolveSibling("sandbox.part"), Json.pretty(sandbox));
      Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE);
      return sandbox;
    } catch (IOException e) {
      sandbox.emulator().stop();
      throw new UncheckedIOException("cannot write " + record, e);
    }
  }

  static Path newDataFolder() {
    return StateFolder.ofUser()
        .resolve("sandboxes")
        .resolve(NAME.format(Instant.now()))
        .resolve("data");
  }

  static Path eventsBeside(Path data) {
    return data.resolveSibling("events");
  }

  public URI endpoint() {
    return emulator.endpoint();
  }

  /** Where the events of the seeded resources are. */
  public Path events() {
    return eventsBeside(data);
  }

  /** Stops the server; the data folder stays. */
  public void stop() {
    emulator.stop();
    try {
      if (remembered().filter(this::equals).isPresent()) {
        Files.deleteIfExists(record());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + record(), e);
    }
  }

  private static Optional<Sandbox> remembered() {
    Path record = record();
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.fromTree(Json.parse(Files.readString(record)), Sandbox.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + record, e);
    }
  }

  private static Path record() {
    return StateFolder.ofUser().resolve("sandbox.json");
  }
}

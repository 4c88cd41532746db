package dev.cloudmend.local.sandbox;

import dev.cloudmend.emulators.Emulator;
import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/** An emulated account for the time of one command; it ends with the process at the latest. */
public final class TemporarySandbox implements AutoCloseable {

  private final Emulator emulator;
  private final Path folder;

  private TemporarySandbox(Emulator emulator, Path folder) {
    this.emulator = emulator;
    this.folder = folder;
  }

  /** Starts one. */
  public static TemporarySandbox start(Consumer<String> progress) {
    progress.accept("starting an emulated account");
    EmulatorSettings settings = EmulatorSettings.ofUser().withProgress(progress);
    return new TemporarySandbox(EmulatorKind.MOTO.start(settings), Sandbox.newFolder());
  }

  public URI endpoint() {
    return emulator.endpoint();
  }

  public Path data() {
    return folder.resolve("data");
  }

  /** Where the events of seeded resources are. */
  public Path events() {
    return folder.resolve("events");
  }

  /** Where git repositories are made. */
  public Path repositories() {
    return folder.resolve("repositories");
  }

  @Override
  public void close() {
    emulator.close();
  }
}

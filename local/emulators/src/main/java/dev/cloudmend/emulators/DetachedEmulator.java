package dev.cloudmend.emulators;

import java.net.URI;

/**
 * An emulator that runs on its own. The parts are enough to find it again from another process.
 *
 * @param kind which emulator
 * @param id moto's process id, or LocalStack's container id
 * @param endpoint where clients reach it
 * @param name what it is, with its version
 * @param log where its output goes: a file, or the command that shows it
 */
public record DetachedEmulator(
    EmulatorKind kind, String id, URI endpoint, String name, String log) {

  /** Whether the very server that was started still runs, not another one under its id. */
  public boolean alive() {
    return switch (kind) {
      case MOTO -> MotoServer.find(this).isPresent();
      case LOCALSTACK -> LocalStackServer.isRunning(this);
    };
  }

  /**
   * Ends the server. A process that has its id by now, but is another one, is left alone.
   *
   * @return false when it did not run any more
   * @throws EmulatorException when it does not end
   */
  public boolean stop() {
    return switch (kind) {
      case MOTO -> MotoServer.stop(this);
      case LOCALSTACK -> LocalStackServer.stop(this);
    };
  }
}

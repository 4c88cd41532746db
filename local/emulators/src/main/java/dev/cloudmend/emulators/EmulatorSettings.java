package dev.cloudmend.emulators;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to start an emulator.
 *
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param stateFolder where log files go and where moto is installed when the machine has none
 * @param searchPath where programs are looked for, in the form of the PATH variable
 * @param progress is told, in one line, what takes long
 */
public record EmulatorSettings(
    int port, Path stateFolder, String searchPath, Consumer<String> progress) {

  private static final int LARGEST_PORT = 65_535;

  public EmulatorSettings {
    if (port < 0 || port > LARGEST_PORT) {
      throw new EmulatorException(
          "Port " + port + " is out of range; expected 1 to " + LARGEST_PORT + ", or 0 for any");
    }
  }

  /** A free port, the user's state folder and PATH, progress on standard error. */
  public static EmulatorSettings ofUser() {
    return new EmulatorSettings(
        0,
        StateFolder.ofUser(),
        Optional.ofNullable(System.getenv("PATH")).orElse(""),
        System.err::println);
  }

  public EmulatorSettings withPort(int other) {
    return new EmulatorSettings(other, stateFolder, searchPath, progress);
  }

  public EmulatorSettings withStateFolder(Path other) {
    return new EmulatorSettings(port, other, searchPath, progress);
  }

  public EmulatorSettings withSearchPath(String other) {
    return new EmulatorSettings(port, stateFolder, other, progress);
  }

  public EmulatorSettings withProgress(Consumer<String> other) {
    return new EmulatorSettings(port, stateFolder, searchPath, other);
  }
}

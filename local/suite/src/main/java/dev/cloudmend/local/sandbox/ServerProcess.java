package dev.cloudmend.local.sandbox;

import dev.cloudmend.emulators.EmulatorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts this very program once more, as the process of a sandbox. */
final class ServerProcess {

  private static final int LAST_LINES = 8;

  private ServerProcess() {}

  /** Starts it so that neither the end of this process nor a Ctrl-C at its terminal ends it. */
  static Process start(EmulatorKind kind, int port, Path folder) {
    var java = new ArrayList<String>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("-XX:TieredStopAtLevel=1");
    java.add("-XX:+UseSerialGC");
    java.add("--enable-native-access=ALL-UNNAMED");
    java.add("-Dcloudmend.root=" + System.getProperty("cloudmend.root", ""));
    java.add("-cp");
    java.add(System.getProperty("java.class.path"));
    java.add("dev.cloudmend.local.cli.Main");
    java.addAll(List.of("sandbox", "serve", "--emulator", kind.word()));
    java.addAll(List.of("--port", Integer.toString(port), "--folder", folder.toString()));
    // A shell that ignores these signals hands that on to what takes its place.
    var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sandbox"));
    command.addAll(java);
    try {
      Files.createDirectories(folder);
      return new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(SandboxServer.logFile(folder).toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox cannot be started", e);
    }
  }

  /** The end of its log. */
  static String lastWords(Path folder) {
    try {
      List<String> lines = Files.readAllLines(SandboxServer.logFile(folder));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "its log " + SandboxServer.logFile(folder) + " cannot be read";
    }
  }
}

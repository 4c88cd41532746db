package dev.cloudmend.local.sandbox;

import dev.cloudmend.emulators.EmulatorKind;
import dev.cloudmend.emulators.EmulatorSettings;
import dev.cloudmend.endpoint.AwsEndpoint;
import dev.cloudmend.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What the process of a {@link Sandbox} does. */
public final class SandboxServer {

  private SandboxServer() {}

  /**
   * Starts the endpoint, says so in the ready file, and serves until the process is asked to end.
   *
   * @param folder where it keeps what it has, its log and the ready file
   */
  public static void serve(EmulatorKind kind, int port, Path folder) throws InterruptedException {
    var settings =
        new AwsEndpoint.Settings(
            port,
            folder.resolve("deployed"),
            kind,
            EmulatorSettings.ofUser().withProgress(System.err::println));
    AwsEndpoint endpoint = AwsEndpoint.start(settings);
    var ended = new CountDownLatch(1);
    var closing =
        new Thread(
            () -> {
              endpoint.close();
              ended.countDown();
            },
            "closing");
    Runtime.getRuntime().addShutdownHook(closing);
    ready(
        folder,
        new Sandbox(
            ProcessHandle.current().pid(),
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now),
            endpoint.endpoint(),
            endpoint.status().emulator(),
            List.copyOf(endpoint.status().answeredHere()),
            folder,
            Instant.now()));
    ended.await();
  }

  static Path readyFile(Path folder) {
    return folder.resolve("sandbox.json");
  }

  static Path logFile(Path folder) {
    return folder.resolve("sandbox.log");
  }

  private static void ready(Path folder, Sandbox sandbox) {
    Path file = readyFile(folder);
    try {
      // Whoever waits for the file reads it at once.
      Path unfinished = Files.writeString(file.resolveSibling("ready.part"), Json.pretty(sandbox));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}

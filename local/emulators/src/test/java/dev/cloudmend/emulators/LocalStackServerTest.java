package dev.cloudmend.emulators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With stand-ins for the docker program and for the container. */
final class LocalStackServerTest {

  @TempDir private Path folder;

  private EmulatorSettings settings() {
    return EmulatorSettings.ofUser()
        .withStateFolder(folder)
        .withSearchPath(folder.toString())
        .withProgress(line -> {});
  }

  @Test
  void asksForDockerWhenThereIsNone() {
    assertThatThrownBy(() -> LocalStackServer.start(settings()))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("no docker on the PATH")
        .hasMessageContaining("--emulator moto");
  }

  @Test
  void asksForARunningEngineWhenDockerHasNone() throws IOException {
    new FakePrograms(folder)
        .add("docker", "echo Cannot connect to the Docker daemon >&2; exit 1\n");
    assertThatThrownBy(() -> LocalStackServer.start(settings()))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("running Docker engine: Cannot connect to the Docker daemon")
        .hasMessageContaining("--emulator moto");
  }

  @Test
  void runsThePinnedImageOnTheLoopbackAddressAndRemovesItAtTheEnd() throws IOException {
    Path calls = folder.resolve("calls");
    int port = Servers.freePort(0);
    new FakePrograms(folder)
        .add(
            "docker",
            """
            echo "$*" >> '%s'
            case "$1" in
              run) echo 0123abcd ;;
              inspect) echo true ;;
            esac
            """
                .formatted(calls));
    try (var container = new FakeContainer()) {
      container.startWhen(calls, port);
      try (var localstack = LocalStackServer.start(settings().withPort(port))) {
        assertThat(localstack.name()).isEqualTo("localstack 4.14.0");
        assertThat(localstack.alive()).isTrue();
        localstack.reset();
        assertThat(container.resets()).isEqualTo(1);
      }
    }
    assertThat(Files.readString(calls))
        .contains("--publish 127.0.0.1:" + port + ":4566 localstack/localstack:4.14.0")
        .contains("rm --force --volumes 0123abcd");
  }

  /** Answers like LocalStack's internal endpoints, from the moment that docker was told to run. */
  private static final class FakeContainer implements AutoCloseable {

    private final AtomicInteger resets = new AtomicInteger();
    private final HttpServer server;

    FakeContainer() throws IOException {
      server = HttpServer.create();
      server.createContext(
          "/_localstack/",
          exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/state/reset")) {
              resets.incrementAndGet();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
    }

    void startWhen(Path calls, int port) {
      Thread.ofVirtual()
          .start(
              () -> {
                Servers.await(Duration.ofSeconds(20), () -> hasRun(calls));
                try {
                  server.bind(new InetSocketAddress(Servers.loopback(), port), 10);
                  server.start();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }

    private static boolean hasRun(Path calls) {
      try {
        return Files.exists(calls) && Files.readString(calls, UTF_8).contains("run --detach");
      } catch (IOException e) {
        return false;
      }
    }

    int resets() {
      return resets.get();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}

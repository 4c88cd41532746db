package dev.cloudmend.emulators;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * LocalStack's community image in Docker, published on the loopback address. Its account is
 * 000000000000.
 *
 * @see <a href="https://docs.localstack.cloud/aws/capabilities/networking/internal-endpoints/">
 *     LocalStack, internal endpoints</a>
 */
public final class LocalStackServer implements Emulator {

  /** The last community version that starts without an account's token. */
  public static final String VERSION = "4.14.0";

  /** The image that is run. */
  public static final String IMAGE = "localstack/localstack:" + VERSION;

  private static final int CONTAINER_PORT = 4566;
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(9);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int LINES_OF_OUTPUT = 5;

  private static final String NAME = "localstack " + VERSION;

  private record Container(String id, URI endpoint) {}

  private final Path docker;
  private final Container container;
  private final Thread removal;

  private LocalStackServer(Path docker, Container container) {
    this.docker = docker;
    this.container = container;
    this.removal = Thread.ofPlatform().unstarted(() -> remove(docker, container.id()));
    Runtime.getRuntime().addShutdownHook(removal);
  }

  /**
   * Starts LocalStack and waits until it answers. The container is removed at {@link #close()}, or
   * when this process ends in good order.
   *
   * @throws EmulatorException when no Docker engine runs, or the container does not start
   */
  public static LocalStackServer start(EmulatorSettings settings) {
    Path docker = docker(settings);
    return new LocalStackServer(docker, launch(docker, settings));
  }

  private static Path docker(EmulatorSettings settings) {
    Optional<Path> docker = Programs.find("docker", settings.searchPath());
    if (docker.isEmpty()) {
      throw new EmulatorException(
          "LocalStack needs Docker, and there is no docker on the PATH. Install Docker, or take the"
              + " other emulator: --emulator moto");
    }
    var version =
        Programs.run(
            COMMAND_LIMIT,
            List.of(docker.get().toString(), "version", "--format", "{{.Server.Version}}"));
    if (!version.succeeded()) {
      throw new EmulatorException(
          "LocalStack needs a running Docker engine: "
              + version.lastLines(1)
              + "\nStart Docker, or take the other emulator: --emulator moto");
    }
    return docker.get();
  }

  private static Container launch(Path docker, EmulatorSettings settings) {
    if (!Programs.run(COMMAND_LIMIT, List.of(docker.toString(), "image", "inspect", IMAGE))
        .succeeded()) {
      settings.progress().accept("Pulling " + IMAGE + " (once, about 1.2 GB) ...");
      demand(PULL_LIMIT, docker, "pull", "--quiet", IMAGE);
    }
    int port = Servers.freePort(settings.port());
    String id =
        demand(
                COMMAND_LIMIT,
                docker,
                "run",
                "--detach",
                "--label",
                "dev.cloudmend=sandbox",
                "--publish",
                Servers.LOOPBACK + ":" + port + ":" + CONTAINER_PORT,
                IMAGE)
            .lastLines(1)
            .strip();
    var container = new Container(id, Servers.endpoint(port));
    if (!awaitAnswer(container)) {
      String logs =
          Programs.run(COMMAND_LIMIT, List.of(docker.toString(), "logs", id))
              .lastLines(LINES_OF_OUTPUT);
      remove(docker, id);
      throw new EmulatorException(
          NAME
              + " did not answer within "
              + START_LIMIT.toSeconds()
              + " s. Its log ends:\n"
              + logs);
    }
    return container;
  }

  private static boolean awaitAnswer(Container container) {
    URI health = container.endpoint().resolve("/_localstack/health");
    return Servers.await(START_LIMIT, () -> Servers.answers(health));
  }

  private static Programs.Result demand(Duration limit, Path docker, String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addFirst(docker.toString());
    var result = Programs.run(limit, command);
    if (!result.succeeded()) {
      throw new EmulatorException(
          "docker " + arguments[0] + " failed:\n" + result.lastLines(LINES_OF_OUTPUT));
    }
    return result;
  }

  private static void remove(Path docker, String id) {
    demand(COMMAND_LIMIT, docker, "rm", "--force", "--volumes", id);
  }

  private static boolean isRunning(Path docker, String id) {
    var state =
        Programs.run(
            COMMAND_LIMIT,
            List.of(docker.toString(), "inspect", "--format", "{{.State.Running}}", id));
    return state.succeeded() && state.output().strip().equals("true");
  }

  @Override
  public URI endpoint() {
    return container.endpoint();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean alive() {
    return isRunning(docker, container.id());
  }

  @Override
  public void reset() {
    if (Servers.post(endpoint().resolve("/_localstack/state/reset"))) {
      return;
    }
    demand(COMMAND_LIMIT, docker, "restart", container.id());
    if (!awaitAnswer(container)) {
      throw new EmulatorException(name() + " at " + endpoint() + " did not come back");
    }
  }

  @Override
  public void close() {
    if (Runtime.getRuntime().removeShutdownHook(removal)) {
      remove(docker, container.id());
    }
  }
}

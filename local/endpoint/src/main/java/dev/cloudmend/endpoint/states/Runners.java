package dev.cloudmend.endpoint.states;

import dev.cloudmend.endpoint.EventSink;
import dev.cloudmend.endpoint.FunctionCaller;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.Upstream;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.Interpreter;
import dev.cloudmend.states.durable.FileExecutionStore;
import dev.cloudmend.states.engine.TaskToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An interpreter for each account and region, each with a folder of its own: {@code
 * FOLDER/ACCOUNT/REGION}. Every second a look is taken at executions whose time has come.
 */
final class Runners implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Runners.class.getName());

  /**
   * An execution in which nothing happens for longer lies in the folder, and outlives a restart.
   */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(3);

  private static final int PARTS_OF_ARN = 6;

  private final Path folder;
  private final FunctionCaller functions;
  private final Upstream upstream;
  private final EventSink events;
  private final Map<Path, Interpreter> interpreters = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("execution-", 0).factory());
  private final CountDownLatch closed = new CountDownLatch(1);

  Runners(Path folder, FunctionCaller functions, Upstream upstream, EventSink events) {
    this.folder = folder;
    this.functions = functions;
    this.upstream = upstream;
    this.events = events;
  }

  /** Goes on with what lies in the folder. */
  void start() {
    for (Path account : children(folder)) {
      for (Path region : children(account)) {
        at(account.getFileName().toString(), region.getFileName().toString());
      }
    }
    Thread.ofPlatform().daemon().name("executions-clock").start(this::tickUntilClosed);
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  Interpreter at(String account, String region) {
    return interpreters.computeIfAbsent(
        folder.resolve(account).resolve(region),
        place ->
            Interpreter.builder()
                .tasks(new Tasks(account, region, functions, upstream).handlers())
                .executionStore(new FileExecutionStore(place))
                .executor(threads)
                .listener(this::changed)
                .longestSleep(LONGEST_SLEEP)
                .build());
  }

  /**
   * The interpreter of an execution.
   *
   * @throws ServiceException InvalidArn
   */
  Interpreter of(String executionArn) {
    String[] parts = executionArn.split(":", -1);
    boolean valid =
        parts.length > PARTS_OF_ARN
            && parts[3].matches("[a-z0-9-]+")
            && parts[4].matches("\\d{12}")
            && parts[5].equals("execution");
    if (!valid) {
      throw new ServiceException(400, "InvalidArn", "Invalid Arn: '" + executionArn + "'");
    }
    return at(parts[4], parts[3]);
  }

  /**
   * The interpreter of the execution that a task token is for.
   *
   * @throws ServiceException InvalidToken
   */
  Interpreter ofToken(String token) {
    return of(
        TaskToken.executionOf(token)
            .orElseThrow(() -> new ServiceException(400, "InvalidToken", "Invalid Token")));
  }

  private void changed(ExecutionResult execution) {
    try {
      events.put(StatusChange.event(execution, Instant.now()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The status change of " + execution.executionArn() + " was not put", e);
    }
  }

  private void tickUntilClosed() {
    try {
      do {
        tick();
      } while (!closed.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    for (Interpreter interpreter : interpreters.values()) {
      try {
        interpreter.tick();
      } catch (RuntimeException e) {
        // A clock that throws stands still.
        LOG.log(Level.ERROR, "Executions whose time has come could not be gone on with", e);
      }
    }
  }

  /** Whoever is at work is left to end by itself, or with the process. */
  @Override
  public void close() {
    closed.countDown();
    threads.shutdown();
  }
}

package dev.cloudmend.endpoint.lambda;

import dev.cloudmend.endpoint.Body;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with one version of a function in it, for one invocation at a time. It ends with this
 * process, even when this one is killed.
 */
final class ExecutionEnvironment implements AutoCloseable {

  /** What Lambda allows for the start before it lets the invocation's own timeout run. */
  private static final Duration INIT = Duration.ofSeconds(10);

  private static final int TAIL = 4 * 1024;
  private static final int EXIT_SECONDS = 5;

  private final Duration timeout;
  private final RuntimeApi api;
  private final Process process;
  private final CompletableFuture<Integer> exit;
  private final Path log;
  private boolean started;
  private long idleSince = System.nanoTime();

  private ExecutionEnvironment(Duration timeout, RuntimeApi api, Process process, Path log) {
    this.timeout = timeout;
    this.api = api;
    this.process = process;
    this.exit = process.onExit().thenApply(Process::exitValue);
    this.log = log;
  }

  /** What a process is started from; the environment is made when the API's address is known. */
  interface Start {
    ProcessBuilder builder(String runtimeApi) throws IOException;
  }

  /**
   * Starts the process; it becomes ready by itself.
   *
   * @param log takes what it prints
   */
  static ExecutionEnvironment start(Duration timeout, Start start, Path log) throws IOException {
    var api = new RuntimeApi();
    try {
      // Standard input stays a pipe: its end tells the process that this one is gone.
      Process process =
          start
              .builder(api.address())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ExecutionEnvironment(timeout, api, process, log);
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  static ProcessBuilder builder(
      Iterable<String> command, Map<String, String> environment, Path folder) {
    var builder = new ProcessBuilder();
    command.forEach(builder.command()::add);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(folder.toFile());
  }

  /** Calls the function and waits for its end; after a timeout the process is ended. */
  Outcome invoke(String requestId, String arn, Body payload, Optional<String> clientContext)
      throws InterruptedException {
    var outcome = new CompletableFuture<Outcome>();
    CompletableFuture<Object> end = CompletableFuture.anyOf(outcome, api.initError(), exit);
    try {
      if (!awaitStart(end)) {
        return end(Outcome.timedOut(requestId, timeout.toSeconds()));
      }
      if (!end.isDone()) {
        long deadline = System.currentTimeMillis() + timeout.toMillis();
        api.offer(
            new RuntimeApi.Invocation(requestId, arn, deadline, payload, clientContext, outcome));
      }
      end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (outcome.isDone()) {
        return outcome.join();
      }
      return api.initError().isDone()
          ? api.initError().join()
          : Outcome.exited(requestId, exit.join());
    } catch (TimeoutException e) {
      return end(Outcome.timedOut(requestId, timeout.toSeconds()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      close();
      throw e;
    } finally {
      idleSince = System.nanoTime();
    }
  }

  private boolean awaitStart(CompletableFuture<Object> end) throws InterruptedException {
    if (started) {
      return true;
    }
    long deadline = System.nanoTime() + INIT.plus(timeout).toNanos();
    while (!end.isDone()) {
      if (api.ready().await(20, TimeUnit.MILLISECONDS)) {
        started = true;
        return true;
      }
      if (System.nanoTime() >= deadline) {
        return false;
      }
    }
    return true;
  }

  private Outcome end(Outcome outcome) throws InterruptedException {
    close();
    if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The process " + process.pid() + " does not end");
    }
    return outcome;
  }

  boolean alive() {
    return process.isAlive() && !api.initError().isDone();
  }

  /** How long nobody has called it. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - idleSince);
  }

  long pid() {
    return process.pid();
  }

  /** How long the log is now. */
  long logSize() {
    return log.toFile().length();
  }

  /** The last 4 KB of what was printed since the log was that long. */
  byte[] logTail(long since) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(since, file.length() - TAIL);
      byte[] tail = new byte[(int) Math.min(TAIL, file.length() - from)];
      file.seek(from);
      return Arrays.copyOf(tail, Math.max(0, file.read(tail)));
    } catch (IOException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    api.close();
  }
}

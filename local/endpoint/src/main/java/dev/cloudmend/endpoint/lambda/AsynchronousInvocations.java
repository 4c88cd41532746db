package dev.cloudmend.endpoint.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.endpoint.Body;
import dev.cloudmend.endpoint.ServiceException;
import dev.cloudmend.endpoint.spool.Spool;
import dev.cloudmend.model.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Invocations of the type {@code Event}: kept on the disk from the answer until they have ended, so
 * that none is lost when this process ends. A function that fails is called again twice.
 */
final class AsynchronousInvocations implements AutoCloseable {

  private final Spool spool;
  private final List<Duration> retries;
  private final Consumer<String> log;
  private final Call call;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Calls a function and waits for its end. */
  interface Call {
    Outcome invoke(FunctionName function, String requestId, Body payload)
        throws InterruptedException;
  }

  AsynchronousInvocations(Spool spool, List<Duration> retries, Consumer<String> log, Call call) {
    this.spool = spool;
    this.retries = retries;
    this.log = log;
    this.call = call;
  }

  /** Goes on with what another process left. */
  void begin() {
    spool.all().forEach(this::start);
  }

  void accept(FunctionName function, String requestId, Body payload) {
    ObjectNode kept =
        Json.object()
            .put("function", function.arn())
            .put("requestId", requestId)
            .put("payload", payload.text())
            .put("attempt", 0);
    spool.keep(requestId, kept);
    start(kept);
  }

  private void start(ObjectNode kept) {
    threads.execute(
        () -> {
          try {
            run(kept);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (UncheckedIOException e) {
            // When all ends, a write may be interrupted: what was on the disk before is there.
            if (!threads.isShutdown()) {
              log.accept("An invocation rests until the next start: " + e.getMessage());
            }
          }
        });
  }

  private void run(ObjectNode kept) throws InterruptedException {
    FunctionName function = FunctionName.parse(kept.path("function").asText(), "", "");
    String requestId = kept.path("requestId").asText();
    while (!attempt(function, requestId, Body.of(kept.path("payload").asText()))) {
      if (threads.isShutdown()) {
        // It did not fail by itself; the next process calls it.
        return;
      }
      int attempt = kept.path("attempt").asInt();
      if (attempt >= retries.size()) {
        log.accept(function.arn() + " failed " + (attempt + 1) + " times; it is not called again");
        break;
      }
      kept.put("attempt", attempt + 1);
      spool.keep(requestId, kept);
      Thread.sleep(retries.get(attempt));
    }
    spool.remove(requestId);
  }

  private boolean attempt(FunctionName function, String requestId, Body payload)
      throws InterruptedException {
    try {
      return !call.invoke(function, requestId, payload).failed();
    } catch (ServiceException e) {
      log.accept(function.arn() + " cannot be called: " + e.code());
      return false;
    }
  }

  static String newRequestId() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

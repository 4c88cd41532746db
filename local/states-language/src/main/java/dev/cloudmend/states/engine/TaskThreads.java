package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs handlers, each on a thread of its own, and leaves what comes of it in the mailbox. */
final class TaskThreads {

  private final Mailbox mailbox;
  private final InterpreterClock clock;
  private final Map<Long, Thread> threads = new HashMap<>();
  private long attempts;

  TaskThreads(Mailbox mailbox, InterpreterClock clock) {
    this.mailbox = mailbox;
    this.clock = clock;
  }

  long nextAttempt() {
    return ++attempts;
  }

  void start(long attempt, TaskHandler handler, String integration, JsonNode parameters) {
    JsonNode own = parameters.deepCopy();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("task " + integration + " " + attempt)
            .unstarted(() -> mailbox.post(run(attempt, handler, integration, own)));
    threads.put(attempt, thread);
    thread.start();
  }

  void cancel(long attempt) {
    Thread thread = threads.remove(attempt);
    if (thread != null) {
      thread.interrupt();
    }
  }

  void ended(long attempt) {
    threads.remove(attempt);
  }

  void cancelAll() {
    threads.values().forEach(Thread::interrupt);
    threads.clear();
  }

  /** Whatever a handler throws must come back, or the execution would wait for ever. */
  private Message run(long attempt, TaskHandler handler, String integration, JsonNode parameters) {
    try {
      JsonNode result = handler.run(integration, parameters);
      return ended(attempt, orNull(result), null);
    } catch (TaskFailedException e) {
      return ended(attempt, null, new Message.TaskError(e.error(), e.explanation()));
    } catch (InterruptedException e) {
      return ended(attempt, null, new Message.TaskError("Interrupted", "The task was interrupted"));
    } catch (Throwable e) {
      return ended(
          attempt, null, new Message.TaskError(e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  private Message ended(
      long attempt, @Nullable JsonNode result, Message.@Nullable TaskError failure) {
    return new Message.TaskEnded(attempt, result, failure, clock.now());
  }

  private static JsonNode orNull(@Nullable JsonNode result) {
    return result == null ? NullNode.getInstance() : result.deepCopy();
  }
}

package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.JsonData;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one execution until it ends, or until all that is left of it waits for task tokens or for a
 * time that is far off.
 *
 * <p>One thread calls {@link #run}; it alone touches the execution. Handlers, the clock and whoever
 * answers for a token leave messages for it. Time passes by the clock when nothing is at work, so a
 * virtual clock skips waits and never outruns a task.
 */
public final class Engine {

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Execution execution;
  private final Run run;
  private final Steps steps;

  /** Takes an execution over; from here on it counts as running. */
  public Engine(Execution execution, Surroundings surroundings) {
    this.execution = execution;
    this.run = new Run(execution, surroundings);
    this.steps = new Steps(run);
    execution.status(ExecutionStatus.RUNNING);
  }

  /** Leaves a message, from any thread; false when the execution is no longer run here. */
  public boolean post(Message message) {
    return run.mailbox.post(message);
  }

  /** Runs the execution. Interrupting the thread aborts it. */
  public void run() {
    try {
      if (execution.history.isEmpty()) {
        ObjectNode details = JsonData.object();
        details.set("input", execution.input());
        run.event(0, "ExecutionStarted", details);
        steps.enter(execution.root, execution.definition.program().startAt(), execution.input());
      }
      loop();
    } catch (InterruptedException e) {
      run.abort(new Failure("Interrupted", "The interpreter was interrupted", false));
      Thread.currentThread().interrupt();
    } finally {
      run.threads.cancelAll();
      run.mailbox.close().forEach(Engine::decline);
    }
  }

  private void loop() throws InterruptedException {
    while (!execution.status().isFinal()) {
      Branch ready = run.nextReady();
      if (ready != null) {
        step(ready);
      } else if (!expire()) {
        Optional<Message> message = rests() ? run.mailbox.pollOrClose() : await();
        if (message.isPresent()) {
          handle(message.get());
        } else if (rests()) {
          execution.status(ExecutionStatus.WAITING);
          return;
        }
      }
    }
  }

  private void step(Branch branch) {
    if (run.historyIsFull()) {
      run.fail(
          new Failure(
              ErrorNames.RUNTIME,
              "The execution reached the maximum number of history events (25000).",
              false));
    } else {
      steps.begin(branch);
    }
  }

  private void handle(Message message) {
    switch (message) {
      case Message.TaskEnded ended -> steps.tasks().handlerEnded(ended);
      case Message.Answer answer -> answer.accepted().complete(steps.tasks().answered(answer));
      case Message.Stop stop -> {
        run.abort(new Failure(stop.reason().error(), stop.reason().cause(), false));
        stop.accepted().complete(true);
      }
      case Message.Woken woken -> {}
      case Message.Tick tick -> {}
    }
  }

  private static void decline(Message message) {
    switch (message) {
      case Message.Answer answer -> answer.accepted().complete(false);
      case Message.Stop stop -> stop.accepted().complete(false);
      default -> {}
    }
  }

  /** What has happened so far; may be asked by any thread. */
  public List<HistoryEvent> history() {
    return execution.history();
  }

  /** Whether nothing is under way here: what is left waits for tokens, or for long. */
  private boolean rests() {
    return !run.hasReady() && run.leaves().stream().allMatch(this::rests);
  }

  private boolean rests(Branch leaf) {
    return switch (leaf.current().activity) {
      case Activity.AwaitingToken token -> true;
      case Activity.Sleeping(Instant until, boolean retry) ->
          Duration.between(run.now(), until).compareTo(run.surroundings.longestSleep()) > 0;
      default -> false;
    };
  }

  /** Whether something's time is up. */
  public boolean isDue() {
    Instant next = earliest();
    return next != null && !next.isAfter(run.now());
  }

  /** Does the one thing whose time came first, if its time has come. */
  private boolean expire() {
    if (!isDue()) {
      return false;
    }
    Instant end = executionDeadline();
    Branch first =
        run.leaves().stream()
            .filter(leaf -> expiry(leaf) != null)
            .min(Comparator.comparing(Engine::expiry))
            .orElse(null);
    Instant due = first == null ? null : expiry(first);
    if (first == null || due == null || (end != null && !end.isAfter(due))) {
      run.timeOut();
      return true;
    }
    switch (first.current().activity) {
      case Activity.Sleeping sleeping -> steps.wake(first, sleeping);
      case Activity.Calling(var call) -> steps.tasks().expire(first, call);
      case Activity.AwaitingToken(var call) -> steps.tasks().expire(first, call);
      default -> throw new IllegalStateException("only leaves expire");
    }
    return true;
  }

  private static @Nullable Instant expiry(Branch leaf) {
    return switch (leaf.current().activity) {
      case Activity.Sleeping sleeping -> sleeping.until();
      case Activity.Calling(var call) -> call.expiry();
      case Activity.AwaitingToken(var call) -> call.expiry();
      default -> null;
    };
  }

  private @Nullable Instant executionDeadline() {
    var seconds = execution.definition.program().timeoutSeconds();
    return seconds.isPresent() ? execution.startTime().plusSeconds(seconds.getAsInt()) : null;
  }

  private @Nullable Instant earliest() {
    Instant earliest = executionDeadline();
    for (Branch leaf : run.leaves()) {
      Instant expiry = expiry(leaf);
      if (expiry != null && (earliest == null || expiry.isBefore(earliest))) {
        earliest = expiry;
      }
    }
    return earliest;
  }

  /** Waits for a message or the next moment at which something is due. */
  private Optional<Message> await() throws InterruptedException {
    Instant next = earliest();
    boolean atWork =
        run.leaves().stream().anyMatch(l -> l.current().activity instanceof Activity.Calling);
    if (next == null) {
      return run.mailbox.take(LONGEST_WAIT);
    }
    if (atWork) {
      Duration left = Duration.between(run.now(), next);
      return run.mailbox.take(left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
    }
    Thread sleeper = Thread.ofVirtual().start(() -> sleep(next));
    try {
      return run.mailbox.take(LONGEST_WAIT);
    } finally {
      sleeper.interrupt();
    }
  }

  private void sleep(Instant until) {
    try {
      run.surroundings.clock().sleepUntil(until);
      run.mailbox.post(new Message.Woken());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

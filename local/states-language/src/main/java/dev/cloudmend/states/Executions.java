package dev.cloudmend.states;

import dev.cloudmend.states.durable.ExecutionStore;
import dev.cloudmend.states.engine.Engine;
import dev.cloudmend.states.engine.Execution;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.Message;
import dev.cloudmend.states.engine.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Takes executions out of the store, runs them, and puts them back, each by one at a time. */
final class Executions {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  private final Surroundings surroundings;
  private final ExecutionStore store;
  private final Duration patience;
  private final Executor threads;
  private final Consumer<ExecutionResult> listener;

  /** Executions that this interpreter is at work on, by ARN. */
  private final Map<String, Engine> running = new ConcurrentHashMap<>();

  Executions(
      Surroundings surroundings,
      ExecutionStore store,
      Duration patience,
      Executor threads,
      Consumer<ExecutionResult> listener) {
    this.surroundings = surroundings;
    this.store = store;
    this.patience = patience;
    this.threads = threads;
    this.listener = listener;
  }

  ExecutionResult begin(Execution execution) {
    String arn = execution.arn();
    ExecutionStore.Lease lease = store.tryLock(arn).orElseThrow(() -> exists(arn));
    try {
      if (store.load(arn).isPresent()) {
        throw exists(arn);
      }
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    return run(execution, new Message.Tick(), lease);
  }

  Optional<ExecutionResult> find(String arn) {
    // Before the record is read: an engine is forgotten only after its last state was stored.
    Engine engine = running.get(arn);
    Optional<ExecutionResult> stored =
        store.load(arn).map(Execution::fromJson).map(ExecutionResult::of);
    return engine == null
        ? stored
        : stored.map(
            result ->
                result.status() == ExecutionStatus.RUNNING
                    ? result.withHistory(engine.history())
                    : result);
  }

  List<String> all() {
    return store.executions();
  }

  /** The execution once nobody is at work on it. */
  ExecutionResult atRest(String arn) {
    ExecutionStore.Lease lease = lock(arn);
    try (lease) {
      return ExecutionResult.of(load(arn));
    }
  }

  /** Runs the execution with the message; nothing when it is run here already and got it there. */
  Optional<ExecutionResult> deliver(String arn, Message message) {
    Engine engine = running.get(arn);
    if (engine != null && engine.post(message)) {
      return Optional.empty();
    }
    if (store.load(arn).isEmpty()) {
      throw missing(arn);
    }
    ExecutionStore.Lease lease = lock(arn);
    boolean handedOver = false;
    try {
      Execution execution = load(arn);
      if (execution.status() == ExecutionStatus.RUNNING) {
        lost(execution);
      }
      if (!execution.status().isFinal()) {
        handedOver = true;
        return Optional.of(run(execution, message, lease));
      }
      if (message instanceof Message.Answer answer) {
        answer.accepted().complete(false);
      }
      return Optional.of(ExecutionResult.of(execution));
    } finally {
      if (!handedOver) {
        lease.close();
      }
    }
  }

  List<ExecutionResult> tick() {
    var changed = new ArrayList<ExecutionResult>();
    for (String arn : store.openExecutions()) {
      store.tryLock(arn).flatMap(lease -> tick(arn, lease)).ifPresent(changed::add);
    }
    return List.copyOf(changed);
  }

  private Optional<ExecutionResult> tick(String arn, ExecutionStore.Lease lease) {
    boolean handedOver = false;
    try {
      Optional<Execution> found = store.load(arn).map(Execution::fromJson);
      if (found.isEmpty() || found.get().status().isFinal()) {
        return Optional.empty();
      }
      Execution execution = found.get();
      if (execution.status() == ExecutionStatus.RUNNING) {
        return Optional.of(lost(execution));
      }
      if (!new Engine(Execution.fromJson(execution.toJson()), surroundings).isDue()) {
        return Optional.empty();
      }
      handedOver = true;
      return Optional.of(run(execution, new Message.Tick(), lease));
    } finally {
      if (!handedOver) {
        lease.close();
      }
    }
  }

  /** Runs the execution, on a thread that gives the lease back when nobody is at work any more. */
  private ExecutionResult run(Execution execution, Message first, ExecutionStore.Lease lease) {
    String arn = execution.arn();
    try {
      boolean begins = execution.history().isEmpty();
      var engine = new Engine(execution, surroundings);
      engine.post(first);
      // Stored as running: should this process die, the next one must not act on an old state.
      store.save(arn, execution.toJson(), true);
      if (begins) {
        listener.accept(ExecutionResult.of(execution));
      }
      running.put(arn, engine);
      threads.execute(() -> run(execution, engine, lease));
    } catch (RejectedExecutionException e) {
      running.remove(arn);
      lost(execution);
      lease.close();
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    return find(arn).orElseThrow(() -> missing(arn));
  }

  private void run(Execution execution, Engine engine, ExecutionStore.Lease lease) {
    try (lease) {
      try {
        engine.run();
        // An interrupt has ended the execution; it must not keep that from being written down.
        boolean interrupted = Thread.interrupted();
        try {
          store.save(execution.arn(), execution.toJson(), !execution.status().isFinal());
        } finally {
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
        }
      } finally {
        running.remove(execution.arn());
      }
      if (execution.status().isFinal()) {
        listener.accept(ExecutionResult.of(execution));
      }
    }
  }

  private ExecutionResult lost(Execution execution) {
    execution.lost(surroundings.clock().now());
    store.save(execution.arn(), execution.toJson(), false);
    ExecutionResult result = ExecutionResult.of(execution);
    listener.accept(result);
    return result;
  }

  private Execution load(String arn) {
    return store.load(arn).map(Execution::fromJson).orElseThrow(() -> missing(arn));
  }

  /** Takes the execution, waiting a while for whoever has it. */
  private ExecutionStore.Lease lock(String arn) {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<ExecutionStore.Lease> lease = store.tryLock(arn);
      if (lease.isPresent()) {
        return lease.get();
      }
      if (System.nanoTime() - giveUp >= 0 || Thread.currentThread().isInterrupted()) {
        throw new ExecutionRequestException(
            "ExecutionBusy", "Another interpreter is running the execution " + arn);
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  private static ExecutionRequestException exists(String arn) {
    return new ExecutionRequestException(
        "ExecutionAlreadyExists", "There is an execution " + arn + " already");
  }

  private static ExecutionRequestException missing(String arn) {
    return new ExecutionRequestException("ExecutionDoesNotExist", "There is no execution " + arn);
  }
}

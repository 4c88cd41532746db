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
import java.util.concurrent.locks.LockSupport;

/** Takes executions out of the store, runs them, and puts them back, each by one at a time. */
final class Executions {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  private final Surroundings surroundings;
  private final ExecutionStore store;
  private final Duration patience;

  /** Executions that this interpreter is at work on, by ARN. */
  private final Map<String, Engine> running = new ConcurrentHashMap<>();

  Executions(Surroundings surroundings, ExecutionStore store, Duration patience) {
    this.surroundings = surroundings;
    this.store = store;
    this.patience = patience;
  }

  ExecutionResult begin(Execution execution) {
    String arn = execution.arn();
    ExecutionStore.Lease lease = store.tryLock(arn).orElseThrow(() -> exists(arn));
    try (lease) {
      if (store.load(arn).isPresent()) {
        throw exists(arn);
      }
      return run(execution, new Message.Tick());
    }
  }

  Optional<ExecutionResult> find(String arn) {
    return store.load(arn).map(Execution::fromJson).map(ExecutionResult::of);
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
    try (lease) {
      Execution execution = load(arn);
      if (execution.status() == ExecutionStatus.RUNNING) {
        lost(execution);
      }
      if (!execution.status().isFinal()) {
        return Optional.of(run(execution, message));
      }
      if (message instanceof Message.Answer answer) {
        answer.accepted().complete(false);
      }
      return Optional.of(ExecutionResult.of(execution));
    }
  }

  List<ExecutionResult> tick() {
    var changed = new ArrayList<ExecutionResult>();
    for (String arn : store.openExecutions()) {
      Optional<ExecutionStore.Lease> free = store.tryLock(arn);
      if (free.isPresent()) {
        ExecutionStore.Lease lease = free.get();
        try (lease) {
          store.load(arn).map(Execution::fromJson).flatMap(this::tick).ifPresent(changed::add);
        }
      }
    }
    return List.copyOf(changed);
  }

  private Optional<ExecutionResult> tick(Execution execution) {
    if (execution.status() == ExecutionStatus.RUNNING) {
      return Optional.of(lost(execution));
    }
    boolean due =
        execution.status() == ExecutionStatus.WAITING
            && new Engine(Execution.fromJson(execution.toJson()), surroundings).isDue();
    return due ? Optional.of(run(execution, new Message.Tick())) : Optional.empty();
  }

  private ExecutionResult run(Execution execution, Message first) {
    var engine = new Engine(execution, surroundings);
    engine.post(first);
    // Stored as running: should this process die, the next one must not act on an old state.
    store.save(execution.arn(), execution.toJson(), true);
    running.put(execution.arn(), engine);
    try {
      engine.run();
    } finally {
      running.remove(execution.arn());
    }
    // An interrupt has ended the execution; it must not keep that from being written down.
    boolean interrupted = Thread.interrupted();
    try {
      store.save(execution.arn(), execution.toJson(), !execution.status().isFinal());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return ExecutionResult.of(execution);
  }

  private ExecutionResult lost(Execution execution) {
    execution.lost(surroundings.clock().now());
    store.save(execution.arn(), execution.toJson(), false);
    return ExecutionResult.of(execution);
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

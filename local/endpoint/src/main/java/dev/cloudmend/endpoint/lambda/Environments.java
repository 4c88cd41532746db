package dev.cloudmend.endpoint.lambda;

import dev.cloudmend.endpoint.ServiceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The processes of all functions: at most two for a version of a function, each with one invocation
 * at a time; whoever comes third waits. A version that is deployed anew gets new processes, the old
 * ones end when they are free.
 */
final class Environments implements AutoCloseable {

  private static final int MOST = 2;

  private final Map<FunctionConfiguration, Pool> pools = new HashMap<>();
  private boolean closed;

  /** The processes of one version as it was deployed once; guarded by the whole. */
  private static final class Pool {
    private final Deque<ExecutionEnvironment> free = new ArrayDeque<>();
    private final Set<ExecutionEnvironment> busy = new HashSet<>();
    private int starting;
    private boolean retired;

    int size() {
      return free.size() + busy.size() + starting;
    }
  }

  /** Starts a process. */
  interface Starter {
    ExecutionEnvironment start();
  }

  /** What is done with a process while nobody else has it. */
  interface Use<T> {
    T with(ExecutionEnvironment environment) throws InterruptedException;
  }

  /**
   * Does something with a free process, a new one if need be.
   *
   * @throws ServiceException when this is closed
   */
  <T> T use(FunctionConfiguration configuration, Starter starter, Use<T> use)
      throws InterruptedException {
    Pool pool;
    ExecutionEnvironment environment;
    synchronized (this) {
      pool = pool(configuration);
      while (pool.free.isEmpty() && pool.size() >= MOST && !closed) {
        wait();
      }
      if (closed) {
        throw new ServiceException(503, "ServiceException", "The functions have been ended");
      }
      environment = pool.free.pollLast();
      if (environment == null) {
        pool.starting++;
      } else {
        pool.busy.add(environment);
      }
    }
    if (environment == null) {
      environment = start(pool, starter);
    }
    try {
      return use.with(environment);
    } finally {
      giveBack(pool, environment);
    }
  }

  private ExecutionEnvironment start(Pool pool, Starter starter) {
    ExecutionEnvironment environment = null;
    try {
      environment = starter.start();
      return environment;
    } finally {
      synchronized (this) {
        pool.starting--;
        if (environment != null) {
          pool.busy.add(environment);
        }
        if (environment != null && closed) {
          environment.close();
        }
        notifyAll();
      }
    }
  }

  private synchronized void giveBack(Pool pool, ExecutionEnvironment environment) {
    pool.busy.remove(environment);
    if (environment.alive() && !pool.retired && !closed) {
      pool.free.addLast(environment);
    } else {
      environment.close();
    }
    notifyAll();
  }

  private Pool pool(FunctionConfiguration configuration) {
    Pool pool = pools.get(configuration);
    if (pool == null) {
      retire(
          other ->
              other.function().equals(configuration.function()) && !other.equals(configuration));
      pool = new Pool();
      pools.put(configuration, pool);
    }
    return pool;
  }

  /** Ends the processes of a function that is no more. */
  synchronized void retireFunction(FunctionName function) {
    retire(
        other ->
            other.function().name().equals(function.name())
                && other.function().account().equals(function.account())
                && other.function().region().equals(function.region()));
  }

  private void retire(Predicate<FunctionConfiguration> which) {
    pools
        .entrySet()
        .removeIf(
            entry -> {
              if (!which.test(entry.getKey())) {
                return false;
              }
              entry.getValue().retired = true;
              entry.getValue().free.forEach(ExecutionEnvironment::close);
              entry.getValue().free.clear();
              return true;
            });
  }

  /** Ends what nobody has called for that long, and what has ended by itself. */
  synchronized void endIdle(Duration limit) {
    for (Pool pool : pools.values()) {
      List<ExecutionEnvironment> over = new ArrayList<>();
      for (ExecutionEnvironment environment : pool.free) {
        if (!environment.alive() || environment.idle().compareTo(limit) >= 0) {
          over.add(environment);
        }
      }
      pool.free.removeAll(over);
      over.forEach(ExecutionEnvironment::close);
    }
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Pool pool : pools.values()) {
      pool.free.forEach(ExecutionEnvironment::close);
      pool.busy.forEach(ExecutionEnvironment::close);
    }
    pools.clear();
    notifyAll();
  }
}

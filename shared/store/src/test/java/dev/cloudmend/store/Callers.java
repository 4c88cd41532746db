package dev.cloudmend.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many callers that begin at the same moment. */
final class Callers {

  static final int MANY = 100;

  private Callers() {}

  /** What {@link #MANY} callers, numbered from 0, got. */
  static <T> List<T> atOnce(IntFunction<T> call) throws Exception {
    var start = new CyclicBarrier(MANY);
    try (var threads = Executors.newFixedThreadPool(MANY)) {
      var calls = new ArrayList<Future<T>>();
      for (int i = 0; i < MANY; i++) {
        int caller = i;
        Callable<T> task =
            () -> {
              start.await();
              return call.apply(caller);
            };
        calls.add(threads.submit(task));
      }
      var results = new ArrayList<T>();
      for (Future<T> result : calls) {
        results.add(result.get());
      }
      return results;
    }
  }
}

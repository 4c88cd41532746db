package dev.cloudmend.remediator;

import dev.cloudmend.model.Target;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One change at a time on one resource, from the re-read to the verification. */
final class ResourceLease {

  /**
   * Longer than the longest invocation with the wait before the next verification; shorter than the
   * retries of the state machine, so that the lease of a holder that died is outlived.
   */
  private static final Duration TIME = Duration.ofSeconds(90);

  private static final Logger LOG = LoggerFactory.getLogger(ResourceLease.class);

  private final Store store;

  ResourceLease(Store store) {
    this.store = store;
  }

  static String ownerOf(String execution, String incidentId) {
    return execution + "/" + incidentId;
  }

  /**
   * Does some work while holding the lease.
   *
   * @param meanwhile what to tell whoever finds it held, such as {@code nothing was written}
   * @param goesOn whether the owner keeps the lease after this result, for its next step
   * @throws LeaseHeldException when somebody else holds it
   */
  <T> T holding(
      Target target, String owner, String meanwhile, Supplier<T> work, Predicate<T> goesOn) {
    if (store.leases().acquire(target.key(), owner, TIME).isEmpty()) {
      String holder =
          store
              .leases()
              .holder(target.key())
              .map(lease -> lease.owner() + ", at most until " + lease.expiresAt())
              .orElse("somebody who has just let go");
      throw new LeaseHeldException(
          target.arn() + " is being changed by " + holder + "; " + meanwhile);
    }
    boolean keep = false;
    try {
      T result = work.get();
      keep = goesOn.test(result);
      return result;
    } finally {
      if (!keep) {
        release(target, owner);
      }
    }
  }

  private void release(Target target, String owner) {
    try {
      store.leases().release(target.key(), owner);
    } catch (StoreException e) {
      // The lease ends by itself; what the work led to must not be lost over it.
      LOG.warn("the lease of {} was not given back: {}", target.arn(), e.getMessage());
    }
  }
}

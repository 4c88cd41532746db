package dev.cloudmend.remediator;

import dev.cloudmend.model.Target;
import dev.cloudmend.store.Lease;
import dev.cloudmend.store.Store;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One change at a time on one resource, from the re-read to the verification. */
final class ResourceLease {

  /**
   * Longer than the longest invocation with the wait before the next verification; shorter than the
   * retries of the state machine, so that the lease of a holder that died is outlived.
   */
  private static final Duration TIME = Duration.ofSeconds(90);

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
   * @param goesOn whether the owner keeps the lease after this result, for its next step
   * @throws LeaseHeldException when somebody else holds it
   */
  <T> T holding(Target target, String owner, Supplier<T> work, Predicate<T> goesOn) {
    if (store.leases().acquire(target.key(), owner, TIME).isEmpty()) {
      String holder =
          store
              .leases()
              .holder(target.key())
              .map(Lease::toString)
              .orElse("somebody who has just let go");
      throw new LeaseHeldException(
          target.arn() + " is being changed by " + holder + "; nothing was written");
    }
    boolean keep = false;
    try {
      T result = work.get();
      keep = goesOn.test(result);
      return result;
    } finally {
      if (!keep) {
        store.leases().release(target.key(), owner);
      }
    }
  }
}

package dev.cloudmend.store;

import dev.cloudmend.model.CanonicalJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One at a time: a lease for each resource. */
public final class Leases {

  private final Table state;
  private final Clock clock;

  Leases(Table state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * Takes the lease where it is free or expired, and renews the owner's own.
   *
   * @param time how long; rounded up to a whole second
   * @return empty when another owner has it
   * @throws StoreException when it is not known who has it
   */
  public Optional<Lease> acquire(String targetKey, String owner, Duration time) {
    Instant now = clock.instant();
    var lease = new Lease(targetKey, owner, roundedUp(now.plus(time)));
    var item = new HashMap<>(key(targetKey));
    item.put("targetKey", Values.text(targetKey));
    item.put("owner", Values.text(owner));
    item.put("expiresAt", Values.seconds(lease.expiresAt()));
    var free =
        new Expression(
            "attribute_not_exists(#pk) OR #expiresAt <= :now OR #owner = :owner",
            Map.of(":now", Values.seconds(now), ":owner", Values.text(owner)));
    return state.putIf("lease", item, free).isEmpty() ? Optional.of(lease) : Optional.empty();
  }

  /** Who has the lease now. */
  public Optional<Lease> holder(String targetKey) {
    return state
        .get("lease", key(targetKey))
        .map(
            item ->
                new Lease(item.text("targetKey"), item.text("owner"), item.seconds("expiresAt")))
        .filter(lease -> lease.expiresAt().isAfter(clock.instant()));
  }

  /** Whether this owner has the lease now. */
  public boolean isHeld(String targetKey, String owner) {
    return holder(targetKey).filter(lease -> lease.owner().equals(owner)).isPresent();
  }

  /**
   * Gives the lease back.
   *
   * @return false when it is not this owner's (any more); then nothing changes
   */
  public boolean release(String targetKey, String owner) {
    return state.deleteIf(
        key(targetKey), new Expression("#owner = :owner", Map.of(":owner", Values.text(owner))));
  }

  private static Instant roundedUp(Instant time) {
    Instant whole = time.truncatedTo(ChronoUnit.SECONDS);
    return whole.equals(time) ? whole : whole.plusSeconds(1);
  }

  private static Map<String, AttributeValue> key(String targetKey) {
    return Values.key("lease#" + CanonicalJson.sha256(targetKey), "lease");
  }
}

package dev.cloudmend.store;

import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Once only: the same failure of the same live state is handled by one event, whoever reports it.
 *
 * <p>A claim is open until its outcome is recorded. An open claim of the same owner may be claimed
 * again, since a retry of the owner's run comes with the same event id; an open claim of another
 * owner is held. A closed claim is held for everyone, the owner too, unless the caller says that
 * its outcome may be done again.
 */
public final class Claims {

  /** After this an open claim is free again: its owner died without closing or releasing it. */
  public static final Duration OPEN_FOR = Duration.ofHours(1);

  /** For this long a closed claim keeps the same failure of the same state from coming again. */
  public static final Duration CLOSED_FOR = Duration.ofDays(7);

  private final Table state;
  private final Clock clock;

  Claims(Table state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /**
   * Claims, for one hour.
   *
   * @param owner the id of the event that asks
   * @param incidentId the incident that will be worked on
   * @param reopen outcomes of a closed claim that do not stand in the way
   * @throws StoreException when the claim can neither be made nor refused
   */
  public ClaimResult claim(ClaimKey key, String owner, String incidentId, Set<Outcome> reopen) {
    Instant now = clock.instant();
    var item = new HashMap<>(key(key));
    item.put("targetKey", Values.text(key.targetKey()));
    item.put("playbook", Values.text(key.playbook()));
    item.put("fingerprint", Values.text(key.fingerprint()));
    item.put("live", Values.flag(key.live()));
    item.put("owner", Values.text(owner));
    item.put("incidentId", Values.text(incidentId));
    item.put("since", Values.time(now));
    item.put("expiresAt", Values.seconds(now.plus(OPEN_FOR)));
    return state
        .putIf("claim", item, free(owner, now, reopen))
        .<ClaimResult>map(
            held ->
                new ClaimResult.Held(
                    held.text("owner"),
                    held.text("incidentId"),
                    held.optionalOutcome("outcome"),
                    held.time("since")))
        .orElseGet(ClaimResult.Claimed::new);
  }

  /**
   * Records the outcome, which keeps the claim for seven days from now.
   *
   * @return false when the claim is not this owner's (any more); then nothing changes
   */
  public boolean close(ClaimKey key, String owner, Outcome outcome) {
    return state.update(
        key(key),
        new Expression(
            "SET #outcome = :outcome, #expiresAt = :expires",
            Map.of(
                ":outcome", Values.text(outcome.name()),
                ":expires", Values.seconds(clock.instant().plus(CLOSED_FOR)),
                ":owner", Values.text(owner))),
        "#owner = :owner");
  }

  /**
   * Gives the claim up, so that the next event may have it.
   *
   * @return false when the claim is not this owner's (any more); then nothing changes
   */
  public boolean release(ClaimKey key, String owner) {
    return state.deleteIf(
        key(key), new Expression("#owner = :owner", Map.of(":owner", Values.text(owner))));
  }

  private static Expression free(String owner, Instant now, Set<Outcome> reopen) {
    var text =
        new StringBuilder(
            "attribute_not_exists(#pk) OR #expiresAt <= :now"
                + " OR (attribute_not_exists(#outcome) AND #owner = :owner)");
    var values = new HashMap<String, AttributeValue>();
    values.put(":now", Values.seconds(now));
    values.put(":owner", Values.text(owner));
    for (Outcome outcome : new TreeSet<>(reopen)) {
      String placeholder = ":" + outcome.name();
      text.append(" OR #outcome = ").append(placeholder);
      values.put(placeholder, Values.text(outcome.name()));
    }
    return new Expression(text.toString(), values);
  }

  /** Hashed, since an ARN alone may be as long as a key may be. */
  private static Map<String, AttributeValue> key(ClaimKey key) {
    String all = String.join("\n", key.targetKey(), key.playbook(), key.fingerprint());
    return Values.key(
        "claim#" + (key.live() ? "live#" : "dry#") + CanonicalJson.sha256(all), "claim");
  }
}

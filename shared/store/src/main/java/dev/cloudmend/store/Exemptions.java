package dev.cloudmend.store;

import dev.cloudmend.model.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Exemptions, and the incidents that ended because of each, which are taken up again when it is
 * over.
 */
public final class Exemptions {

  /** For this long a removed one is known, for those who wake what it held back. */
  static final Duration REMOVED_FOR = Duration.ofDays(90);

  private static final String ALL = "exemptions";
  private static final String REMOVED = "removedAt";

  private final Table state;
  private final Clock clock;

  Exemptions(Table state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Adds it, in place of one with the same id. */
  public void add(Exemption exemption) {
    var item = new HashMap<>(Values.key(ALL, exemption.id()));
    item.put("exemption", Values.json(Json.write(exemption)));
    state.put(item);
  }

  /** The one with that id, unless it was removed. */
  public Optional<Exemption> find(String id) {
    return state
        .get("exception " + id, Values.key(ALL, id))
        .filter(item -> !isRemoved(item))
        .map(Exemptions::read);
  }

  /** All that were not removed, those that are over too, the first to end first. */
  public List<Exemption> all() {
    return items(ALL)
        .map(item -> new Item("an exception", item))
        .filter(item -> !isRemoved(item))
        .map(Exemptions::read)
        .sorted(Comparator.comparing(Exemption::until).thenComparing(Exemption::id))
        .toList();
  }

  /** Those that hold nothing back any more: they are over, or were removed in the last 90 days. */
  public List<Exemption> past() {
    Instant now = clock.instant();
    return items(ALL)
        .map(item -> new Item("an exception", item))
        .filter(
            item -> isRemoved(item) ? item.seconds("expiresAt").isAfter(now) : isOver(item, now))
        .map(Exemptions::read)
        .toList();
  }

  /**
   * Removes it, where it is there: nobody finds it any more, but for who asks for {@link #past}
   * ones, to wake what it held back.
   */
  public void remove(String id) {
    Instant now = clock.instant();
    state.update(
        Values.key(ALL, id),
        new Expression(
            "SET #removedAt = :now, #expiresAt = :expires",
            Map.of(":now", Values.time(now), ":expires", Values.seconds(now.plus(REMOVED_FOR)))),
        "attribute_exists(#pk)");
  }

  /** Records that an incident ended because of it. */
  public void holdBack(String id, String incidentId) {
    var item = new HashMap<>(Values.key(held(id), incidentId));
    item.put("incidentId", Values.text(incidentId));
    state.put(item);
  }

  /** The incidents that ended because of it. */
  public List<String> heldBack(String id) {
    return items(held(id))
        .map(item -> new Item("held by exception " + id, item).text("incidentId"))
        .toList();
  }

  /** Forgets that it held an incident back, once that has been taken up again. */
  public void forget(String id, String incidentId) {
    state.delete(Values.key(held(id), incidentId));
  }

  private Stream<Map<String, AttributeValue>> items(String pk) {
    return state
        .all(
            QueryRequest.builder()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Values.text(pk)))
                .consistentRead(true))
        .stream();
  }

  private static boolean isRemoved(Item item) {
    return item.optionalTime(REMOVED).isPresent();
  }

  private static boolean isOver(Item item, Instant now) {
    return read(item).isOver(now);
  }

  private static Exemption read(Item item) {
    return item.json("exemption", Exemption.class);
  }

  private static String held(String id) {
    return "exemption#" + id;
  }
}

package dev.cloudmend.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.store.AuditItems.Head;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The audit log: what was found, decided, intended and done, append-only.
 *
 * <p>Entries stand in 16 chains, by their incident. In a chain each entry carries the hash of the
 * one before, and a head holds the count and the last hash. An append puts the entry where none is
 * and the head where the count is still the one that was read, in one transaction; so entries have
 * no gaps and no forks, and {@link #verify} finds a changed, removed, moved or added one. Somebody
 * who may write to the table and rewrites a chain from some entry on, head and all hashes included,
 * is not found by the table alone.
 *
 * <p>The lists come from indexes, which DynamoDB brings up to date a moment after a write.
 */
public final class AuditLog {

  /** The most bytes of one entry's data; DynamoDB takes 400 KB an item. */
  public static final int MOST_DATA = 350 * 1024;

  private final Table table;
  private final Clock clock;
  private final Duration limit;

  AuditLog(Table table, Clock clock, Duration limit) {
    this.table = table;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Appends an entry; when this returns, it is there. Others that append to the same chain are
   * waited for, up to 20 s.
   *
   * @param incidentId the incident, or another id that entries are to be found by; not empty
   * @param kind what happened
   * @param actor who did it
   * @throws AuditUnavailableException when the entry was not written, or nobody knows
   * @throws StoreException when it can never be written: the data is over {@link #MOST_DATA} or has
   *     no JSON form, or the id is empty
   */
  public AuditEntry append(String incidentId, String kind, String actor, ObjectNode data) {
    String text = AuditItems.dataText(data);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_DATA) {
      throw new StoreException(
          "the data of the audit entry \"%s\" of incident %s has %d bytes; at most %d can be kept"
              .formatted(kind, incidentId, bytes, MOST_DATA));
    }
    if (incidentId.isEmpty()) {
      throw new StoreException("the audit entry \"" + kind + "\" has no incident id");
    }
    try {
      return append(Values.clean(incidentId), Values.clean(kind), Values.clean(actor), text);
    } catch (AuditUnavailableException e) {
      throw e;
    } catch (ModelException e) {
      throw new StoreException(
          "the data of the audit entry \"%s\" of incident %s cannot be read back: it %s"
              .formatted(kind, incidentId, e.getMessage()),
          e);
    } catch (StoreException e) {
      throw new AuditUnavailableException(
          "the audit entry \"%s\" of incident %s is not known to be written: %s"
              .formatted(kind, incidentId, e.getMessage()),
          e);
    }
  }

  private AuditEntry append(String incidentId, String kind, String actor, String data) {
    int chain = AuditItems.chainOf(incidentId);
    var backoff = new Backoff(limit);
    while (true) {
      Head head = head(chain);
      AuditEntry entry = AuditItems.next(head, clock.instant(), incidentId, kind, actor, data);
      List<CancellationReason> reasons = table.transact(List.of(put(entry), put(head, entry)));
      if (reasons.isEmpty()) {
        return entry;
      }
      if (Table.CONDITION_FAILED.equals(reasons.get(0).code())
          && Table.HELD.equals(reasons.get(1).code())) {
        throw new AuditUnavailableException(
            ("table %s: chain %d has an entry %d beyond its head;"
                    + " the audit log was changed from outside, verify it")
                .formatted(table.name(), chain, entry.sequence()));
      }
      if (!backoff.pause()) {
        throw new AuditUnavailableException(
            ("table %s: the audit entry \"%s\" of incident %s could not be appended to chain %d"
                    + " within %d s: %s; try again")
                .formatted(
                    table.name(),
                    kind,
                    incidentId,
                    chain,
                    limit.toSeconds(),
                    reasons.stream().map(CancellationReason::code).toList()));
      }
    }
  }

  /** The entries of an incident, oldest first. */
  public List<AuditEntry> ofIncident(String incidentId) {
    var entries = new ArrayList<AuditEntry>();
    Map<String, AttributeValue> from = Map.of();
    do {
      Table.Page page =
          table.query(
              QueryRequest.builder()
                  .indexName("byIncident")
                  .keyConditionExpression("incidentId = :id")
                  .expressionAttributeValues(Map.of(":id", Values.text(incidentId)))
                  .exclusiveStartKey(from.isEmpty() ? null : from));
      page.items().stream().map(AuditItems::decode).forEach(entries::add);
      from = page.next();
    } while (!from.isEmpty());
    return entries;
  }

  /**
   * The latest entries, newest first.
   *
   * @param since the oldest time that is asked for
   * @param limit how many at most
   */
  public List<AuditEntry> recent(Instant since, int limit) {
    var entries = new ArrayList<AuditEntry>();
    Optional<Instant> oldest = oldest();
    if (oldest.isEmpty() || limit <= 0) {
      return entries;
    }
    Instant start = since.isAfter(oldest.get()) ? since : oldest.get();
    LocalDate first = LocalDate.ofInstant(start, ZoneOffset.UTC);
    // Another machine's clock may be ahead of this one's.
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
    for (; !day.isBefore(first) && entries.size() < limit; day = day.minusDays(1)) {
      addDay(day, start, limit, entries);
    }
    entries.sort(
        Comparator.comparing(AuditEntry::at).thenComparingLong(AuditEntry::sequence).reversed());
    return entries;
  }

  /** Reads the whole log and recomputes all hashes. */
  public AuditVerification verify() {
    return new AuditVerifier(table).verify();
  }

  private void addDay(LocalDate day, Instant start, int limit, List<AuditEntry> entries) {
    Map<String, AttributeValue> from = Map.of();
    do {
      Table.Page page =
          table.query(
              QueryRequest.builder()
                  .indexName("byDay")
                  .keyConditionExpression("#day = :day AND #at >= :start")
                  .expressionAttributeNames(Map.of("#day", "day", "#at", "at"))
                  .expressionAttributeValues(
                      Map.of(
                          ":day", Values.text(day.toString()),
                          ":start", Values.text(AuditItems.time(start))))
                  .scanIndexForward(false)
                  .limit(limit - entries.size())
                  .exclusiveStartKey(from.isEmpty() ? null : from));
      page.items().stream().map(AuditItems::decode).forEach(entries::add);
      from = page.next();
    } while (!from.isEmpty() && entries.size() < limit);
  }

  /**
   * The time of the oldest of the chains' first entries: before it there is nothing to look for.
   */
  private Optional<Instant> oldest() {
    return IntStream.range(0, AuditItems.CHAINS)
        .mapToObj(chain -> table.get("audit entry", AuditItems.key(chain, 1)))
        .flatMap(Optional::stream)
        .map(item -> item.time("at"))
        .min(Comparator.naturalOrder());
  }

  private Head head(int chain) {
    return table
        .get("audit head " + chain, AuditItems.headKey(chain))
        .map(item -> AuditItems.decodeHead(item.attributes()))
        .orElse(Head.empty(chain));
  }

  private TransactWriteItem put(AuditEntry entry) {
    var free = Expression.of("attribute_not_exists(#chain)");
    return put(AuditItems.encode(entry), free);
  }

  private TransactWriteItem put(Head read, AuditEntry entry) {
    var unchanged =
        read.count() == 0
            ? Expression.of("attribute_not_exists(#chain)")
            : new Expression(
                "#count = :count AND #lastHash = :hash",
                Map.of(
                    ":count", Values.number(read.count()),
                    ":hash", Values.text(read.lastHash())));
    return put(
        AuditItems.encode(new Head(read.chain(), entry.sequence(), entry.hash())), unchanged);
  }

  private TransactWriteItem put(Map<String, AttributeValue> item, Expression condition) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table.name())
                    .item(item)
                    .conditionExpression(condition.text())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(
                        condition.values().isEmpty() ? null : new HashMap<>(condition.values())))
        .build();
  }
}

package dev.cloudmend.store;

import dev.cloudmend.model.Text;
import dev.cloudmend.store.AuditItems.Head;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Reads the audit table and says what is wrong with it. It rests on the table alone, not on its
 * indexes, and may run while others append.
 */
final class AuditVerifier {

  private static final int MOST_PROBLEMS = 1_000;

  private final Table table;
  private final List<String> problems = new ArrayList<>();
  private long entries;
  private int chains;

  AuditVerifier(Table table) {
    this.table = table;
  }

  AuditVerification verify() {
    for (int chain = 0; chain < AuditItems.CHAINS; chain++) {
      verify(chain);
    }
    findStrangers();
    return new AuditVerification(entries, chains, problems);
  }

  private void verify(int chain) {
    var walk = new Walk(chain);
    Map<String, AttributeValue> from = Map.of();
    do {
      Table.Page page =
          table.query(
              QueryRequest.builder()
                  .keyConditionExpression("#chain = :chain")
                  .expressionAttributeNames(Map.of("#chain", "chain"))
                  .expressionAttributeValues(Map.of(":chain", Values.number(chain)))
                  .consistentRead(true)
                  .exclusiveStartKey(from.isEmpty() ? null : from));
      page.items().forEach(walk::item);
      from = page.next();
    } while (!from.isEmpty());
    walk.end();
    entries += walk.seen;
    chains += walk.seen > 0 ? 1 : 0;
  }

  /** What has a chain number that no incident leads to would stand in the lists all the same. */
  private void findStrangers() {
    table
        .scan(
            ScanRequest.builder()
                .filterExpression("NOT #chain IN (" + chainPlaceholders() + ")")
                .expressionAttributeNames(Map.of("#chain", "chain"))
                .expressionAttributeValues(chainValues())
                .consistentRead(true))
        .forEach(
            item ->
                problem(
                    "chain "
                        + AuditItems.keyPart(item, "chain")
                        + ", entry "
                        + AuditItems.keyPart(item, "sequence")
                        + incident(item)
                        + ": there is no such chain"));
  }

  private static String chainPlaceholders() {
    return String.join(
        ", ", IntStream.range(0, AuditItems.CHAINS).mapToObj(c -> ":c" + c).toList());
  }

  private static Map<String, AttributeValue> chainValues() {
    var values = new HashMap<String, AttributeValue>();
    IntStream.range(0, AuditItems.CHAINS).forEach(c -> values.put(":c" + c, Values.number(c)));
    return values;
  }

  private void problem(String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    } else if (problems.size() == MOST_PROBLEMS) {
      problems.add("and more");
    }
  }

  private static String incident(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("incidentId"))
        .flatMap(id -> Optional.ofNullable(id.s()))
        .map(id -> " of incident " + Text.shown(id, 100))
        .orElse("");
  }

  /** The walk along one chain, in the order of the sequence. */
  private final class Walk {
    private final int chain;
    private final SortedMap<Long, String> beyondHead = new TreeMap<>();
    private long seen;
    private long last;

    /** Absent after an entry that is missing or cannot be read: there is nothing to compare. */
    private @Nullable String previousHash = AuditItems.GENESIS;

    private @Nullable Head head;
    private boolean headUnreadable;

    Walk(int chain) {
      this.chain = chain;
    }

    void item(Map<String, AttributeValue> item) {
      if (AuditItems.isHead(item)) {
        head = readHead(item);
      } else {
        seen++;
        place(item).ifPresent(sequence -> entry(sequence, item));
      }
    }

    private void entry(long sequence, Map<String, AttributeValue> item) {
      if (sequence > last + 1) {
        removed(last + 1, sequence - 1);
        previousHash = null;
      }
      last = sequence;
      if (head != null && sequence > head.count()) {
        beyondHead.put(sequence, incident(item));
      }
      try {
        AuditEntry entry = AuditItems.decode(item);
        String hash = AuditItems.hashOf(entry);
        if (!AuditItems.encode(entry).equals(item)) {
          problem(where(sequence, item) + " was changed: it is not in the form of an entry");
        } else if (!hash.equals(entry.hash())) {
          problem(
              where(sequence, item)
                  + " was changed: its content has "
                  + hash
                  + ", it says "
                  + Text.shown(entry.hash(), 100));
        } else if (previousHash != null && !previousHash.equals(entry.previousHash())) {
          problem(where(sequence, item) + " does not follow the entry before it");
        }
        previousHash = entry.hash();
      } catch (StoreException e) {
        problem(where(sequence, item) + " was changed: " + Text.shown(message(e)));
        previousHash = null;
      }
    }

    void end() {
      if (headUnreadable) {
        return;
      }
      Head end = head;
      boolean appendedMeanwhile = false;
      if (last > (end == null ? 0 : end.count())) {
        end = table.get("audit head", AuditItems.headKey(chain)).map(this::readHead).orElse(null);
        appendedMeanwhile = true;
      }
      if (end == null) {
        if (seen > 0 && !headUnreadable) {
          problem("chain " + chain + ": has entries, but no head");
        }
      } else if (last < end.count()) {
        if (!appendedMeanwhile) {
          removed(last + 1, end.count());
        }
      } else if (last > end.count()) {
        beyondHead
            .tailMap(end.count() + 1)
            .forEach(
                (sequence, incident) ->
                    problem(
                        "chain "
                            + chain
                            + ", entry "
                            + sequence
                            + incident
                            + " is beyond the head"));
      } else if (previousHash != null && !previousHash.equals(end.lastHash())) {
        problem("chain " + chain + ": the head has another hash than the last entry, " + last);
      }
    }

    private @Nullable Head readHead(Item item) {
      return readHead(item.attributes());
    }

    private @Nullable Head readHead(Map<String, AttributeValue> item) {
      try {
        Head read = AuditItems.decodeHead(item);
        if (AuditItems.encode(read).equals(item)) {
          return read;
        }
        problem("chain " + chain + ": the head was changed: it is not in the form of a head");
      } catch (StoreException e) {
        problem("chain " + chain + ": the head was changed: " + Text.shown(message(e)));
      }
      headUnreadable = true;
      return null;
    }

    /** The sequence of an item, where it is one that an entry may have. */
    private Optional<Long> place(Map<String, AttributeValue> item) {
      String sequence = AuditItems.keyPart(item, "sequence");
      try {
        long place = new BigDecimal(sequence).longValueExact();
        if (place > 0) {
          return Optional.of(place);
        }
      } catch (ArithmeticException e) {
        // Not a whole number that fits: falls to the problem below.
      }
      problem("chain " + chain + ", entry " + sequence + incident(item) + ": no such place");
      return Optional.empty();
    }

    private void removed(long from, long to) {
      problem(
          from == to
              ? "chain " + chain + ", entry " + from + " was removed"
              : "chain " + chain + ", entries " + from + " to " + to + " were removed");
    }

    private String where(long sequence, Map<String, AttributeValue> item) {
      return "chain " + chain + ", entry " + sequence + incident(item);
    }

    private static String message(StoreException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

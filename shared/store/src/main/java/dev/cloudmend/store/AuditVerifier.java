package dev.cloudmend.store;

import dev.cloudmend.model.Text;
import dev.cloudmend.store.AuditItems.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                        + item.get("chain").n()
                        + ", entry "
                        + item.get("sequence").n()
                        + incident(item)
                        + ": there is no such chain"));
  }

  private static String chainPlaceholders() {
    return String.join(
        ", ", IntStream.range(0, AuditItems.CHAINS).mapToObj(c -> ":c" + c).toList());
  }

  private static Map<String, AttributeValue> chainValues() {
    var values = new java.util.HashMap<String, AttributeValue>();
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
    private long seen;
    private long expected = 1;

    /** Absent after an entry that cannot be read or is missing: there is nothing to compare. */
    private @Nullable String previousHash = AuditItems.GENESIS;

    private @Nullable Head head;
    private boolean headItem;

    Walk(int chain) {
      this.chain = chain;
    }

    void item(Map<String, AttributeValue> item) {
      if (AuditItems.isHead(item)) {
        headItem = true;
        head = readHead(item);
      } else {
        seen++;
        entry(item);
      }
    }

    private @Nullable Head readHead(Map<String, AttributeValue> item) {
      try {
        Head read = AuditItems.decodeHead(item);
        if (AuditItems.encode(read).equals(item)) {
          return read;
        }
        problem("chain " + chain + ": the head has attributes that it should not have");
        return read;
      } catch (StoreException e) {
        problem("chain " + chain + ": " + e.getMessage());
        return null;
      }
    }
  }
}

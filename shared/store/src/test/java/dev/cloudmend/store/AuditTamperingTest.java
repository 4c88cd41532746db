package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.model.Json;
import dev.cloudmend.store.AuditItems.Head;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody who can write to the audit table past the store. */
class AuditTamperingTest {

  private static final String ID = "inc-1";
  private static final int CHAIN = AuditItems.chainOf(ID);
  private static final int LAST = 5;

  @RegisterExtension final TestStore test = new TestStore();
  private AuditLog audit;

  @BeforeEach
  void fiveEntriesInOneChain() {
    audit = test.store().audit();
    for (int i = 1; i <= LAST; i++) {
      audit.append(ID, "step", "cloudmend", Json.object().put("number", i));
    }
    audit.append(inAnotherChain(), "step", "cloudmend", Json.object());
    assertThat(audit.verify()).isEqualTo(new AuditVerification(LAST + 1, 2, List.of()));
  }

  @Test
  void aChangedByteOfAnyAttributeOfAnyEntryIsFound() {
    for (int sequence = 1; sequence <= LAST; sequence++) {
      Map<String, AttributeValue> original = read(sequence);
      for (String attribute : new TreeMap<>(original).keySet()) {
        AttributeValue value = value(original, attribute);
        if (value.s() == null) {
          continue;
        }
        put(with(original, attribute, Values.text(flipLastCharacter(value.s()))));

        assertThat(audit.verify().problems())
            .as("%s of entry %d", attribute, sequence)
            .anyMatch(contains("chain %d, entry %d of incident inc-".formatted(CHAIN, sequence)));
      }
      put(original);
    }
    assertThat(audit.verify().holds()).isTrue();
  }

  @Test
  void whiteSpaceInDataIsFound() {
    change(2, "data", data -> data.replace(":", ": "));

    assertThat(audit.verify().problems())
        .singleElement()
        .asString()
        .startsWith("chain %d, entry 2 of incident inc-1 was changed".formatted(CHAIN));
  }

  @Test
  void dataThatIsNoJsonAnyMoreIsFound() {
    change(2, "data", data -> "{");

    assertThat(audit.verify().problems()).singleElement().asString().contains("entry 2 of");
    assertThatThrownBy(() -> audit.ofIncident(ID))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("audit entry " + CHAIN + "/2");
  }

  @Test
  void anAddedOrRemovedAttributeIsFound() {
    put(with(read(2), "approvedBy", Values.text("ana")));
    assertThat(audit.verify().problems()).singleElement().asString().contains("entry 2 of");

    var without = new HashMap<>(read(2));
    without.remove("approvedBy");
    without.remove("actor");
    put(without);
    assertThat(audit.verify().problems()).singleElement().asString().contains("actor");
  }

  @Test
  void aRewrittenEntryWithAFittingHashIsFoundByTheNextOne() {
    rewrite(3);

    assertThat(audit.verify().problems())
        .containsExactly(
            "chain %d, entry 4 of incident inc-1 does not follow the entry before it"
                .formatted(CHAIN));
  }

  @Test
  void aRewrittenLastEntryWithAFittingHashIsFoundByTheHead() {
    rewrite(LAST);

    assertThat(audit.verify().problems())
        .containsExactly(
            "chain %d: the head has another hash than the last entry, 5".formatted(CHAIN));
  }

  @Test
  void aRemovedFirstOrMiddleEntryIsFound() {
    delete(3);
    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entry 3 was removed".formatted(CHAIN));

    delete(1);
    delete(2);
    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entries 1 to 3 were removed".formatted(CHAIN));
  }

  @Test
  void aRemovedLastEntryIsFound() {
    delete(LAST);

    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entry 5 was removed".formatted(CHAIN));
  }

  @Test
  void theRemovalOfAllEntriesIsFound() {
    for (int i = 1; i <= LAST; i++) {
      delete(i);
    }

    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entries 1 to 5 were removed".formatted(CHAIN));
  }

  @Test
  void aMiddleAndTheLastEntryRemovedTogetherAreBothFound() {
    delete(2);
    delete(LAST);

    assertThat(audit.verify().problems())
        .containsExactly(
            "chain %d, entry 2 was removed".formatted(CHAIN),
            "chain %d, entry 5 was removed".formatted(CHAIN));
  }

  @Test
  void anEntryBeyondTheHeadIsFoundAndStopsTheChain() {
    AuditEntry last = AuditItems.decode(read(LAST));
    put(
        AuditItems.encode(
            AuditItems.next(
                new Head(CHAIN, LAST, last.hash()), test.clock.instant(), ID, "k", "a", "{}")));

    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entry 6 of incident inc-1 is beyond the head".formatted(CHAIN));
    assertThatThrownBy(() -> audit.append(ID, "step", "cloudmend", Json.object()))
        .isInstanceOf(AuditUnavailableException.class)
        .hasMessageContaining("has an entry 6 beyond its head");
  }

  @Test
  void swappedEntriesAreFound() {
    Map<String, AttributeValue> second = read(2);
    Map<String, AttributeValue> fourth = read(4);
    put(with(second, "sequence", value(fourth, "sequence")));
    put(with(fourth, "sequence", value(second, "sequence")));

    assertThat(audit.verify().problems())
        .anyMatch(contains("entry 2 of incident inc-1 was changed"))
        .anyMatch(contains("entry 4 of incident inc-1 was changed"));
  }

  @Test
  void aHeadThatWasRemovedTurnedBackOrChangedIsFound() {
    Map<String, AttributeValue> head = read(0);

    delete(0);
    assertThat(audit.verify().problems())
        .containsExactly("chain %d: has entries, but no head".formatted(CHAIN));

    put(with(head, "count", Values.number(4)));
    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entry 5 of incident inc-1 is beyond the head".formatted(CHAIN));

    put(with(head, "count", Values.number(9)));
    assertThat(audit.verify().problems())
        .containsExactly("chain %d, entries 6 to 9 were removed".formatted(CHAIN));

    put(with(head, "lastHash", Values.text(AuditItems.GENESIS)));
    assertThat(audit.verify().problems()).singleElement().asString().contains("another hash");

    put(with(head, "note", Values.text("hello")));
    assertThat(audit.verify().problems()).singleElement().asString().contains("head was changed");

    put(with(head, "count", Values.text("five")));
    assertThat(audit.verify().problems()).singleElement().asString().contains("head was changed");
  }

  @Test
  void anEntryInAPlaceThatNoneHasIsFound() {
    put(with(read(2), "sequence", AttributeValue.fromN("-1")));
    put(with(read(2), "sequence", AttributeValue.fromN("2.5")));

    assertThat(audit.verify().problems())
        .containsExactly(
            "chain %d, entry -1 of incident inc-1: no such place".formatted(CHAIN),
            "chain %d, entry 2.5 of incident inc-1: no such place".formatted(CHAIN));
  }

  @Test
  void anEntryInAChainThatDoesNotExistIsFound() {
    put(with(read(2), "chain", Values.number(16)));

    assertThat(audit.verify().problems())
        .containsExactly("chain 16, entry 2 of incident inc-1: there is no such chain");
  }

  @Test
  void hostileTextInAnEntryIsShownHarmless() {
    change(2, "incidentId", id -> "\u001b[31minc");

    assertThat(audit.verify().problems())
        .singleElement()
        .asString()
        .contains("\\u001b[31minc")
        .doesNotContain("\u001b");
  }

  private void rewrite(int sequence) {
    AuditEntry entry = AuditItems.decode(read(sequence));
    var before = new Head(CHAIN, sequence - 1, entry.previousHash());
    put(AuditItems.encode(AuditItems.next(before, entry.at(), ID, "step", "nobody", "{}")));
  }

  private void change(int sequence, String attribute, UnaryOperator<String> change) {
    Map<String, AttributeValue> item = read(sequence);
    put(with(item, attribute, Values.text(change.apply(value(item, attribute).s()))));
  }

  private Map<String, AttributeValue> read(int sequence) {
    return test.raw()
        .getItem(r -> r.tableName(table()).key(AuditItems.key(CHAIN, sequence)))
        .item();
  }

  private void put(Map<String, AttributeValue> item) {
    test.raw().putItem(r -> r.tableName(table()).item(item));
  }

  private void delete(int sequence) {
    test.raw().deleteItem(r -> r.tableName(table()).key(AuditItems.key(CHAIN, sequence)));
  }

  private String table() {
    return test.settings().auditTable();
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute));
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String attribute, AttributeValue value) {
    var changed = new HashMap<>(item);
    changed.put(attribute, value);
    return changed;
  }

  private static String flipLastCharacter(String text) {
    int last = text.length() - 1;
    return text.substring(0, last) + (char) (text.charAt(last) ^ 1);
  }

  private static Predicate<String> contains(String part) {
    return problem -> problem.contains(part);
  }

  private static String inAnotherChain() {
    int number = 2;
    while (AuditItems.chainOf("inc-" + number) == CHAIN) {
      number++;
    }
    return "inc-" + number;
  }
}

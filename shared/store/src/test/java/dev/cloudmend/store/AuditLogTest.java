package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditLogTest {

  @RegisterExtension final TestStore test = new TestStore();
  private AuditLog audit;

  @BeforeEach
  void audit() {
    audit = test.store().audit();
  }

  @Test
  void aHundredCallersOfOneIncidentMakeOneUnbrokenChain() throws Exception {
    Callers.atOnce(i -> append("inc-1", i));

    List<AuditEntry> entries = audit.ofIncident("inc-1");
    assertThat(entries)
        .extracting(AuditEntry::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, Callers.MANY).boxed().toList());
    assertThat(entries)
        .extracting(entry -> entry.data().path("number").asInt())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, Callers.MANY).boxed().toList());
    for (int i = 1; i < entries.size(); i++) {
      assertThat(entries.get(i).previousHash()).isEqualTo(entries.get(i - 1).hash());
    }
    assertThat(audit.verify()).isEqualTo(new AuditVerification(Callers.MANY, 1, List.of()));
  }

  @Test
  void aHundredCallersOfManyIncidentsLoseNoEntry() throws Exception {
    Callers.atOnce(i -> append("inc-" + i, i));

    AuditVerification verification = audit.verify();
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.holds()).isTrue();
    assertThat(verification.entries()).isEqualTo(Callers.MANY);
    assertThat(verification.chains()).isEqualTo(AuditItems.CHAINS);
  }

  @Test
  void aCheckDuringAppendsRaisesNoFalseAlarm() throws Exception {
    var results =
        Callers.atOnce(
            i -> {
              if (i % 10 == 0) {
                return audit.verify().problems();
              }
              append("inc-1", i);
              return List.<String>of();
            });

    assertThat(results).containsOnly(List.of());
  }

  @Test
  void anEntryIsGivenBackAsItIsKept() {
    ObjectNode data = Json.object().put("b", 1.50).put("a", "ä").putNull("nothing");
    test.clock.advance(Duration.ofNanos(1_234_567));

    AuditEntry entry = audit.append("inc-1", "opened", "cloudmend", data);

    assertThat(entry.at()).isEqualTo(AdvancingClock.START.plusMillis(1));
    assertThat(entry.sequence()).isEqualTo(1);
    assertThat(entry.data().toString()).isEqualTo("{\"a\":\"ä\",\"b\":1.5}");
    assertThat(entry.hash()).matches("sha256:[0-9a-f]{64}");
    assertThat(audit.ofIncident("inc-1")).containsExactly(entry);
    assertThat(audit.ofIncident("inc-2")).isEmpty();
    assertThat(audit.recent(Instant.EPOCH, 10)).containsExactly(entry);
  }

  @Test
  void theLatestEntriesComeNewestFirstAcrossDaysAndChains() {
    for (int i = 0; i < 6; i++) {
      append("inc-" + i, i);
      test.clock.advance(Duration.ofHours(10));
    }

    assertThat(numbers(audit.recent(Instant.EPOCH, 100))).containsExactly(5, 4, 3, 2, 1, 0);
    assertThat(numbers(audit.recent(Instant.EPOCH, 4))).containsExactly(5, 4, 3, 2);
    assertThat(numbers(audit.recent(AdvancingClock.START.plus(Duration.ofHours(30)), 100)))
        .containsExactly(5, 4, 3);
    assertThat(audit.recent(AdvancingClock.START.plus(Duration.ofDays(30)), 100)).isEmpty();
    assertThat(audit.recent(Instant.EPOCH, 0)).isEmpty();
  }

  @Test
  void wholeSecondsAndPartsOfThemAreSortedByTime() {
    append("inc-1", 0);
    test.clock.advance(Duration.ofMillis(1));
    append("inc-1", 1);
    test.clock.advance(Duration.ofMillis(999));
    append("inc-1", 2);

    assertThat(numbers(audit.recent(AdvancingClock.START, 10))).containsExactly(2, 1, 0);
  }

  @Test
  void anEmptyLogHasNoEntriesAndHolds() {
    assertThat(audit.recent(Instant.EPOCH, 10)).isEmpty();
    assertThat(audit.verify()).isEqualTo(new AuditVerification(0, 0, List.of()));
  }

  @Test
  void dataIsKeptUpToItsLimitAndRefusedBeyond() {
    String fits = "x".repeat(AuditLog.MOST_DATA - "{\"a\":\"\"}".length());

    audit.append("inc-1", "opened", "cloudmend", Json.object().put("a", fits));
    assertThatThrownBy(
            () -> audit.append("inc-1", "opened", "cloudmend", Json.object().put("a", fits + "ä")))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageContaining("\"opened\" of incident inc-1")
        .hasMessageContaining("has 358402 bytes; at most 358400");
    assertThat(audit.verify()).isEqualTo(new AuditVerification(1, 1, List.of()));
  }

  @Test
  void aLogOfManyPagesIsReadWhole() {
    for (int i = 0; i < 8; i++) {
      String large = "x".repeat(300 * 1024);
      audit.append("inc-1", "step", "a", Json.object().put("number", i).put("large", large));
    }

    assertThat(audit.verify()).isEqualTo(new AuditVerification(8, 1, List.of()));
    assertThat(numbers(audit.ofIncident("inc-1"))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(audit.recent(Instant.EPOCH, 7)).hasSize(7);
  }

  @Test
  void anEntryWithoutIncidentIsRefused() {
    assertThatThrownBy(() -> audit.append("", "opened", "cloudmend", Json.object()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no incident id");
  }

  @Test
  void hostileTextIsKeptAndHolds() {
    String half = "\ud83d \u001b[31m \u202e \ud83d\ude00";
    AuditEntry entry = audit.append("inc-1", "opened", half, Json.object().put("name", half));

    assertThat(entry.data().path("name").asText()).isEqualTo(half);
    assertThat(audit.ofIncident("inc-1")).containsExactly(entry);
    assertThat(audit.verify().problems()).isEmpty();
  }

  @Test
  void dataThatCouldNotBeReadBackIsRefused() {
    assertThatThrownBy(
            () -> audit.append("inc-1", "opened", "a", Json.object().put("\ud83d", "half a name")))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageContaining("\"opened\" of incident inc-1")
        .hasMessageContaining("cannot be read back");
  }

  @Test
  void aLostWriteSaysSo() {
    try (Store nowhere =
        Store.open(
            new StoreSettings("a-none", "s-none", TestStore.REGION, test.settings().endpoint()),
            Clock.systemUTC())) {
      assertThatThrownBy(
              () -> nowhere.audit().append("inc-1", "intent", "cloudmend", Json.object()))
          .isInstanceOf(AuditUnavailableException.class)
          .hasMessageContaining("\"intent\" of incident inc-1 is not known to be written")
          .hasMessageContaining("table a-none")
          .hasMessageContaining("ResourceNotFoundException");
    }
  }

  @Test
  void anAppendThatNeverGetsItsTurnGivesUp() throws Exception {
    var impatient =
        new AuditLog(
            new Table(test.raw(), test.settings().auditTable()), test.clock, Duration.ZERO);
    var givenUp = new AtomicBoolean();

    Callers.atOnce(
        i -> {
          try {
            impatient.append("inc-1", "opened", "cloudmend", Json.object());
          } catch (AuditUnavailableException e) {
            assertThat(e).hasMessageContaining("could not be appended to chain");
            givenUp.set(true);
          }
          return i;
        });

    assertThat(givenUp).isTrue();
    assertThat(audit.verify().problems()).isEmpty();
  }

  @Test
  void incidentsSpreadOverAllChainsAndAlwaysTheSame() {
    var chains = new HashSet<Integer>();
    for (int i = 0; i < 300; i++) {
      chains.add(AuditItems.chainOf("inc-" + i));
    }

    assertThat(chains).hasSize(AuditItems.CHAINS).allMatch(c -> c >= 0 && c < 16);
    assertThat(AuditItems.chainOf("inc-0123456789abcdef0123")).isEqualTo(4);
  }

  private AuditEntry append(String incidentId, int number) {
    return audit.append(incidentId, "step", "cloudmend", Json.object().put("number", number));
  }

  private static List<Integer> numbers(List<AuditEntry> entries) {
    return entries.stream().map(entry -> entry.data().path("number").asInt()).toList();
  }
}

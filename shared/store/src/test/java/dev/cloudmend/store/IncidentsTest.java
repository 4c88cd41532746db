package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IncidentsTest {

  private static final String ID = "inc-1";
  private static final Diagnosis DIAGNOSIS =
      new Diagnosis(
          Diagnosis.Origin.CLAUDE,
          "cause",
          "impact",
          "explanation",
          List.of("breaks"),
          List.of(),
          Diagnosis.Confidence.medium,
          List.of("reason"),
          null,
          null,
          new Diagnosis.ModelCall("m", "1", "sha256:q", 1, 900, 10, 5, 0, 0, "tool_use"));
  private static final Decision DECISION =
      new Decision(
          Decision.Mode.automatic, false, "built-in", List.of("live"), List.of(), "sha256:0");
  private static final Verification VERIFICATION =
      new Verification(true, 2, Json.object().put("a", 1), Json.object().put("a", 1));
  private static final Problem PROBLEM = new Problem("remediate", "AccessDenied", "no");
  private static final Link LINK = new Link(Link.Kind.FOLLOWS, "inc-0");
  private static final Intent INTENT =
      new Intent("sha256:1", Intent.APPLY, AdvancingClock.START, false);

  @RegisterExtension final TestStore test = new TestStore();
  private Incidents incidents;

  private static final PullRequestLink PULL_REQUEST =
      new PullRequestLink(
          "acme/infrastructure",
          7,
          "https://github.com/acme/infrastructure/pull/7",
          "cloudmend/fix/0123456789ab",
          PullRequestLink.Status.OPEN);

  private static final ProposalPreview PREVIEW =
      new ProposalPreview("acme/infrastructure", "main", "cloudmend/fix/0123456789ab", "Fix", "+a");

  @BeforeEach
  void incidents() {
    incidents = test.store().incidents();
  }

  @Test
  void anOpenedIncidentIsFoundAsItWas() {
    incidents.open(incident(ID), "exec-1");

    assertThat(incidents.find(ID))
        .contains(
            new IncidentRecord(
                incident(ID),
                "exec-1",
                AdvancingClock.START,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of()));
    assertThat(incidents.find("inc-2")).isEmpty();
  }

  @Test
  void everyPartIsKept() {
    Change change = change("b", "fix");
    incidents.open(incident(ID), "exec-1");
    incidents.diagnosed(ID, DIAGNOSIS);
    incidents.decided(ID, DECISION);
    incidents.saveChange(ID, change);
    incidents.intend(ID, INTENT);
    incidents.intentDone(ID);
    incidents.applied(ID, change.hash());
    incidents.verified(ID, VERIFICATION);
    test.clock.advance(Duration.ofSeconds(9));
    incidents.close(ID, Outcome.FAILED, "why", PROBLEM);
    Instant undone = test.clock.instant().plusNanos(123_456_789);
    incidents.undone(ID, "ana", undone);
    incidents.linked(ID, new Link(Link.Kind.DUPLICATE_OF, "inc-0"));
    incidents.linked(ID, LINK);
    incidents.proposed(ID, PULL_REQUEST);
    incidents.previewed(ID, PREVIEW);
    incidents.tagged(ID, Map.of("team", "web"));

    assertThat(incidents.find(ID))
        .contains(
            new IncidentRecord(
                incident(ID),
                "exec-1",
                AdvancingClock.START,
                AdvancingClock.START.plusSeconds(9),
                Outcome.FAILED,
                "why",
                DIAGNOSIS,
                DECISION,
                change.hash(),
                VERIFICATION,
                PROBLEM,
                new Intent("sha256:1", Intent.APPLY, AdvancingClock.START, true),
                change.hash(),
                "ana",
                undone,
                LINK,
                PULL_REQUEST,
                PREVIEW,
                Map.of("team", "web")));
  }

  @Test
  void anAnswerIsFoundByItsQuestionInALaterExecutionToo() {
    incidents.open(incident(ID), "exec-1");
    incidents.keepAnswer(ID, "sha256:q", DIAGNOSIS);

    incidents.open(incident(ID), "exec-2");

    assertThat(incidents.answer(ID, "sha256:q")).contains(DIAGNOSIS);
    assertThat(incidents.answer(ID, "sha256:other")).isEmpty();
    assertThat(incidents.answer("inc-2", "sha256:q")).isEmpty();
  }

  @Test
  void aNewExecutionClearsWhatTheLastOneFoundAndKeepsWhatWasDone() {
    incidents.open(incident(ID), "exec-1");
    incidents.diagnosed(ID, DIAGNOSIS);
    incidents.decided(ID, DECISION);
    incidents.saveChange(ID, change("b", "fix"));
    incidents.intend(ID, INTENT);
    incidents.applied(ID, "sha256:1");
    incidents.undone(ID, "ana", AdvancingClock.START);
    incidents.verified(ID, VERIFICATION);
    incidents.linked(ID, LINK);
    incidents.proposed(ID, PULL_REQUEST);
    incidents.previewed(ID, PREVIEW);
    incidents.tagged(ID, Map.of("team", "web"));
    incidents.close(ID, Outcome.FAILED, "why", PROBLEM);
    test.clock.advance(Duration.ofMinutes(1));

    incidents.open(incident(ID), "exec-2");

    assertThat(incidents.find(ID))
        .contains(
            new IncidentRecord(
                incident(ID),
                "exec-2",
                AdvancingClock.START.plusSeconds(60),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                INTENT,
                "sha256:1",
                "ana",
                AdvancingClock.START,
                null,
                PULL_REQUEST,
                null,
                Map.of()));
  }

  @Test
  void whatTheLiveAccountToldOfTheResourceTakesThePlaceOfTheFindings() {
    incidents.open(incident(ID), "exec-1");
    var known =
        new Incident(ID, "p", incident(ID).finding(), null, "resolved", RunOptions.NONE, List.of());

    incidents.resolved(ID, known);

    assertThat(incidents.find(ID)).map(IncidentRecord::incident).contains(known);
    assertThat(incidents.find(ID)).map(IncidentRecord::executionId).contains("exec-1");
    assertThatThrownBy(() -> incidents.resolved("inc-2", known)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> incidents.linked("inc-2", LINK)).isInstanceOf(StoreException.class);
  }

  @Test
  void applyingAgainEndsTheUndo() {
    incidents.open(incident(ID), "exec-1");
    incidents.applied(ID, "sha256:1");
    incidents.undone(ID, "ana", AdvancingClock.START);
    incidents.applied(ID, "sha256:2");

    IncidentRecord found = incidents.find(ID).orElseThrow();
    assertThat(found.appliedHash()).isEqualTo("sha256:2");
    assertThat(found.undoneBy()).isNull();
    assertThat(found.undoneAt()).isNull();
  }

  @Test
  void closingWithoutReasonAndErrorTakesEarlierOnesAway() {
    incidents.open(incident(ID), "exec-1");
    incidents.close(ID, Outcome.FAILED, "why", PROBLEM);
    incidents.close(ID, Outcome.REMEDIATED, null, null);

    IncidentRecord found = incidents.find(ID).orElseThrow();
    assertThat(found.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(found.reason()).isNull();
    assertThat(found.error()).isNull();
  }

  @Test
  void changesAreKeptUnderTheirHashes() {
    Change first = change("b", "fix");
    Change second = change("c", "fix");
    incidents.open(incident(ID), "exec-1");
    incidents.saveChange(ID, first);
    incidents.saveChange(ID, second);

    assertThat(incidents.change(ID, first.hash())).contains(first);
    assertThat(incidents.change(ID, second.hash())).contains(second);
    assertThat(incidents.find(ID).orElseThrow().changeHash()).isEqualTo(second.hash());
    assertThat(incidents.change("inc-2", first.hash())).isEmpty();
    assertThat(incidents.change(ID, "sha256:other")).isEmpty();
  }

  @Test
  void aChangeThatWasAlteredInTheTableIsNotGiven() {
    Change change = change("b", "fix");
    incidents.open(incident(ID), "exec-1");
    incidents.saveChange(ID, change);
    var item = new HashMap<>(Values.key("incident#" + ID, "change#" + change.hash()));
    item.put(
        "change", Values.json(Json.write(change).replace("\"Bucket\":\"b\"", "\"Bucket\":\"x\"")));
    test.raw().putItem(r -> r.tableName(test.settings().stateTable()).item(item));

    assertThatThrownBy(() -> incidents.change(ID, change.hash()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(ID)
        .hasMessageContaining("its content has");

    item.put("change", Values.json(Json.write(change("x", "fix"))));
    test.raw().putItem(r -> r.tableName(test.settings().stateTable()).item(item));
    assertThatThrownBy(() -> incidents.change(ID, change.hash()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has the content of " + change("x", "fix").hash());
  }

  @Test
  void aHundredWritersLoseNoUpdate() throws Exception {
    incidents.open(incident(ID), "exec-1");

    Callers.atOnce(
        i -> {
          switch (i % 5) {
            case 0 -> incidents.decided(ID, DECISION);
            case 1 -> incidents.intend(ID, INTENT);
            case 2 -> incidents.verified(ID, VERIFICATION);
            case 3 -> incidents.applied(ID, "sha256:1");
            default -> incidents.close(ID, Outcome.REMEDIATED, "why", PROBLEM);
          }
          return i;
        });

    IncidentRecord found = incidents.find(ID).orElseThrow();
    assertThat(found.decision()).isEqualTo(DECISION);
    assertThat(found.intent()).isEqualTo(INTENT);
    assertThat(found.verification()).isEqualTo(VERIFICATION);
    assertThat(found.appliedHash()).isEqualTo("sha256:1");
    assertThat(found.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(found.error()).isEqualTo(PROBLEM);
  }

  @Test
  void aHundredIncidentsOfAnExecutionAreAllFoundInTheirOrder() throws Exception {
    Callers.atOnce(
        i -> {
          incidents.open(incident("inc-%03d".formatted(i)), "exec-1");
          return i;
        });
    test.clock.advance(Duration.ofSeconds(1));
    incidents.open(incident("inc-0"), "exec-1");
    incidents.open(incident("inc-007"), "exec-2");

    List<String> found = ids(incidents.ofExecution("exec-1"));
    assertThat(found).hasSize(Callers.MANY).doesNotContain("inc-007").endsWith("inc-0");
    assertThat(found.subList(0, Callers.MANY - 1)).isSorted();
    assertThat(ids(incidents.ofExecution("exec-2"))).containsExactly("inc-007");
    assertThat(incidents.ofExecution("exec-3")).isEmpty();
  }

  @Test
  void anIncidentThatWasNeverOpenedCannotBeUpdated() {
    assertThatThrownBy(() -> incidents.decided(ID, DECISION))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no incident inc-1; open it first");
    assertThatThrownBy(() -> incidents.close(ID, Outcome.FAILED, null, null))
        .isInstanceOf(StoreException.class);
    assertThat(incidents.find(ID)).isEmpty();
  }

  @Test
  void anIntentThatWasNeverMadeCannotBeDone() {
    incidents.open(incident(ID), "exec-1");

    assertThatThrownBy(() -> incidents.intentDone(ID))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no intent");
    assertThatThrownBy(() -> new Intent("sha256:1", "apply", AdvancingClock.START, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostileTextIsKeptOrMadeHarmless() {
    String half = "\ud83d and \u001b[31m";
    incidents.open(incident(ID), "exec-1");
    Change change = change("b", half);
    incidents.saveChange(ID, change);
    incidents.close(ID, Outcome.BLOCKED, half, new Problem("assess", "E", half));

    assertThat(incidents.change(ID, change.hash())).contains(change);
    IncidentRecord found = incidents.find(ID).orElseThrow();
    assertThat(found.reason()).isEqualTo("\ufffd and \u001b[31m");
    assertThat(Objects.requireNonNull(found.error()).message()).isEqualTo(half);
  }

  @Test
  void aChangeThatIsTooLargeForAnItemIsRefusedWithTheReason() {
    incidents.open(incident(ID), "exec-1");

    assertThatThrownBy(() -> incidents.saveChange(ID, change("b", "x".repeat(410 * 1024))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("PutItem failed: ValidationException")
        .hasMessageContaining("400 KB");
  }

  private static List<String> ids(List<IncidentRecord> records) {
    return records.stream().map(r -> r.incident().incidentId()).toList();
  }

  private static Incident incident(String id) {
    var finding =
        new Finding(
            "event-1",
            "vanta",
            "check",
            "A title",
            Severity.HIGH,
            List.of("soc2"),
            new ResourceRef(Arn.parse("arn:aws:s3:::b"), "123456789012", "us-east-1"),
            AdvancingClock.START,
            null,
            Json.object().put("test_id", "t"));
    return new Incident(id, "p", finding, null, null, RunOptions.NONE, List.of());
  }

  private static Change change(String bucket, String summary) {
    var call =
        new ApiCall("s3", "PutPublicAccessBlock", "us-east-1", Json.object().put("Bucket", bucket));
    return new Change(
        TestStore.target("123456789012", bucket),
        "p",
        "1",
        JsonNodeFactory.instance.nullNode(),
        Json.object().put("Bucket", bucket),
        List.of(call),
        List.of(call),
        Reversibility.EXACT,
        null,
        summary,
        List.of(),
        Json.object());
  }
}

package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuditWriterTest {

  private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:one";
  private static final String HASH = "sha256:" + "a".repeat(64);
  private static final ClaimKey CLAIM =
      new ClaimKey(SampleIncidents.TARGET.key(), "p", "sha256:fingerprint", true);

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Incident incident =
      SampleIncidents.of("evt-1", "p", new RunOptions(List.of(), false, "ana"));

  @Test
  void theFindingIsRecordedAsReceivedBeforeAnythingIsLookedAt() {
    IncidentState state = writer().open(incident, EXECUTION);

    assertThat(state)
        .isEqualTo(IncidentState.opened(incident.incidentId(), EXECUTION, "p", incident.run()));
    AuditEntry entry = onlyEntry();
    assertThat(entry.kind()).isEqualTo("OPENED");
    assertThat(entry.actor()).isEqualTo("ana");
    assertThat(entry.data().path("execution").asText()).isEqualTo(EXECUTION);
    assertThat(entry.data().path("playbook").asText()).isEqualTo("p");
    assertThat(Json.fromTree(entry.data().path("finding"), Finding.class))
        .isEqualTo(incident.finding());
    assertThat(tables.record(incident).executionId()).isEqualTo(EXECUTION);
  }

  @Test
  void withoutAnAuditTrailNothingIsOpened() {
    assertThatThrownBy(() -> new AuditWriter(tables.withoutAuditTable()).open(incident, EXECUTION))
        .isInstanceOf(StoreException.class);
    assertThat(tables.store().incidents().find(incident.incidentId())).isEmpty();
  }

  @Test
  void theEndIsRecordedWithWhatLedToIt() {
    var decision =
        new Decision(
            Decision.Mode.automatic, true, "built-in", List.of("live"), List.of(), "sha256:0");
    IncidentState state =
        opened()
            .planned(Json.toTree(CLAIM), HASH)
            .decided(decision)
            .ended(Outcome.PLANNED, "dry run: nothing was written");

    Closed closed = close(state);

    assertThat(closed).isEqualTo(new Closed(incident.incidentId(), Outcome.PLANNED));
    AuditEntry entry = lastEntry();
    assertThat(entry.kind()).isEqualTo("CLOSED");
    assertThat(entry.actor()).isEqualTo("ana");
    assertThat(entry.data().path("outcome").asText()).isEqualTo("PLANNED");
    assertThat(entry.data().path("reason").asText()).isEqualTo("dry run: nothing was written");
    assertThat(entry.data().path("hash").asText()).isEqualTo(HASH);
    assertThat(entry.data().at("/decision/rule").asText()).isEqualTo("built-in");
    assertThat(entry.data().has("error")).isFalse();
    IncidentRecord record = tables.record(incident);
    assertThat(record.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(record.reason()).isEqualTo("dry run: nothing was written");
    assertThat(record.decision()).isEqualTo(decision);
    assertThat(record.error()).isNull();
    assertThat(record.closedAt()).isEqualTo(AdvancingClock.START);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {
        "REMEDIATED",
        "PULL_REQUEST_OPENED",
        "ALREADY_COMPLIANT",
        "FAILED",
        "ROLLED_BACK",
        "BLOCKED",
        "EXPIRED",
        "DUPLICATE",
        "RESOURCE_NOT_FOUND"
      })
  void anEndThatSettledNothingFreesTheClaim(Outcome outcome) {
    close(claimed().ended(outcome, "so it is"));

    assertThat(claimOfAnother()).isInstanceOf(ClaimResult.Claimed.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"PLANNED", "AWAITING_APPROVAL", "MANUAL", "IGNORED", "UNSUPPORTED"})
  void anEndThatStandsKeepsTheClaimWithItsOutcome(Outcome outcome) {
    close(claimed().ended(outcome, "so it is"));

    assertThat(claimOfAnother())
        .isEqualTo(
            new ClaimResult.Held(
                "evt-1", incident.incidentId(), Optional.of(outcome), AdvancingClock.START));
  }

  @ParameterizedTest
  @CsvSource({
    // What Claude explained is not explained again ...
    "CLAUDE, UNSUPPORTED, true",
    "CLAUDE, PLANNED, true",
    "CLAUDE, AWAITING_APPROVAL, true",
    "CLAUDE, DUPLICATE, true",
    // ... unless something was done or went wrong.
    "CLAUDE, REMEDIATED, false",
    "CLAUDE, FAILED, false",
    // Nothing was spent on what Claude was not asked, or could not answer.
    "PLAYBOOK, UNSUPPORTED, false"
  })
  void aFindingThatClaudeExplainedIsNotExplainedAgain(
      Diagnosis.Origin origin, Outcome outcome, boolean isKept) {
    IncidentState state = opened();
    tables.store().claims().claim(CLAIM, "evt-1", incident.incidentId(), Set.of());

    close(
        state
            .unmatched(Json.toTree(CLAIM))
            .diagnosed(diagnosis(origin))
            .ended(outcome, "so it is"));

    assertThat(claimOfAnother())
        .isInstanceOf(isKept ? ClaimResult.Held.class : ClaimResult.Claimed.class);
  }

  private static Diagnosis diagnosis(Diagnosis.Origin origin) {
    return new Diagnosis(
        origin,
        "cause",
        "impact",
        "explanation",
        List.of(),
        List.of(),
        Diagnosis.Confidence.high,
        List.of(),
        null,
        null,
        null);
  }

  @Test
  void theClaimOfAnotherEventIsLeftAlone() {
    IncidentState state = opened().planned(Json.toTree(CLAIM), HASH);
    tables.store().claims().claim(CLAIM, "evt-other", "inc-other", Set.of());

    close(state.ended(Outcome.FAILED, "no"));

    assertThat(claimOfAnother()).isInstanceOf(ClaimResult.Held.class);
  }

  @Test
  void aFailureOfAFunctionIsRecordedWithItsClassAndMessage() {
    IncidentState state = claimed();

    Closed closed =
        close(
            state,
            "assess",
            caught(
                "dev.cloudmend.function.TryAgainException",
                Json.object()
                    .put("errorMessage", "s3:GetBucketVersioning: SlowDown")
                    .put("errorType", "dev.cloudmend.function.TryAgainException")
                    .toString()));

    assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
    var problem = new Problem("assess", "TryAgainException", "s3:GetBucketVersioning: SlowDown");
    assertThat(tables.record(incident).error()).isEqualTo(problem);
    assertThat(tables.record(incident).reason()).isEqualTo(problem.message());
    assertThat(Json.fromTree(lastEntry().data().path("error"), Problem.class)).isEqualTo(problem);
    assertThat(claimOfAnother()).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void aTimeOutIsRecordedInItsOwnWords() {
    close(opened(), "remediate", caught("States.Timeout", "no answer within 60 s"));

    assertThat(tables.record(incident).error())
        .isEqualTo(new Problem("remediate", "Timeout", "no answer within 60 s"));
  }

  @Test
  void anErrorWithoutACauseIsRecordedByItsName() {
    close(opened(), "decide", Json.object().put("Error", "States.TaskFailed"));

    assertThat(tables.record(incident).error())
        .isEqualTo(new Problem("decide", "TaskFailed", "States.TaskFailed"));
  }

  @Test
  void aCauseThatIsJsonButNoErrorDocumentIsNotHidden() {
    close(opened(), "decide", caught("Lambda.Unknown", "{\"trace\": [1]}"));

    assertThat(tables.record(incident).error())
        .isEqualTo(new Problem("decide", "Unknown", "{\"trace\": [1]}"));
  }

  @Test
  void aResourceThatAnotherOneIsChangingIsBlockedNotFailed() {
    Closed closed = close(claimed(), "remediate", leaseHeld());

    assertThat(closed.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(tables.record(incident).reason()).isEqualTo("bucket is being changed");
    assertThat(tables.record(incident).error()).isNull();
    assertThat(claimOfAnother()).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void aFailureAfterTheChangeWasBegunSaysThatItWasBegun() {
    IncidentState state = claimed();
    intend(Intent.APPLY, false);

    Closed closed = close(state, "verify", leaseHeld());

    assertThat(closed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(tables.record(incident).reason())
        .isEqualTo(
            "bucket is being changed; its change was begun at 2026-11-22T10:00:00Z and its end"
                + " was not recorded: run the event again, which looks");
  }

  @Test
  void aChangeWhoseEndIsRecordedIsNotSaidToBeOpen() {
    IncidentState state = claimed();
    intend(Intent.APPLY, true);
    close(state, "verify", caught("States.Timeout", "no answer"));

    assertThat(tables.record(incident).reason()).isEqualTo("no answer");
  }

  @Test
  void withoutAnAuditTrailNothingIsClosed() {
    IncidentState state = claimed();

    assertThatThrownBy(
            () ->
                new AuditWriter(tables.withoutAuditTable())
                    .close(state.ended(Outcome.REMEDIATED, ""), Optional.empty(), Optional.empty()))
        .isInstanceOf(StoreException.class);
    assertThat(tables.record(incident).outcome()).isNull();
    assertThat(claimOfAnother()).isInstanceOf(ClaimResult.Held.class);
  }

  @Test
  void aStateWithoutAnEndIsAnError() {
    IncidentState state = opened();

    assertThatThrownBy(() -> close(state))
        .isInstanceOf(ModelException.class)
        .hasMessage("the state has no 'outcome'");
  }

  private AuditWriter writer() {
    return new AuditWriter(tables.store());
  }

  private IncidentState opened() {
    return writer().open(incident, EXECUTION);
  }

  private IncidentState claimed() {
    IncidentState state = opened();
    tables.store().claims().claim(CLAIM, "evt-1", incident.incidentId(), Set.of());
    return state.planned(Json.toTree(CLAIM), HASH);
  }

  private ClaimResult claimOfAnother() {
    return tables.store().claims().claim(CLAIM, "evt-2", "inc-2", Set.of());
  }

  private void intend(String kind, boolean done) {
    tables
        .store()
        .incidents()
        .intend(incident.incidentId(), new Intent(HASH, kind, AdvancingClock.START, done));
  }

  private Closed close(IncidentState state) {
    return writer().close(state, Optional.empty(), Optional.empty());
  }

  private Closed close(IncidentState state, String step, JsonNode caught) {
    return writer().close(state, Optional.of(step), Optional.of(caught));
  }

  private static JsonNode leaseHeld() {
    return caught(
        "dev.cloudmend.remediator.LeaseHeldException",
        Json.object().put("errorMessage", "bucket is being changed").toString());
  }

  private static JsonNode caught(String error, String cause) {
    return Json.object().put("Error", error).put("Cause", cause);
  }

  private AuditEntry onlyEntry() {
    List<AuditEntry> entries = tables.store().audit().ofIncident(incident.incidentId());
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private AuditEntry lastEntry() {
    return tables.store().audit().ofIncident(incident.incidentId()).getLast();
  }
}

package dev.cloudmend.auditwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.store.ClaimResult;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloserTest {

  private static final String MACHINES = "arn:aws:states:us-east-1:123456789012:stateMachine:";
  private static final String REMEDIATION = MACHINES + "remediation";
  private static final String UNDO = MACHINES + "undo";
  private static final String EXECUTION =
      "arn:aws:states:us-east-1:123456789012:execution:remediation:";
  private static final String ONE = EXECUTION + "one";
  private static final Instant NOW = AdvancingClock.START;

  @RegisterExtension final FreshStore tables = new FreshStore();
  @RegisterExtension final FakeStepFunctions server = new FakeStepFunctions();
  private final List<Closed> counted = new ArrayList<>();
  private final Closer.Told told =
      new Closer.Told() {
        @Override
        public void closed(Closed closed) {
          counted.add(closed);
        }

        @Override
        public void stopSwitch(boolean on) {}
      };
  private final List<Executions> opened = new ArrayList<>();
  private final Incident incident = incident("evt-1");

  @BeforeEach
  void stateMachines() {
    server.hasStateMachine(REMEDIATION);
    server.hasStateMachine(UNDO);
  }

  @AfterEach
  void close() {
    opened.forEach(Executions::close);
  }

  @Test
  void anIncidentWhoseExecutionTimedOutFailedWithIt() {
    open(incident, ONE);
    var decision =
        new Decision(
            Decision.Mode.automatic, false, "built-in", List.of("live"), List.of(), "sha256:0");
    tables.store().incidents().saveChange(incident.incidentId(), change());
    tables.store().incidents().decided(incident.incidentId(), decision);

    assertThat(ended("TIMED_OUT")).isEqualTo(new Closings(1, 1, 0, 0));

    var problem =
        new Problem(
            "execution",
            "TIMED_OUT",
            "the execution ended TIMED_OUT before this incident did; no change was begun");
    assertThat(tables.record(incident))
        .satisfies(
            record -> {
              assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(record.reason()).isEqualTo(problem.message());
              assertThat(record.error()).isEqualTo(problem);
              assertThat(record.decision()).isEqualTo(decision);
            });
    AuditEntry entry = tables.store().audit().ofIncident(incident.incidentId()).getLast();
    assertThat(entry.kind()).isEqualTo("CLOSED");
    assertThat(entry.actor()).isEqualTo("ana");
    assertThat(entry.data().path("execution").asText()).isEqualTo(ONE);
    assertThat(entry.data().path("outcome").asText()).isEqualTo("FAILED");
    assertThat(entry.data().path("hash").asText()).isEqualTo(change().hash());
    assertThat(entry.data().at("/decision/rule").asText()).isEqualTo("built-in");
    assertThat(Json.fromTree(entry.data().path("error"), Problem.class)).isEqualTo(problem);
    assertThat(counted).containsExactly(new Closed(incident.incidentId(), Outcome.FAILED));
  }

  @ParameterizedTest
  @CsvSource({
    "States.DataLimitExceeded, too large, DataLimitExceeded, FAILED before this incident did: too large",
    "States.Runtime, , Runtime, FAILED before this incident did: States.Runtime",
    "stop, be\u001b[2Jgone, stop, FAILED before this incident did: be\\u001b[2Jgone",
    ", , FAILED, FAILED before this incident did"
  })
  void whatEndedTheExecutionIsToldAsFarAsItIsKnown(
      String error, String cause, String type, String told) {
    open(incident, ONE);

    closer(tables.store()).close(REMEDIATION, new EndedExecution(ONE, "FAILED", error, cause));

    assertThat(tables.record(incident).error())
        .isEqualTo(
            new Problem(
                "execution", type, "the execution ended " + told + "; no change was begun"));
  }

  @ParameterizedTest
  @CsvSource({
    "APPLY, 0, false, its change was begun at 2026-11-22T10:00:00Z and its end was not recorded: run the event again",
    "APPLY, -60, false, its change was begun at 2026-11-22T09:59:00Z and its end was not recorded: run the event again",
    "APPLY, 0, true, the calls of its change were made or refused: run the event again",
    "APPLY, -60, true, no change was begun",
    "UNDO, 0, false, no change was begun"
  })
  void whetherCallsWereMadeIsSaid(String kind, int seconds, boolean done, String said) {
    open(incident, ONE);
    Intent intent = new Intent(change().hash(), kind, NOW.plusSeconds(seconds), done);
    tables.store().incidents().intend(incident.incidentId(), intent);

    ended("ABORTED");

    assertThat(tables.record(incident).reason()).contains("; " + said);
    assertThat(tables.record(incident).intent()).isEqualTo(intent);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theClaimIsFreedWhetherTheRunWasLiveOrNot(boolean live) {
    planned(live);

    ended("FAILED");

    assertThat(claim(live, "evt-2")).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(claim(!live, "evt-3")).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void theClaimOfAnotherEventIsLeftAlone() {
    planned(true);
    claim(false, "evt-other");

    ended("FAILED");

    assertThat(claim(false, "evt-2")).isInstanceOf(ClaimResult.Held.class);
  }

  @Test
  void whatTheSameEventPlannedInAnEarlierRunStillStands() {
    planned(true);
    claim(false, "evt-1");
    tables.store().claims().close(key(false), "evt-1", Outcome.PLANNED);

    ended("FAILED");

    assertThat(claim(false, "evt-2"))
        .isInstanceOfSatisfying(
            ClaimResult.Held.class, held -> assertThat(held.closedAs()).hasValue(Outcome.PLANNED));
    assertThat(claim(true, "evt-2")).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void aSecondRunClosesNothingAgain() {
    open(incident, ONE);
    ended("FAILED");
    tables.clock().advance(Duration.ofMinutes(5));

    assertThat(ended("FAILED")).isEqualTo(new Closings(1, 0, 1, 0));

    assertThat(tables.auditKinds(incident.incidentId())).containsExactly("OPENED", "CLOSED");
    assertThat(tables.record(incident).closedAt()).isEqualTo(NOW);
    assertThat(counted).hasSize(1);
  }

  @Test
  void onlyTheIncidentsThatAreOpenAreClosed() {
    Incident done = incident("evt-done");
    open(done, ONE);
    tables.store().incidents().close(done.incidentId(), Outcome.REMEDIATED, "fixed", null);
    open(incident, ONE);

    assertThat(ended("FAILED")).isEqualTo(new Closings(1, 1, 1, 0));

    assertThat(tables.record(done).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(tables.record(done).reason()).isEqualTo("fixed");
  }

  @Test
  void anIncidentThatAnotherExecutionWorksOnByNowIsLeftAlone() {
    open(incident, ONE);
    open(incident, EXECUTION + "two");

    assertThat(ended("FAILED")).isEqualTo(new Closings(1, 0, 0, 0));

    assertThat(tables.record(incident).outcome()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "SUCCEEDED", "PENDING_REDRIVE"})
  void anExecutionThatRunsOrSucceededIsLeftAlone(String status) {
    open(incident, ONE);

    assertThat(ended(status)).isEqualTo(new Closings(0, 0, 0, 0));

    assertThat(tables.record(incident).outcome()).isNull();
  }

  @Test
  void aStatusThatNobodyKnowsIsAnError() {
    assertThatThrownBy(() -> ended("MELTED"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'MELTED'");
  }

  @Test
  void theExecutionsOfAStrangeStateMachineAreNoneOfOurs() {
    open(incident, ONE);

    assertThatThrownBy(
            () ->
                closer(tables.store())
                    .close(MACHINES + "strange", new EndedExecution(ONE, "FAILED", null, null)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(MACHINES + "strange");
    assertThat(tables.record(incident).outcome()).isNull();
  }

  @Test
  void anUndoThatWasCutOffOpensNoIncidentAndKeepsItsIntent() {
    open(incident, ONE);
    tables.store().incidents().close(incident.incidentId(), Outcome.REMEDIATED, "fixed", null);
    Intent undo = new Intent(change().hash(), Intent.UNDO, NOW, false);
    tables.store().incidents().intend(incident.incidentId(), undo);

    assertThat(
            closer(tables.store())
                .close(UNDO, new EndedExecution(EXECUTION + "undo", "ABORTED", null, null)))
        .isEqualTo(new Closings(1, 0, 0, 0));

    assertThat(tables.record(incident).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(tables.record(incident).intent()).isEqualTo(undo);
  }

  @Test
  void withoutAnAuditTrailNothingIsClosed() {
    planned(true);

    assertThatThrownBy(
            () ->
                closer(tables.withoutAuditTable())
                    .close(REMEDIATION, new EndedExecution(ONE, "FAILED", null, null)))
        .isInstanceOf(StoreException.class);

    assertThat(tables.record(incident).outcome()).isNull();
    assertThat(claim(true, "evt-2")).isInstanceOf(ClaimResult.Held.class);
    assertThat(counted).isEmpty();
  }

  @Test
  void aSweepClosesWhatAllPagesOfAllStatusesAndStateMachinesLeftOpen() {
    List<String> statuses =
        List.of("FAILED", "TIMED_OUT", "FAILED", "ABORTED", "FAILED", "FAILED", "FAILED");
    for (int i = 0; i < statuses.size(); i++) {
      open(incident("evt-" + i), EXECUTION + i);
      runs(REMEDIATION, EXECUTION + i, statuses.get(i), Duration.ofMinutes(10 + i));
    }
    runs(UNDO, EXECUTION + "undo", "FAILED", Duration.ofMinutes(5));

    assertThat(closer(tables.store()).sweep()).isEqualTo(new Closings(8, 7, 0, 0));

    for (int i = 0; i < statuses.size(); i++) {
      assertThat(tables.record(incident("evt-" + i)).error())
          .isNotNull()
          .extracting(Problem::type)
          .isEqualTo(statuses.get(i));
    }
    assertThat(server.requests())
        .extracting(r -> r.path("statusFilter").asText() + " " + r.path("nextToken").asText("-"))
        .startsWith("FAILED -", "FAILED page-2", "FAILED page-4", "TIMED_OUT -", "ABORTED -");
  }

  @Test
  void aSweepLeavesAloneWhatRunsSucceededOrEndedLongAgo() {
    for (String name : List.of("running", "succeeded", "old")) {
      open(incident(name), EXECUTION + name);
    }
    server.hasExecution(
        REMEDIATION, EXECUTION + "running", "RUNNING", NOW.minus(Duration.ofHours(1)), null);
    runs(REMEDIATION, EXECUTION + "succeeded", "SUCCEEDED", Duration.ofMinutes(1));
    runs(REMEDIATION, EXECUTION + "old", "FAILED", Duration.ofMinutes(181));

    assertThat(closer(tables.store()).sweep()).isEqualTo(Closings.NONE);

    for (String name : List.of("running", "succeeded", "old")) {
      assertThat(tables.record(incident(name)).outcome()).isNull();
    }
  }

  @Test
  void anExecutionThatRanForADayIsFoundWhenItTimesOut() {
    open(incident, ONE);
    Instant stop = NOW.minus(Duration.ofMinutes(170));
    server.hasExecution(REMEDIATION, ONE, "TIMED_OUT", stop.minus(Duration.ofDays(1)), stop);

    assertThat(closer(tables.store()).sweep()).isEqualTo(new Closings(1, 1, 0, 0));
  }

  @Test
  void aSweepDoesNotReadTheHistoryOfMonths() {
    for (int day = 2; day < 40; day++) {
      runs(REMEDIATION, EXECUTION + day, "FAILED", Duration.ofDays(day));
    }

    closer(tables.store()).sweep();

    assertThat(server.requests())
        .filteredOn(r -> r.path("statusFilter").asText().equals("FAILED"))
        .filteredOn(r -> r.path("stateMachineArn").asText().equals(REMEDIATION))
        .hasSize(1);
  }

  @Test
  void noStateMachineLetsAnExecutionRunLongerThanASweepKnows() throws IOException {
    for (String name : List.of("remediation", "undo")) {
      var file = Path.of("../../infra-terraform/state-machine", name + ".asl.json");
      JsonNode definition = Json.parse(Files.readString(file));

      assertThat(definition.path("TimeoutSeconds").asLong())
          .isPositive()
          .isLessThanOrEqualTo(Executions.LONGEST.toSeconds());
    }
  }

  @Test
  void aSweepThatIsThrottledTriesAgain() {
    open(incident, ONE);
    runs(REMEDIATION, ONE, "FAILED", Duration.ofMinutes(1));
    server.throttles(1);

    assertThat(closer(tables.store()).sweep()).isEqualTo(new Closings(1, 1, 0, 0));
  }

  @Test
  void aStateMachineThatIsGoneIsAnErrorThatNamesIt() {
    var closer =
        new Closer(tables.store(), executions(), List.of(MACHINES + "gone"), tables.clock(), told);

    assertThatThrownBy(closer::sweep)
        .isInstanceOf(ExecutionsUnavailableException.class)
        .hasMessageContaining(MACHINES + "gone")
        .hasMessageContaining("State Machine Does Not Exist");
  }

  static Stream<List<String>> unfitStateMachines() {
    return Stream.of(
        List.of(), List.of("remediation"), List.of(REMEDIATION, UNDO + ":live"), List.of(ONE));
  }

  @ParameterizedTest
  @MethodSource("unfitStateMachines")
  void withoutTheArnsOfStateMachinesThereIsNoCloser(List<String> arns) {
    Executions executions = executions();

    assertThatThrownBy(() -> new Closer(tables.store(), executions, arns, tables.clock(), told))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cloudmend.state-machines");
  }

  private Closings ended(String status) {
    return closer(tables.store()).close(REMEDIATION, new EndedExecution(ONE, status, null, null));
  }

  private Closer closer(Store store) {
    return new Closer(store, executions(), List.of(REMEDIATION, UNDO), tables.clock(), told);
  }

  private Executions executions() {
    Executions executions = Executions.open(SampleIncidents.REGION, Optional.of(server.endpoint()));
    opened.add(executions);
    return executions;
  }

  /** An execution of one minute that ended this long ago. */
  private void runs(String stateMachine, String execution, String status, Duration ago) {
    Instant stop = NOW.minus(ago);
    server.hasExecution(stateMachine, execution, status, stop.minus(Duration.ofMinutes(1)), stop);
  }

  private void open(Incident opening, String execution) {
    new AuditWriter(tables.store()).open(opening, execution);
  }

  private void planned(boolean live) {
    open(incident, ONE);
    assertThat(claim(live, "evt-1")).isInstanceOf(ClaimResult.Claimed.class);
    tables.store().incidents().saveChange(incident.incidentId(), change());
  }

  private ClaimResult claim(boolean live, String owner) {
    return tables.store().claims().claim(key(live), owner, "inc-" + owner, Set.of());
  }

  private static ClaimKey key(boolean live) {
    return new ClaimKey(SampleIncidents.TARGET.key(), "p", change().fingerprint(), live);
  }

  private static Incident incident(String eventId) {
    return SampleIncidents.of(eventId, "p", new RunOptions(List.of(), false, "ana"));
  }

  private static Change change() {
    return new Change(
        SampleIncidents.TARGET,
        "p",
        "1",
        Json.object(),
        Json.object().put("Status", "Enabled"),
        List.of(new ApiCall("s3", "PutBucketVersioning", SampleIncidents.REGION, Json.object())),
        List.of(),
        Reversibility.NONE,
        null,
        "Enable versioning",
        List.of(),
        Json.object());
  }
}

package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssessorTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void aViolationIsClaimedAndItsChangeKept() {
    IncidentState state = desk.open(Desk.incident("evt-1"));

    IncidentState planned = desk.assessor().assess(state);

    Change change = desk.playbook.change("Suspended");
    assertThat(planned.outcome()).isNull();
    assertThat(planned.hash()).isEqualTo(change.hash());
    assertThat(planned.attempt()).isEqualTo(1);
    assertThat(planned.claim()).isEqualTo(Json.toTree(desk.claimKey(true)));
    assertThat(tables.store().incidents().change(state.incidentId(), change.hash()))
        .contains(change);
    assertThat(desk.record(state).changeHash()).isEqualTo(change.hash());
  }

  @Test
  void whatIsNoViolationEndsWithItsReason() {
    IncidentState state = desk.open(Desk.incident("evt-1"));

    desk.playbook.sees(new Assessment.Compliant());
    assertThat(desk.assessor().assess(state).outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
    desk.playbook.sees(new Assessment.NotApplicable("a directory bucket"));
    assertThat(desk.assessor().assess(state))
        .isEqualTo(state.ended(Outcome.UNSUPPORTED, "a directory bucket"));
    desk.playbook.sees(new Assessment.NotFound("it is gone"));
    assertThat(desk.assessor().assess(state))
        .isEqualTo(state.ended(Outcome.RESOURCE_NOT_FOUND, "it is gone"));
    desk.playbook.sees(new Assessment.Blocked("another account"));
    assertThat(desk.assessor().assess(state))
        .isEqualTo(state.ended(Outcome.BLOCKED, "another account"));
    assertThat(desk.record(state).changeHash()).isNull();
  }

  @Test
  void anOutcomeThatIntakeKnowsPassesThroughWithoutALook() {
    desk.playbook.cannotRead(Kind.ACCESS_DENIED, "AccessDenied");
    Incident plain = Desk.incident("evt-1");
    IncidentState state =
        desk.open(
            new Incident(
                plain.incidentId(),
                null,
                plain.finding(),
                Outcome.IGNORED,
                "the call failed",
                RunOptions.NONE,
                List.of()));

    assertThat(desk.assessor().assess(state))
        .isEqualTo(state.ended(Outcome.IGNORED, "the call failed"));
  }

  @Test
  void aPlaybookThatIsNotThereIsUnsupported() {
    IncidentState state =
        desk.open(SampleIncidents.of("evt-1", "no-such-playbook", RunOptions.NONE));

    IncidentState after = desk.assessor().assess(state);

    assertThat(after.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(after.reason()).contains("no-such-playbook");
  }

  @Test
  void aReadThatIsRefusedFailsWithTheServicesWord() {
    desk.playbook.cannotRead(Kind.ACCESS_DENIED, "AccessDenied");

    IncidentState after = desk.assessor().assess(desk.open(Desk.incident("evt-1")));

    assertThat(after.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(after.error())
        .isEqualTo(
            new Problem(
                "assess",
                "AccessDenied",
                "s3:PutBucketVersioning: AccessDenied: the service says no"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"THROTTLED", "UNREACHABLE"})
  void aReadThatMayWorkLaterIsTriedAgain(Kind kind) {
    IncidentState state = desk.open(Desk.incident("evt-1"));
    desk.playbook.cannotRead(kind, kind.name());

    assertThatThrownBy(() -> desk.assessor().assess(state))
        .isExactlyInstanceOf(TryAgainException.class)
        .hasMessageContaining(kind.name());
    assertThat(desk.record(state).outcome()).isNull();
  }

  @Test
  void withoutTheStoreNothingIsDecided() {
    IncidentState state = desk.open(Desk.incident("evt-1"));

    assertThatThrownBy(() -> desk.assessor(tables.withoutTables(), true).assess(state))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no-state-table");
  }
}

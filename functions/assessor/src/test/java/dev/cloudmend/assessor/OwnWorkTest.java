package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.testing.functions.FreshStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run that was cut off left behind. */
class OwnWorkTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void aChangeThatThisIncidentBeganAndThatIsInPlaceIsItsOwnWork() {
    IncidentState planned = desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    desk.begin(planned);
    desk.playbook.sees(new Assessment.Compliant());
    tables.clock().advance(Duration.ofMinutes(10));

    IncidentState after = desk.assessor().assess(desk.open(Desk.incident("evt-1")));

    assertThat(after.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(after.reason()).contains("began at 2026-11-22T10:00:00Z");
    IncidentRecord record = desk.record(planned);
    assertThat(record.appliedHash()).isEqualTo(planned.hash());
    assertThat(Objects.requireNonNull(record.intent()).done()).isTrue();
    assertThat(Objects.requireNonNull(record.verification()).holds()).isTrue();
    assertThat(
            tables
                .store()
                .incidents()
                .change(planned.incidentId(), Objects.requireNonNull(planned.hash())))
        .hasValueSatisfying(change -> assertThat(change.undo()).isNotEmpty());
    assertThat(tables.auditKinds(planned.incidentId())).containsExactly("VERIFIED");
    desk.playbook.seesViolation("Suspended");
    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-2"))).outcome()).isNull();
  }

  /** A number from the store and one from a response may be of different classes. */
  @Test
  void theSameNumberWrittenOtherwiseIsTheSameState() {
    ObjectNode before = Json.object().put("length", 8);
    ObjectNode after = Json.object().put("length", 14);
    Change plain = desk.playbook.change("Suspended");
    var change =
        new Change(
            plain.target(),
            Desk.ID,
            "1",
            before,
            after,
            plain.apply(),
            plain.undo(),
            plain.reversibility(),
            null,
            "Longer passwords",
            List.of(),
            Json.object());
    desk.playbook.sees(new Assessment.Violating(change));
    desk.begin(desk.assessor().assess(desk.open(Desk.incident("evt-1"))));
    desk.playbook.sees(new Assessment.Compliant());
    ObjectNode live = Json.object();
    live.set("length", LongNode.valueOf(14));
    desk.playbook.observes(live);

    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-1"))).outcome())
        .isEqualTo(Outcome.REMEDIATED);
  }

  @Test
  void whatSomebodyElseMendedIsAlreadyCompliant() {
    IncidentState planned = desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    desk.playbook.sees(new Assessment.Compliant());
    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-1"))).outcome())
        .isEqualTo(Outcome.ALREADY_COMPLIANT);

    desk.begin(planned);
    desk.playbook.observes(Json.object().put("versioning", "EnabledWithMfa"));
    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-1"))).outcome())
        .isEqualTo(Outcome.ALREADY_COMPLIANT);
    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-2"))).outcome())
        .isEqualTo(Outcome.ALREADY_COMPLIANT);
    assertThat(desk.record(planned).appliedHash()).isNull();
  }

  @Test
  void aFinishedIntentIsNotTakenForOwnWorkAgain() {
    IncidentState planned = desk.assessor().assess(desk.open(Desk.incident("evt-1")));
    desk.begin(planned);
    tables.store().incidents().intentDone(planned.incidentId());
    desk.playbook.sees(new Assessment.Compliant());

    assertThat(desk.assessor().assess(desk.open(Desk.incident("evt-1"))).outcome())
        .isEqualTo(Outcome.ALREADY_COMPLIANT);
  }
}

package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.store.ClaimKey;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Findings that no playbook answers to, and playbooks that were suggested for them. */
class UnmatchedTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @Test
  void aFindingWithoutAPlaybookIsClaimedAndGoesOnWithoutAPlan() {
    IncidentState state = assess("evt-1", RunOptions.NONE);

    assertThat(state.outcome()).isNull();
    assertThat(state.hash()).isNull();
    assertThat(state.playbook()).isNull();
    assertThat(state.findingClaim()).isNotNull();
    assertThat(state.claim()).isNull();
  }

  @Test
  void theSameFindingOfAnotherEventIsADuplicateUnlessAskedForAgain() {
    assess("evt-1", RunOptions.NONE);

    assertThat(assess("evt-2", RunOptions.NONE).outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(assess("evt-3", Desk.AGAIN).outcome()).isNull();
  }

  @Test
  void aYesTakesUpWhatASuggestionPlanned() {
    IncidentState first = assess("evt-1", RunOptions.NONE);
    ClaimKey key = Json.fromTree(Objects.requireNonNull(first.findingClaim()), ClaimKey.class);
    tables.store().claims().close(key, "evt-1", Outcome.AWAITING_APPROVAL);

    assertThat(assess("evt-2", RunOptions.NONE).outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(assess("evt-3", new RunOptions(List.of("sha256:h"), false, "ana")).outcome())
        .isNull();
  }

  @Test
  void aSuggestedPlaybookIsAssessedLikeAnyOther() {
    IncidentState state = suggested("evt-1");

    IncidentState planned = desk.assessor().assess(state);

    assertThat(planned.hash()).isEqualTo(desk.playbook.change("Suspended").hash());
    assertThat(planned.hasSuggestedPlaybook()).isTrue();
    assertThat(planned.findingClaim()).isEqualTo(state.findingClaim());
    assertThat(planned.claim()).isNotNull();
  }

  @Test
  void theDiagnosisThatSuggestedItStays() {
    IncidentState state = suggested("evt-1");
    Diagnosis claudes = diagnosis(Origin.CLAUDE);
    tables.store().incidents().diagnosed(state.incidentId(), claudes);

    IncidentState planned = desk.assessor().assess(state.diagnosed(claudes));

    assertThat(desk.record(planned).diagnosis()).isEqualTo(claudes);
    assertThat(Objects.requireNonNull(planned.diagnosis()).origin()).isEqualTo(Origin.CLAUDE);
  }

  @Test
  void aSuggestionThatTheResourceDoesNotViolateSaysNothingOfTheFinding() {
    desk.playbook.sees(new Assessment.Compliant());

    IncidentState ended = desk.assessor().assess(suggested("evt-1"));

    assertThat(ended.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(ended.reason()).contains(Desk.ID).contains("does not violate");
  }

  @Test
  void aSuggestionNeverTakesThePlaceOfAPlaybookThatAnswers() {
    IncidentState state = desk.open(Desk.incident("evt-1")).suggested("no-such-playbook");

    assertThat(desk.assessor().assess(state).hash())
        .isEqualTo(desk.playbook.change("Suspended").hash());
  }

  @Test
  void aPlanHasThePlaybooksOwnDiagnosisFromTheStart() {
    IncidentState state = desk.open(Desk.incident("evt-1"));

    IncidentState planned = desk.assessor().assess(state);

    Diagnosis own =
        PlaybookDiagnosis.of(
            desk.playbook.info(),
            SampleIncidents.finding("evt-1"),
            desk.playbook.change("Suspended"));
    assertThat(desk.record(state).diagnosis()).isEqualTo(own);
    assertThat(Objects.requireNonNull(planned.diagnosis()).confidence())
        .isEqualTo(own.confidence());
  }

  private IncidentState assess(String eventId, RunOptions run) {
    return desk.assessor().assess(desk.open(SampleIncidents.unmatched(eventId, run)));
  }

  private IncidentState suggested(String eventId) {
    return assess(eventId, RunOptions.NONE).suggested(Desk.ID);
  }

  private Diagnosis diagnosis(Origin origin) {
    Diagnosis own = PlaybookDiagnosis.ofUnmatched(SampleIncidents.finding("evt-1"));
    return new Diagnosis(
        origin,
        own.rootCause(),
        own.impact(),
        own.explanation(),
        own.couldBreak(),
        own.needs(),
        own.confidence(),
        own.confidenceReasons(),
        Desk.ID,
        null,
        null);
  }
}

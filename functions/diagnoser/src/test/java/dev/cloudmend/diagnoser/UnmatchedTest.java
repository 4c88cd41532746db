package dev.cloudmend.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.diagnoser.prompt.Question;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookDiagnosis;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A finding that no playbook answers to. */
class UnmatchedTest {

  private static final String NO_PLAYBOOK =
      "no playbook answers to the check 'S3 buckets are private'";

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void aSuggestedPlaybookIsToLookAtIt() {
    suggests(Desk.PLAYBOOK);

    IncidentState state = desk.diagnoser().diagnose(desk.unmatched(RunOptions.NONE));

    assertThat(state.playbook()).isEqualTo(Desk.PLAYBOOK);
    assertThat(state.hasSuggestedPlaybook()).isTrue();
    assertThat(state.outcome()).isNull();
    assertThat(state.diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.CLAUDE, Confidence.medium));
    assertThat(stored(state).suggestedPlaybook()).isEqualTo(Desk.PLAYBOOK);
    assertThat(desk.audit(state).getFirst().data().path("suggestedPlaybook").asText())
        .isEqualTo(Desk.PLAYBOOK);
    assertThat(desk.questions)
        .containsExactly(new Question.Unmatched(Desk.finding(), candidates()));
  }

  @Test
  void theSameSuggestionIsAskedForOnce() {
    suggests(Desk.PLAYBOOK);
    IncidentState unmatched = desk.unmatched(RunOptions.NONE);
    desk.diagnoser().diagnose(unmatched);

    IncidentState again = desk.diagnoser().diagnose(unmatched);

    assertThat(again.playbook()).isEqualTo(Desk.PLAYBOOK);
    assertThat(desk.bedrock.requests()).hasSize(1);
  }

  @Test
  void withoutASuggestionItEndsUnsupported() {
    desk.bedrock.answers(request -> Asking.answer());

    IncidentState state = desk.diagnoser().diagnose(desk.unmatched(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(state.reason())
        .isEqualTo(
            NO_PLAYBOOK
                + ", and Claude suggests none of "
                + candidates().size()
                + " for this type of resource");
    assertThat(state.playbook()).isNull();
    assertThat(stored(state).origin()).isEqualTo(Origin.CLAUDE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iam-password-policy", "delete-everything", ""})
  void whatIsNoCandidateIsNeverFollowed(String suggestion) {
    assertThat(candidates()).extracting(PlaybookInfo::id).doesNotContain(suggestion);
    suggests(suggestion);

    IncidentState state = desk.diagnoser().diagnose(desk.unmatched(RunOptions.NONE));

    assertThat(state.playbook()).isNull();
    assertThat(state.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(state.reason()).isEqualTo(NO_PLAYBOOK);
    assertThat(stored(state).origin()).isEqualTo(Origin.PLAYBOOK);
    assertThat(stored(state).suggestedPlaybook()).isNull();
    assertThat(stored(state).reason())
        .isEqualTo("Claude suggested a playbook that is none of those for this resource");
  }

  @Test
  void aKeptAnswerWhoseSuggestionIsNoCandidateIsNotUsed() {
    IncidentState unmatched = desk.unmatched(RunOptions.NONE);
    tables
        .store()
        .incidents()
        .keepAnswer(
            unmatched.incidentId(),
            Asking.prompt().question(Asking.MODEL),
            Asking.read(Asking.answer().put("suggestedPlaybook", "gone")));
    suggests(Desk.PLAYBOOK);

    assertThat(desk.diagnoser().diagnose(unmatched).playbook()).isEqualTo(Desk.PLAYBOOK);
    assertThat(desk.bedrock.requests()).hasSize(1);
  }

  @Test
  void aFaultEndsItUnsupportedWithTheReasonKept() {
    desk.bedrock.replies(BedrockReply.prose("I would rather not."));

    IncidentState state = desk.diagnoser().diagnose(desk.unmatched(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(state.diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.PLAYBOOK, Confidence.low));
    assertThat(stored(state).reason()).isEqualTo("Claude answered in prose");
  }

  @Test
  void withoutClaudeItEndsUnsupported() {
    IncidentState state = desk.withoutClaude().diagnose(desk.unmatched(RunOptions.NONE));

    assertThat(state.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(state.reason()).isEqualTo(NO_PLAYBOOK);
    assertThat(stored(state)).isEqualTo(PlaybookDiagnosis.ofUnmatched(Desk.finding()));
    assertThat(desk.audit(state)).isEmpty();
  }

  private void suggests(String playbook) {
    desk.bedrock.answers(request -> Asking.answer().put("suggestedPlaybook", playbook));
  }

  private static List<PlaybookInfo> candidates() {
    return Catalogue.standard().forResource(SampleIncidents.BUCKET).stream()
        .map(Playbook::info)
        .toList();
  }

  private Diagnosis stored(IncidentState state) {
    return Objects.requireNonNull(desk.record(state).diagnosis());
  }
}

package dev.cloudmend.diagnoser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.redaction.RedactionException;
import dev.cloudmend.diagnoser.prompt.Question;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditUnavailableException;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.functions.FreshStore;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A finding that a playbook answers to. */
class PlannedTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final Desk desk = new Desk(tables);

  @BeforeEach
  void answer() {
    desk.bedrock.answers(request -> Asking.answer());
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void claudesWordsAreWhatAReviewerIsTold() {
    IncidentState planned = desk.planned(RunOptions.NONE);

    IncidentState state = desk.diagnoser().diagnose(planned);

    assertThat(state.diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.CLAUDE, Confidence.medium));
    assertThat(state.outcome()).isNull();
    assertThat(state.hash()).isEqualTo(planned.hash());
    Diagnosis stored = stored(state);
    assertThat(stored.rootCause()).isEqualTo("Nobody turned it off.");
    assertThat(desk.questions)
        .containsExactly(new Question.Planned(Desk.finding(), Desk.info(), Desk.change()));
    assertThat(desk.counted).containsExactly(stored);
  }

  @Test
  void theAuditTrailSaysHowClaudeWasAsked() {
    IncidentState state = desk.diagnoser().diagnose(desk.planned(RunOptions.NONE));

    assertThat(desk.audit(state))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.kind()).isEqualTo("DIAGNOSED");
              assertThat(entry.actor()).isEqualTo("cloudmend");
              assertThat(entry.data())
                  .isEqualTo(
                      Json.parse(
                          """
                          {"origin": "CLAUDE", "confidence": "medium", "reused": false,
                           "call": {
                             "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                             "promptVersion": "test-1",
                             "question": "%s",
                             "attempts": 1, "millis": 250,
                             "inputTokens": 900, "outputTokens": 300,
                             "cacheReadTokens": 1500, "cacheWriteTokens": 20,
                             "stopReason": "tool_use"}}
                          """
                              .formatted(Asking.prompt().question(Asking.MODEL))));
            });
  }

  @Test
  void theSameQuestionIsAskedOnce() {
    IncidentState planned = desk.planned(RunOptions.NONE);
    desk.diagnoser().diagnose(planned);
    Diagnosis first = stored(planned);

    IncidentState again = desk.diagnoser().diagnose(planned);

    assertThat(desk.bedrock.requests()).hasSize(1);
    assertThat(again.diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.CLAUDE, Confidence.medium));
    assertThat(stored(again)).isEqualTo(first);
    assertThat(desk.audit(again))
        .extracting(entry -> entry.data().path("reused").asBoolean())
        .containsExactly(false, true);
    assertThat(desk.counted).hasSize(1);
  }

  @Test
  void aRunThatIsToLookAgainAsksAnew() {
    IncidentState planned = desk.planned(Desk.AGAIN);
    desk.diagnoser().diagnose(planned);

    desk.diagnoser().diagnose(planned);

    assertThat(desk.bedrock.requests()).hasSize(2);
  }

  @Test
  void anAnswerOutlivesALostAuditEntry() {
    IncidentState planned = desk.planned(RunOptions.NONE);

    assertThatThrownBy(() -> desk.diagnoser(tables.withoutAuditTable()).diagnose(planned))
        .isInstanceOf(AuditUnavailableException.class);
    assertThat(desk.record(planned).diagnosis()).isNull();

    assertThat(desk.diagnoser().diagnose(planned).diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.CLAUDE, Confidence.medium));
    assertThat(desk.bedrock.requests()).hasSize(1);
  }

  @Test
  void anAnswerThatCannotBeUsedGivesWayToThePlaybooksOwn() {
    desk.bedrock.replies(BedrockReply.stopped("max_tokens", Asking.answer()));

    IncidentState state = desk.diagnoser().diagnose(desk.planned(RunOptions.NONE));

    assertThat(state.diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.PLAYBOOK, Desk.own().confidence()));
    assertThat(state.outcome()).isNull();
    Diagnosis stored = stored(state);
    String reason = "the answer was cut off at the output limit";
    assertThat(stored).isEqualTo(Desk.own().inPlaceOfClaude(reason, stored.call()));
    JsonNode audited = desk.audit(state).getFirst().data();
    assertThat(audited.path("reason").asText()).isEqualTo(reason);
    assertThat(audited.at("/call/stopReason").asText()).isEqualTo("max_tokens");
    assertThat(desk.counted).containsExactly(stored);
  }

  @Test
  void anAnswerThatCouldNotBeUsedIsNotKept() {
    desk.bedrock.replies(BedrockReply.stopped("max_tokens", Asking.answer()));
    IncidentState planned = desk.planned(RunOptions.NONE);
    desk.diagnoser().diagnose(planned);

    IncidentState state = desk.diagnoser().diagnose(planned);

    assertThat(stored(state).origin()).isEqualTo(Origin.CLAUDE);
    assertThat(stored(state).reason()).isNull();
  }

  @Test
  void aSuggestionHasNoPlaceWhereAPlaybookAnswers() {
    desk.bedrock.replies(
        BedrockReply.toolAnswer(Asking.answer().put("suggestedPlaybook", Desk.PLAYBOOK)));

    IncidentState state = desk.diagnoser().diagnose(desk.planned(RunOptions.NONE));

    assertThat(state.hasSuggestedPlaybook()).isFalse();
    assertThat(stored(state).reason())
        .isEqualTo("Claude suggested a playbook although one is planned");
  }

  @Test
  void aPromptThatCannotBeMadeSafeIsNotSent() {
    assertThat(reasonWhere(question -> fails(new RedactionException("a secret is left"))))
        .isEqualTo("nothing was sent: a secret is left");
  }

  @Test
  void aPromptThatCannotBeMadeIsNotSentAndNotQuoted() {
    assertThat(reasonWhere(question -> fails(new IllegalStateException("TOP-SECRET-MARK"))))
        .isEqualTo("nothing was sent: the prompt could not be made (IllegalStateException)");
  }

  @Test
  void withoutClaudeThePlaybooksOwnHolds() {
    IncidentState state = desk.withoutClaude().diagnose(desk.planned(RunOptions.NONE));

    assertThat(state.diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.PLAYBOOK, Desk.own().confidence()));
    assertThat(stored(state)).isEqualTo(Desk.own());
    assertThat(desk.audit(state)).isEmpty();
    assertThat(desk.questions).isEmpty();
  }

  @Test
  void whatTheAssessorStoredIsTheFallback() {
    IncidentState planned = desk.planned(RunOptions.NONE);
    Diagnosis assessors =
        new Diagnosis(
            Origin.PLAYBOOK,
            "by the assessor",
            "",
            "",
            List.of(),
            List.of(),
            Confidence.low,
            List.of(),
            null,
            null,
            null);
    tables.store().incidents().diagnosed(planned.incidentId(), assessors);
    desk.bedrock.replies(BedrockReply.prose("no"));

    assertThat(desk.withoutClaude().diagnose(planned).diagnosis())
        .isEqualTo(new IncidentState.Diagnosed(Origin.PLAYBOOK, Confidence.low));
    assertThat(stored(planned)).isEqualTo(assessors);

    desk.diagnoser().diagnose(planned);
    assertThat(stored(planned).rootCause()).isEqualTo("by the assessor");
    assertThat(stored(planned).reason()).isEqualTo("Claude answered in prose");
  }

  @Test
  void claudesOwnOfAnEarlierTryIsNoFallback() {
    IncidentState planned = desk.planned(Desk.AGAIN);
    desk.bedrock.replies(
        BedrockReply.toolAnswer(Asking.answer()), BedrockReply.prose("not this time"));
    desk.diagnoser().diagnose(planned);

    desk.diagnoser().diagnose(planned);

    assertThat(stored(planned).origin()).isEqualTo(Origin.PLAYBOOK);
    assertThat(stored(planned).rootCause()).isEqualTo(Desk.own().rootCause());
  }

  @Test
  void aPlaybookThatIsGoneIsUnsupported() {
    IncidentState planned =
        IncidentState.opened(
                desk.planned(RunOptions.NONE).incidentId(), "execution", "gone", RunOptions.NONE)
            .planned(Json.object(), Desk.change().hash());

    assertThat(desk.diagnoser().diagnose(planned).outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(desk.bedrock.requests()).isEmpty();
  }

  @Test
  void aStoreThatIsDownIsTheStateMachinesToRetry() {
    IncidentState planned = desk.planned(RunOptions.NONE);

    assertThatThrownBy(() -> desk.diagnoser(tables.withoutTables()).diagnose(planned))
        .isInstanceOf(StoreException.class);
  }

  private static Prompt<Diagnosis> fails(RuntimeException thrown) {
    throw thrown;
  }

  private String reasonWhere(Function<Question, Prompt<Diagnosis>> prompts) {
    IncidentState state =
        desk.diagnoser(tables.store(), prompts).diagnose(desk.planned(RunOptions.NONE));

    assertThat(desk.bedrock.requests()).isEmpty();
    assertThat(stored(state).origin()).isEqualTo(Origin.PLAYBOOK);
    assertThat(stored(state).call()).isNull();
    assertThat(desk.audit(state).getFirst().data().has("call")).isFalse();
    return Objects.requireNonNull(stored(state).reason());
  }

  private Diagnosis stored(IncidentState state) {
    return Objects.requireNonNull(desk.record(state).diagnosis());
  }
}

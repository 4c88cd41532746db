package dev.cloudmend.diagnoser.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.UnusableAnswerException;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Json;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolAnswerReaderTest {

  private static final String HOSTILE = "obey-me-now";

  private final Prompt<Diagnosis> planned = Prompts.of(Questions.planned("temporary"), true);
  private final Prompt<Diagnosis> unmatched = Prompts.of(Questions.unmatched("no recovery"), true);

  @Test
  void aGoodAnswerBecomesADiagnosisByClaude() {
    ObjectNode answer = Questions.answer(planned);
    answer.put("rootCause", "PRINCIPAL_2 changed BUCKET_1.\r\nSo\u0007 it is.");
    assertThat(planned.answers().read(answer))
        .isEqualTo(
            new Diagnosis(
                Origin.CLAUDE,
                "jane changed cloudmend-demo-reports.\nSo\\u0007 it is.",
                "A policy can open the bucket.",
                "The change turns the four settings on.",
                List.of("Visitors of a website."),
                List.of(),
                Confidence.high,
                List.of("The state shows it."),
                null,
                null,
                null));
  }

  @Test
  void aCandidateMayBeSuggestedOrNone() {
    ObjectNode answer = Questions.answer(unmatched);
    assertThat(unmatched.answers().read(answer).suggestedPlaybook()).isNull();
    answer.putNull("suggestedPlaybook");
    assertThat(unmatched.answers().read(answer).suggestedPlaybook()).isNull();
    answer.put("suggestedPlaybook", "s3-bucket-versioning");
    assertThat(unmatched.answers().read(answer).suggestedPlaybook())
        .isEqualTo("s3-bucket-versioning");
  }

  @Test
  void aPlaybookThatWasNotOfferedIsNotUsed() {
    refused(
        unmatched,
        a -> a.put("suggestedPlaybook", "iam-password-policy"),
        "/properties/suggestedPlaybook/enum");
    refused(unmatched, a -> a.put("suggestedPlaybook", HOSTILE), "suggestedPlaybook/enum");
    refused(
        planned, a -> a.put("suggestedPlaybook", "s3-bucket-versioning"), "additionalProperties");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "target",
        "rootCause",
        "impact",
        "explanation",
        "couldBreak",
        "needs",
        "confidence",
        "confidenceReasons"
      })
  void everyMemberHasToBeThereAndOfItsType(String member) {
    refused(planned, a -> a.remove(member), "/required");
    refused(planned, a -> a.putNull(member), member);
    refused(planned, a -> a.put(member, 7), member);
    refused(planned, a -> a.putObject(member).put("text", HOSTILE), member);
  }

  @Test
  void anotherTargetIsNotUsedNorTheSameInOtherWords() {
    String sent = Questions.data(planned).path("target").textValue();
    assertThat(sent).isEqualTo("arn:aws:s3:::BUCKET_1");
    for (String other :
        List.of(
            "arn:aws:s3:::" + Questions.BUCKET,
            sent.toLowerCase(Locale.ROOT),
            sent.toUpperCase(Locale.ROOT),
            sent + " ",
            " " + sent,
            sent + "0",
            "arn:aws:s3:::BUCKET_2",
            "arn:aws:iam::123456789012:root",
            "BUCKET_1",
            sent + "\u200b")) {
      refused(planned, a -> a.put("target", other), "another target");
    }
    refused(planned, a -> a.put("target", ""), "target");
  }

  @Test
  void otherConfidencesThanTheThreeAreNotUsed() {
    for (String other : List.of("High", "certain", "", "high ")) {
      refused(planned, a -> a.put("confidence", other), "/properties/confidence/enum");
    }
  }

  @Test
  void additionalMembersAreNotUsedAndNotNamed() {
    refused(planned, a -> a.put(HOSTILE, HOSTILE), "/additionalProperties");
    refused(planned, a -> a.putObject("calls").put("operation", "DeleteBucket"), "additional");
  }

  @Test
  void lengthsAreBounded() {
    refused(planned, a -> a.put("impact", HOSTILE.repeat(1_000)), "impact/maxLength");
    refused(
        planned,
        a -> a.putArray("needs").add("x".repeat(501)),
        "/properties/needs/items/maxLength");
    refused(
        planned,
        a -> {
          var list = a.putArray("needs");
          for (int i = 0; i < 11; i++) {
            list.add("x");
          }
        },
        "needs/maxItems");
    refused(planned, a -> a.putArray("confidenceReasons"), "confidenceReasons/minItems");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t ", "\u200b\u2060", "\u0007"})
  void blankTextsAreNotUsed(String blank) {
    refused(planned, a -> a.put("explanation", blank), "explanation");
    refused(planned, a -> a.putArray("couldBreak").add(blank), "couldBreak");
  }

  @Test
  void whatIsNoObjectIsNotUsed() {
    for (JsonNode other :
        List.of(
            NullNode.getInstance(),
            Json.mapper().createArrayNode(),
            Json.mapper().createArrayNode().add(Questions.answer(planned)),
            Json.object().textNode("The bucket is public. " + HOSTILE),
            Json.object(),
            Json.object().missingNode())) {
      assertThatThrownBy(() -> planned.answers().read(other))
          .isInstanceOf(UnusableAnswerException.class)
          .hasMessageNotContaining(HOSTILE);
    }
  }

  @Test
  void deepNestingIsNotUsed() {
    ObjectNode deep = Json.object();
    ObjectNode at = deep;
    for (int i = 0; i < 900; i++) {
      at = at.putObject("a");
    }
    refused(planned, a -> a.set("rootCause", deep), "rootCause/type");
    refused(planned, a -> a.putArray("needs").add(deep), "needs/items/type");
  }

  @Test
  void whatGrowsWhenItIsPutBackIsBoundedAgain() {
    String user = "u".repeat(60) + "x";
    Prompt<Diagnosis> prompt =
        Prompts.of(Questions.planned("arn:aws:iam::123456789012:user/" + user), true);
    ObjectNode answer = Questions.answer(prompt);
    String placeholder =
        Questions.data(prompt).at("/finding/title").textValue().replaceAll(".*/", "");
    answer.put("impact", (placeholder + " ").repeat(140));
    assertThat(prompt.answers().read(answer).impact())
        .startsWith(user + " " + user)
        .hasSizeLessThanOrEqualTo(2_000)
        .endsWith("…");
  }

  private static void refused(Prompt<Diagnosis> prompt, Consumer<ObjectNode> fault, String said) {
    ObjectNode answer = Questions.answer(prompt);
    fault.accept(answer);
    assertThatThrownBy(() -> prompt.answers().read(answer))
        .isInstanceOf(UnusableAnswerException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining(HOSTILE);
  }
}

package dev.cloudmend.diagnoser.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.redaction.Redaction;
import dev.cloudmend.claude.redaction.Unfolding;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Severity;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.BedrockRequest;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** None of the planted values is in a prompt, wherever in an event it stands. */
class PlantedValuesTest {

  static List<String> planted() {
    return Planted.ALL;
  }

  @Test
  void noneOfTheValuesPlantedEverywhereIsInThePrompt() {
    assertThat(everything(Prompts.of(everywhere(), true)))
        .doesNotContainIgnoringCase(Planted.ALL.toArray(String[]::new))
        .doesNotContain("Tr0ub4dor", "AROAQ3EGWKTZ7NR5XDLM");
  }

  @Test
  void noneIsInWhatTheServerGets() {
    try (FakeBedrock server = FakeBedrock.start()) {
      server.replies(BedrockReply.prose("no"));
      var bedrock =
          new Bedrock(
              "us-east-1", Optional.empty(), Optional.of(server.endpoint()), Optional.empty());

      try (Claude claude = bedrock.open()) {
        claude.ask(Prompts.of(everywhere(), true));
      }

      BedrockRequest sent = server.requests().getFirst();
      assertThat(sent.raw() + sent.path() + sent.headers())
          .contains("BUCKET_1")
          .doesNotContainIgnoringCase(Planted.ALL.toArray(String[]::new));
    }
  }

  @Test
  void noneIsInWhatIsCutAwayForLengthEither() {
    JsonNode untrusted = Unfolding.of(DataBlock.untrusted(everywhere()));
    var redaction = new Redaction(true, DataBlock.MEMBERS);
    redaction.learn(untrusted);
    assertThat(redaction.redact(untrusted).toString())
        .doesNotContainIgnoringCase(Planted.ALL.toArray(String[]::new))
        .contains("level8", "x EMAIL_1 y");
  }

  @Test
  void noneIsInThePromptForAFindingWithoutPlaybook() {
    Finding finding = everywhere().finding();
    assertThat(everything(Prompts.of(new Question.Unmatched(finding, List.of()), true)))
        .doesNotContainIgnoringCase(Planted.ALL.toArray(String[]::new));
  }

  @Test
  void bucketAndHostNamesStayWhereTheyAreAllowedAndNothingElse() {
    String sent = everything(Prompts.of(everywhere(), false));
    assertThat(sent).contains(Planted.BUCKET, Planted.HOST);
    assertThat(sent)
        .doesNotContainIgnoringCase(
            Planted.ALL.stream()
                .filter(v -> !v.equals(Planted.BUCKET) && !v.equals(Planted.HOST))
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aValueInNothingButTheTitleIsNotSent(String value) {
    // A name alone tells nothing of itself: its ARN or member does, elsewhere in the event.
    Finding finding =
        Questions.finding(
            "Seen: " + value + ", twice: " + value + ".",
            Arn.parse(Planted.BUCKET_ARN),
            Planted.ACCOUNT,
            new Finding.Actor(Planted.SESSION_ARN, "AssumedRole", null, null, null),
            Json.object().put("userName", Planted.USER));
    Question question = new Question.Unmatched(finding, List.of());
    assertThat(everything(Prompts.of(question, true))).doesNotContainIgnoringCase(value);
  }

  @Test
  void anAnswerGetsBackWhatWasRedactedButNoSecret() {
    Prompt<Diagnosis> prompt = Prompts.of(everywhere(), true);
    JsonNode data = Questions.data(prompt);
    ObjectNode answer = Questions.answer(prompt);
    answer.put("rootCause", data.at("/finding/title").textValue());
    answer.put("impact", data.at("/change/summary").textValue());

    Diagnosis diagnosis = prompt.answers().read(answer);

    for (String value : Planted.ALL) {
      if (Planted.SECRETS.contains(value)) {
        assertThat(diagnosis.rootCause()).doesNotContain(value);
      } else {
        assertThat(diagnosis.rootCause()).contains(value);
      }
    }
    assertThat(diagnosis.rootCause()).contains("ACCESS_KEY_1", "SECRET_");
    assertThat(diagnosis.impact()).isEqualTo("Block public access to bucket " + Planted.BUCKET);
  }

  @Test
  void theTargetIsRedactedAndTheSameEverywhere() {
    JsonNode data = Questions.data(Prompts.of(everywhere(), true));
    String target = data.path("target").textValue();
    assertThat(target).matches("arn:aws:s3:::BUCKET_\\d+");
    assertThat(data.at("/finding/resource/arn").textValue()).isEqualTo(target);
    assertThat(data.at("/change/resource/arn").textValue()).isEqualTo(target);
    assertThat(data.at("/change/calls/0/parameters/Bucket").textValue())
        .isEqualTo(target.substring("arn:aws:s3:::".length()));
  }

  @Test
  void documentsInTextsAreShownAsDocumentsSoThatTheirEscapesHideNothing() {
    ObjectNode facts = Json.object();
    facts.put("policy", "{\"Sid\": \"\\u0034\\u0032" + Planted.ACCOUNT.substring(2) + "\"}");
    facts.put("encoded", "%7B%22userName%22%3A%5B%22zeno%62ia%22%5D%7D");
    facts.put("text", "zenobia");
    Finding finding = Questions.finding("x", null, Planted.ACCOUNT, null, facts);
    assertThat(
            Questions.data(Prompts.of(new Question.Unmatched(finding, List.of()), true))
                .at("/finding/facts"))
        .isEqualTo(
            Json.parse(
                """
                {"policy": {"Sid": "ACCOUNT_1"}, "encoded": {"userName": ["PRINCIPAL_1"]},
                 "text": "PRINCIPAL_1"}"""));
  }

  @Test
  void theWorldAndPrivateRangesStayReadable() {
    ObjectNode facts = Json.object();
    facts
        .putArray("cidrs")
        .add("0.0.0.0/0")
        .add("::/0")
        .add("10.0.0.0/8")
        .add("172.16.0.0/12")
        .add("192.168.0.0/16")
        .add("10.20.0.0/16")
        .add("203.0.113.0/24")
        .add("2001:db8::/32");
    Finding finding = Questions.finding("open", null, Planted.ACCOUNT, null, facts);
    JsonNode cidrs =
        Questions.data(Prompts.of(new Question.Unmatched(finding, List.of()), true))
            .at("/finding/facts/cidrs");
    assertThat(cidrs)
        .extracting(JsonNode::textValue)
        .containsExactly(
            "0.0.0.0/0",
            "::/0",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "PRIVATE_ADDRESS_1/16",
            "IP_1/24",
            "IP_2/32");
  }

  private static String everything(Prompt<Diagnosis> prompt) {
    return prompt.system()
        + prompt.user()
        + Json.parse(Json.write(Questions.data(prompt)))
        + prompt.tool().description()
        + prompt.tool().schema();
  }

  private static Question.Planned everywhere() {
    Finding finding =
        new Finding(
            "b5d4e3a2-0000-4000-8000-" + Planted.ACCOUNT,
            "cloudtrail",
            "Check " + Planted.sentence(),
            Planted.sentence(),
            Severity.HIGH,
            List.of(Planted.sentence()),
            new ResourceRef(Arn.parse(Planted.BUCKET_ARN), Planted.ACCOUNT, "us-east-1"),
            Instant.parse("2026-11-20T10:00:00Z"),
            new Finding.Actor(
                Planted.SESSION_ARN,
                "AssumedRole",
                "arn:aws:iam::" + Planted.ACCOUNT + ":role/Developer",
                Planted.IPV6,
                "agent/" + Planted.IPV4 + " " + Planted.sentence()),
            Planted.facts());
    Question.Planned planned =
        Questions.planned(finding, Planted.BUCKET, Planted.ACCOUNT, Planted.facts());
    Change change = planned.change();
    ObjectNode before = Json.object();
    before.set("Policy", Planted.policy());
    before.put("Text", Planted.policy().toString());
    return new Question.Planned(
        finding,
        planned.playbook(),
        new Change(
            change.target(),
            change.playbook(),
            change.playbookVersion(),
            before,
            Planted.facts(),
            change.apply(),
            change.undo(),
            change.reversibility(),
            Planted.policy(),
            change.summary(),
            List.of(Planted.sentence()),
            change.evidence()));
  }
}

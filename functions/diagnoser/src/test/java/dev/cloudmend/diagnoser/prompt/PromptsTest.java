package dev.cloudmend.diagnoser.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.redaction.Kind;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Json;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromptsTest {

  /**
   * Claude Sonnet 4.5 caches 1,024 tokens and more; a token is about four characters of English.
   */
  private static final int CACHED_FROM = 1_024 * 4;

  private static final Prompt<Diagnosis> PLANNED = Prompts.of(Questions.planned("temporary"), true);
  private static final Prompt<Diagnosis> UNMATCHED =
      Prompts.of(Questions.unmatched("no recovery"), true);

  static Stream<Prompt<Diagnosis>> prompts() {
    return Stream.of(PLANNED, UNMATCHED);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theFixedPartIsLongEnoughForTheCacheWithRoomToSpare(Prompt<Diagnosis> prompt) {
    assertThat(prompt.system().length() + prompt.tool().schema().toString().length())
        .isGreaterThan(2 * CACHED_FROM);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theExamplesOfTheFixedTextKeepToTheSchema(Prompt<Diagnosis> prompt) {
    var schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(prompt.tool().schema());
    List<String> examples =
        prompt.system().lines().filter(line -> line.startsWith("{\"target\"")).toList();
    assertThat(examples).hasSize(2);
    for (String example : examples) {
      assertThat(schema.validate(example, InputFormat.JSON)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void theFixedTextNamesEveryPlaceholderAndEveryMemberOfTheAnswer(Prompt<Diagnosis> prompt) {
    for (Kind kind : Kind.values()) {
      assertThat(prompt.system()).containsPattern(kind + "_\\d");
    }
    prompt
        .tool()
        .schema()
        .path("properties")
        .fieldNames()
        .forEachRemaining(member -> assertThat(prompt.system()).contains(member));
  }

  @Test
  void thePartsOfTheFixedTextAreForTheirOwnQuestion() {
    assertThat(PLANNED.version()).isEqualTo("1");
    assertThat(PLANNED.system()).contains("A change is planned.").doesNotContain("===", "version:");
    assertThat(UNMATCHED.system())
        .contains("nothing is planned")
        .doesNotContain("A change is planned. Explain it.");
  }

  @Test
  void onlyAFindingWithoutPlaybookAsksForOne() {
    assertThat(PLANNED.tool().schema().at("/properties/suggestedPlaybook").isMissingNode())
        .isTrue();
    assertThat(UNMATCHED.tool().schema().at("/properties/suggestedPlaybook/enum"))
        .extracting(JsonNode::asText)
        .containsExactly("s3-bucket-block-public-access", "s3-bucket-versioning", "null");
    Question none = new Question.Unmatched(Questions.unmatched("x").finding(), List.of());
    assertThat(Prompts.of(none, true).tool()).isEqualTo(PLANNED.tool());
  }

  @Test
  void theDataShowTheFindingThePlaybookAndTheChange() {
    JsonNode data = Questions.data(Prompts.of(Questions.planned("temporary"), false));
    assertThat(data)
        .isEqualTo(
            Json.parse(
                """
                {
                  "target": "arn:aws:s3:::cloudmend-demo-reports",
                  "playbook": %s,
                  "finding": {
                    "source": "cloudtrail",
                    "check": "DeleteBucketPublicAccessBlock",
                    "title": "temporary",
                    "severity": "HIGH",
                    "frameworks": ["SOC 2"],
                    "observedAt": "2026-11-20T10:00:00Z",
                    "resource": {"arn": "arn:aws:s3:::cloudmend-demo-reports",
                      "account": "ACCOUNT_1", "region": "us-east-1"},
                    "actor": {
                      "principal": "arn:aws:sts::ACCOUNT_1:assumed-role/PRINCIPAL_1/PRINCIPAL_2",
                      "type": "AssumedRole",
                      "role": "arn:aws:iam::ACCOUNT_1:role/PRINCIPAL_1",
                      "sourceAddress": "IP_1",
                      "userAgent": "temporary"},
                    "facts": {"description": "temporary"}},
                  "change": {
                    "summary": "Block public access to bucket cloudmend-demo-reports",
                    "resource": {"arn": "arn:aws:s3:::cloudmend-demo-reports",
                      "account": "ACCOUNT_1", "region": "us-east-1"},
                    "before": {"BlockPublicAcls": true, "IgnorePublicAcls": true,
                      "BlockPublicPolicy": false, "RestrictPublicBuckets": false},
                    "after": {"BlockPublicAcls": true, "IgnorePublicAcls": true,
                      "BlockPublicPolicy": true, "RestrictPublicBuckets": true},
                    "calls": [{"call": "s3:PutPublicAccessBlock",
                      "parameters": {"Bucket": "cloudmend-demo-reports",
                        "ExpectedBucketOwner": "ACCOUNT_1"}}],
                    "undo": ["s3:DeletePublicAccessBlock"],
                    "reversibility": "EXACT",
                    "warnings": ["Whoever reads cloudmend-demo-reports through a public policy \
                loses access."],
                    "evidence": {}}}"""
                    .formatted(data.path("playbook"))));
    assertThat(data.at("/playbook/undoWidensAccess").asBoolean()).isTrue();
  }

  @Test
  void theSameQuestionIsTheSamePrompt() {
    Prompt<Diagnosis> again = Prompts.of(Questions.planned("temporary"), true);
    assertThat(again.user()).isEqualTo(PLANNED.user());
    assertThat(again.question("model")).isEqualTo(PLANNED.question("model"));
  }

  @Test
  void theFixedTextHoldsNothingThatLooksLikeAValue() {
    for (String text : List.of(PLANNED.system(), UNMATCHED.system())) {
      String rest = Kind.PLACEHOLDER.matcher(text).replaceAll("");
      assertThat(rest).doesNotContainPattern(Pattern.compile("[0-9]{12}|AKIA|@"));
    }
  }

  @Test
  void aFileWithoutItsPartsIsRefused() {
    assertThatThrownBy(() -> FixedText.of("version: 1\ntext\n=== planned\nx"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("=== unmatched");
    assertThatThrownBy(() -> FixedText.of("text")).isInstanceOf(IllegalStateException.class);
  }
}

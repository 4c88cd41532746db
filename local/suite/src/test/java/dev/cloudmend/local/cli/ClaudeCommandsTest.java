package dev.cloudmend.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsConnection;
import dev.cloudmend.aws.WritingClients;
import dev.cloudmend.local.Answers;
import dev.cloudmend.local.ProjectFiles;
import dev.cloudmend.local.PromptCase;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.WithEmulatedAccount;
import dev.cloudmend.testing.bedrock.BedrockError;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask Claude, or show what Claude would be asked. */
@WithEmulatedAccount
class ClaudeCommandsTest {

  private static final Path ROOT = ProjectFiles.ofLauncher().root();
  private static final Path EVENT = ROOT.resolve("events/vanta/s3-versioning.json");
  private static final String BUCKET = "cloudmend-demo-reports";

  @TempDir private Path folder;
  private final FakeBedrock bedrock = FakeBedrock.start();
  private final EmulatedAccount emulated;

  ClaudeCommandsTest(EmulatedAccount emulated) {
    this.emulated = emulated;
  }

  @BeforeEach
  void aBucket() {
    emulated.reset();
    try (WritingClients clients =
        WritingClients.open(
            new AwsConnection(Optional.of(emulated.endpoint()), "us-east-1", Optional.empty()))) {
      clients
          .writer()
          .write(
              new ApiCall("s3", "CreateBucket", "us-east-1", Json.object().put("Bucket", BUCKET)));
    }
  }

  @AfterEach
  void close() {
    bedrock.close();
  }

  @Test
  void aRunShowsWhatClaudeSays() {
    bedrock.answers(ClaudeCommandsTest::answer);

    Terminal.Result result =
        run("run", EVENT, "--diagnoser", "claude", "--bedrock-endpoint", bedrock.endpoint());

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("PLANNED")
        .contains("high, says Claude")
        .contains("What the change does to arn:aws:s3:::" + BUCKET)
        // What Claude was steered to say is harmless on a terminal.
        .contains("\\u001b[31m")
        .doesNotContain("\u001b");
  }

  @Test
  void anEndpointIsEnoughForClaudeToBeAskedAndTheReasonIsShownWhereItDoesNotAnswer() {
    bedrock.replies(BedrockReply.error(BedrockError.ACCESS_DENIED));

    JsonNode incident =
        run("run", EVENT, "--bedrock-endpoint", bedrock.endpoint(), "--json")
            .json()
            .at("/incidents/0");

    assertThat(incident.at("/diagnosis/origin").asText()).isEqualTo("PLAYBOOK");
    assertThat(incident.at("/diagnosis/reason").asText()).contains("AccessDeniedException");
    assertThat(incident.path("outcome").asText()).isEqualTo("PLANNED");
  }

  @Test
  void thePlaybookExplainsWhereNobodySaysOtherwise() {
    JsonNode incident = run("run", EVENT, "--json").json().at("/incidents/0");

    assertThat(incident.at("/diagnosis/origin").asText()).isEqualTo("PLAYBOOK");
    assertThat(bedrock.requests()).isEmpty();
  }

  @Test
  void thePromptThatIsShownIsTheOneThatIsSent() {
    bedrock.answers(ClaudeCommandsTest::answer);

    JsonNode shown = run("prompt", EVENT, "--json").json().at("/prompts/0");
    run("run", EVENT, "--bedrock-endpoint", bedrock.endpoint());

    // 0 and 0.0 are one number; as JSON trees they differ.
    assertThat(CanonicalJson.of(shown.path("request")))
        .isEqualTo(CanonicalJson.of(bedrock.lastRequest()));
    assertThat(shown.path("request").toString()).doesNotContain(BUCKET, "123456789012");
    Terminal.Result text = run("prompt", EVENT);
    assertThat(text.out()).contains("--- system").contains("--- user").contains("BUCKET_1");
  }

  @Test
  void whereClaudeWouldNotBeAskedThePromptSaysWhy() {
    Terminal.Result result = run("prompt", ROOT.resolve("events/vanta/s3-default-encryption.json"));

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("Claude is not asked: the live resource does not violate the control");
  }

  @Test
  void theGoldenCasesAreComparedWithWhatIsAnswered() {
    var cases = PromptCase.read(ROOT.resolve("functions/diagnoser/cases"));
    cases.forEach(
        one ->
            bedrock.replies(
                BedrockReply.toolAnswer(request -> one.answerTo(Answers.target(request)))));

    Terminal.Result result = Terminal.run("prompt-eval", "--bedrock-endpoint", bedrock.endpoint());

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).contains("%1$d of %1$d agree".formatted(cases.size())).contains("US$");
    assertThat(bedrock.requests()).hasSameSizeAs(cases);
  }

  @Test
  void anAnswerThatDiffersIsShownAndFails() throws IOException {
    Path one = ROOT.resolve("functions/diagnoser/cases/planned-versioning.json");
    Files.copy(one, folder.resolve("one.json"));
    bedrock.answers(request -> ((ObjectNode) answer(request)).put("confidence", "low"));

    JsonNode document =
        Terminal.run(
                "prompt-eval",
                "--bedrock-endpoint",
                bedrock.endpoint(),
                "--cases",
                folder,
                "--json")
            .json();

    assertThat(document.at("/cases/0/differences/0").asText())
        .isEqualTo("confidence is low, expected high");
    assertThat(document.at("/cases/0/dollars").asDouble()).isPositive();
  }

  @Test
  void withoutAClaudeToAskTheEvaluationDoesNotBegin() {
    Terminal.Result result = Terminal.run("prompt-eval");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--target aws");
  }

  private Terminal.Result run(Object... arguments) {
    var all = new ArrayList<Object>(List.of(arguments));
    all.add("--target");
    all.add(emulated.endpoint());
    all.add("--data");
    all.add(folder.resolve("data"));
    return Terminal.run(all.toArray());
  }

  private static JsonNode answer(JsonNode request) {
    ObjectNode answer = (ObjectNode) Answers.of("high").apply(request);
    return answer.put("rootCause", "Nobody enabled it. \u001b[31m");
  }
}

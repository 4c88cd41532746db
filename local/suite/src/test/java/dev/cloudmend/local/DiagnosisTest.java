package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.engine.VirtualClock;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import dev.cloudmend.testing.bedrock.BedrockError;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Claude may change on the way from an event to a fix, and what it may not. */
@WithEmulatedAccount
class DiagnosisTest {

  private static final String ARN = "arn:aws:s3:::quarterly-77";
  private static final String CHECK = "s3-bucket-versioning";

  private final FakeBedrock bedrock = FakeBedrock.start();
  private final RecordingProxy proxy;
  private final Account account;
  private final Path data;

  DiagnosisTest(EmulatedAccount emulated, @TempDir Path data) {
    emulated.reset();
    this.proxy = RecordingProxy.inFrontOf(emulated.endpoint());
    this.account = new Account(emulated.endpoint());
    this.data = data;
    account.write("s3", "CreateBucket", "{\"Bucket\":\"quarterly-77\"}");
  }

  @AfterEach
  void close() {
    bedrock.close();
    account.close();
    proxy.close();
  }

  @Test
  void aPlanIsExplainedByClaudeInItsOwnNames() {
    bedrock.answers(Answers.of("high"));
    try (Suite dry = open(false)) {
      IncidentReport report = run(dry, event("evt-1", CHECK));

      assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
      Diagnosis diagnosis = diagnosis(report);
      assertThat(diagnosis.origin()).isEqualTo(Origin.CLAUDE);
      assertThat(diagnosis.explanation()).isEqualTo("What the change does to " + ARN + ".");
      assertThat(bedrock.requests()).hasSize(1);
      assertThat(bedrock.requests().getFirst().raw())
          .doesNotContain("quarterly-77")
          .doesNotContain("123456789012");
      AuditEntry entry =
          dry.store().audit().ofIncident(report.incidentId()).stream()
              .filter(e -> e.kind().equals("DIAGNOSED"))
              .findFirst()
              .orElseThrow();
      assertThat(entry.data().at("/call/model").asText()).startsWith("us.anthropic.claude");
      assertThat(entry.data().at("/call/stopReason").asText()).isEqualTo("tool_use");
      assertThat(entry.data().at("/call/inputTokens").asInt()).isPositive();
    }
  }

  @Test
  void anAutomaticFixThatIsExplainedStaysWithinTwelveTransitions() {
    bedrock.answers(Answers.of("high"));
    try (Suite live = open(true)) {
      ObjectNode input = Json.object();
      input.set("event", event("evt-1", CHECK));
      input.set("run", Json.toTree(RunOptions.NONE));

      ExecutionResult result = live.execute("remediation", input);

      assertThat(live.store().incidents().ofExecution(result.executionArn()))
          .singleElement()
          .satisfies(record -> assertThat(record.outcome()).isEqualTo(Outcome.REMEDIATED));
      assertThat(result.transitions()).isLessThanOrEqualTo(12);
    }
  }

  @Test
  void lowConfidenceAsksForAYesWhereTheTierWouldNot() {
    bedrock.answers(Answers.of("low"));
    try (Suite live = open(true)) {
      IncidentReport report = run(live, event("evt-1", CHECK));

      assertThat(report.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
      assertThat(Objects.requireNonNull(report.decision()).notes())
          .singleElement()
          .asString()
          .contains("confidence");
      assertThat(proxy.writes()).isEmpty();
    }
  }

  @Test
  void aFixIsMadeWithoutClaudeWhereClaudeDoesNotAnswer() {
    bedrock.replies(BedrockReply.error(BedrockError.ACCESS_DENIED));
    try (Suite live = open(true)) {
      IncidentReport report = run(live, event("evt-1", CHECK));

      assertThat(report.outcome()).isEqualTo(Outcome.REMEDIATED);
      Diagnosis diagnosis = diagnosis(report);
      assertThat(diagnosis.origin()).isEqualTo(Origin.PLAYBOOK);
      assertThat(diagnosis.confidence()).isEqualTo(Confidence.high);
      assertThat(diagnosis.reason()).contains("AccessDeniedException");
    }
  }

  @Test
  void whatIsCompliantOrADuplicateIsNotAskedAbout() {
    bedrock.answers(Answers.of("high"));
    try (Suite live = open(true)) {
      assertThat(run(live, event("evt-1", CHECK)).outcome()).isEqualTo(Outcome.REMEDIATED);
      assertThat(run(live, event("evt-2", CHECK)).outcome()).isEqualTo(Outcome.ALREADY_COMPLIANT);
    }
    try (Suite dry = open(false)) {
      assertThat(run(dry, event("evt-3", "s3-bucket-block-public-access")).outcome())
          .isEqualTo(Outcome.PLANNED);
      assertThat(run(dry, event("evt-4", "s3-bucket-block-public-access")).outcome())
          .isEqualTo(Outcome.DUPLICATE);
    }
    assertThat(bedrock.requests()).hasSize(2);
  }

  @Test
  void aSuggestedPlaybookIsPlannedNeverAutomaticAndAppliedOnAYesWithoutAskingAgain() {
    bedrock.answers(Answers.suggesting(CHECK));
    try (Suite live = open(true)) {
      IncidentReport first = run(live, event("evt-1", "Objects cannot be brought back"));

      assertThat(first.outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
      assertThat(Objects.requireNonNull(first.decision()).mode()).isEqualTo(Mode.guided);
      assertThat(Objects.requireNonNull(first.change()).playbook()).isEqualTo(CHECK);
      assertThat(proxy.writes()).isEmpty();

      var yes = new RunOptions(List.of(first.change().hash()), false, "ana");
      IncidentReport second = run(live, event("evt-1", "Objects cannot be brought back"), yes);

      assertThat(second.outcome()).as("%s", second).isEqualTo(Outcome.REMEDIATED);
      assertThat(diagnosis(second).origin()).isEqualTo(Origin.CLAUDE);
      assertThat(bedrock.requests()).hasSize(1);
    }
  }

  @Test
  void aFindingThatNothingAnswersToIsExplainedOnce() {
    bedrock.answers(Answers.of("medium"));
    try (Suite dry = open(false)) {
      IncidentReport first = run(dry, event("evt-1", "Something of our own"));

      assertThat(first.outcome()).isEqualTo(Outcome.UNSUPPORTED);
      assertThat(diagnosis(first).rootCause()).isEqualTo("The cause, as Claude sees it.");
      assertThat(run(dry, event("evt-2", "Something of our own")).outcome())
          .isEqualTo(Outcome.DUPLICATE);
      assertThat(bedrock.requests()).hasSize(1);
    }
  }

  @Test
  void aSuggestionThatIsNoPlaybookForTheResourceIsNotFollowed() {
    bedrock.answers(Answers.suggesting("iam-password-policy"));
    try (Suite live = open(true)) {
      IncidentReport report = run(live, event("evt-1", "Passwords are weak"));

      assertThat(report.outcome()).isEqualTo(Outcome.UNSUPPORTED);
      assertThat(diagnosis(report).origin()).isEqualTo(Origin.PLAYBOOK);
      assertThat(proxy.writes()).isEmpty();
    }
  }

  @Test
  void withoutClaudeNothingIsSentAndThePlaybookExplains() {
    var target = new TargetAccount(Optional.of(proxy.endpoint()), Account.REGION, Optional.empty());
    var settings =
        new RunSettings(
            false, false, Optional.of(bedrock.endpoint()), Optional.empty(), Optional.empty());
    try (Suite dry =
        Suite.open(
            ProjectFiles.ofLauncher(), target, data, settings, new VirtualClock(Instant.now()))) {
      Diagnosis diagnosis = diagnosis(run(dry, event("evt-1", CHECK)));

      assertThat(diagnosis.origin()).isEqualTo(Origin.PLAYBOOK);
      assertThat(diagnosis.reason()).isNull();
      assertThat(diagnosis.rootCause()).isNotBlank();
      assertThat(bedrock.requests()).isEmpty();
    }
  }

  private Suite open(boolean live) {
    var target = new TargetAccount(Optional.of(proxy.endpoint()), Account.REGION, Optional.empty());
    var settings =
        new RunSettings(
            live, true, Optional.of(bedrock.endpoint()), Optional.empty(), Optional.empty());
    return Suite.open(
        ProjectFiles.ofLauncher(), target, data, settings, new VirtualClock(Instant.now()));
  }

  private static IncidentReport run(Suite suite, ObjectNode event) {
    return run(suite, event, RunOptions.NONE);
  }

  private static IncidentReport run(Suite suite, ObjectNode event, RunOptions options) {
    List<IncidentReport> reports = suite.run(Account.located(event), options);
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private static ObjectNode event(String id, String check) {
    return Account.vanta(id, check, ARN);
  }

  private static Diagnosis diagnosis(IncidentReport report) {
    return Objects.requireNonNull(report.diagnosis(), report.toString());
  }
}

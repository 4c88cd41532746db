package dev.cloudmend.diagnoser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.claude.AskLimits;
import dev.cloudmend.claude.Bedrock;
import dev.cloudmend.claude.Claude;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.UnusableAnswerException;
import dev.cloudmend.function.Settings;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A prompt of these tests, and Claude as they ask it. */
final class Asking {

  static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

  /** Short, so that a server that does not answer is given up within the test's time. */
  static final AskLimits QUICK =
      new AskLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          4,
          Duration.ofMillis(8));

  private Asking() {}

  /** A clock of which each reading is 250 ms after the last. */
  static Claude claude(FakeBedrock bedrock, AskLimits limits) {
    var nanos = new AtomicLong();
    return new Bedrock(
            "us-east-1", Optional.empty(), Optional.of(bedrock.endpoint()), Optional.of(MODEL))
        .open(limits, () -> nanos.getAndAdd(Duration.ofMillis(250).toNanos()));
  }

  static Settings settings(Optional<URI> endpoint, boolean asksClaude) {
    return new Settings(
        false,
        "us-east-1",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "audit",
        "state",
        endpoint,
        asksClaude,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  static Prompt<Diagnosis> prompt() {
    return new Prompt<>(
        "test-1",
        "You explain findings of a compliance tool to a reviewer.",
        "The bucket payroll-archive-of-acme is public.",
        new Prompt.Tool("diagnose", "Says what a reviewer is told.", schema()),
        1_800,
        Asking::read);
  }

  static JsonNode schema() {
    return Json.parse(
        """
        {"type": "object",
         "properties": {
           "rootCause": {"type": "string", "maxLength": 600},
           "confidence": {"enum": ["high", "medium", "low"]},
           "suggestedPlaybook": {"type": ["string", "null"], "default": null},
           "weight": {"type": "number", "minimum": 0.125, "multipleOf": 1e-3}},
         "required": ["rootCause", "confidence"],
         "additionalProperties": false}
        """);
  }

  static ObjectNode answer() {
    return Json.object()
        .put("rootCause", "Nobody turned it off.")
        .put("confidence", Confidence.medium.name());
  }

  static Diagnosis read(JsonNode input) {
    if (!input.path("rootCause").isTextual()) {
      throw new UnusableAnswerException("the answer has no rootCause");
    }
    return new Diagnosis(
        Origin.CLAUDE,
        input.path("rootCause").asText(),
        "impact",
        "explanation",
        List.of("an upload"),
        List.of(),
        Confidence.valueOf(input.path("confidence").asText()),
        List.of("reasons"),
        input.path("suggestedPlaybook").textValue(),
        null,
        null);
  }
}

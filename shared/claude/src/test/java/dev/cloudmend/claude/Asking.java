package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A prompt of these tests, and Claude as they ask it. */
final class Asking {

  static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  static final String SYSTEM = "You explain findings of a compliance tool to a reviewer.";
  static final String USER = "The bucket payroll-archive-of-acme is public. TOP-SECRET-MARK";

  /** Short, so that a server that does not answer is given up within the test's time. */
  static final AskLimits QUICK =
      new AskLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          4,
          Duration.ofMillis(8));

  private Asking() {}

  /** What these tests ask for. */
  record Told(String rootCause, Sure confidence) {}

  enum Sure {
    high,
    medium,
    low
  }

  /** A clock of which each reading is 250 ms after the last. */
  static Claude claude(FakeBedrock bedrock, AskLimits limits) {
    return claude(bedrock.endpoint(), limits);
  }

  static Claude claude(URI endpoint, AskLimits limits) {
    var nanos = new AtomicLong();
    return bedrock(endpoint).open(limits, () -> nanos.getAndAdd(Duration.ofMillis(250).toNanos()));
  }

  static Bedrock bedrock(URI endpoint) {
    return new Bedrock("us-east-1", Optional.empty(), Optional.of(endpoint), Optional.of(MODEL));
  }

  static Prompt<Told> prompt() {
    return prompt(Asking::read);
  }

  static Prompt<Told> prompt(AnswerReader<Told> answers) {
    return new Prompt<>(
        "test-1",
        SYSTEM,
        USER,
        new Prompt.Tool("diagnose", "Says what a reviewer is told.", schema()),
        1_800,
        answers);
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
    return Json.object().put("rootCause", "Nobody turned it off.").put("confidence", "medium");
  }

  static Told read(JsonNode input) {
    if (!input.path("rootCause").isTextual()) {
      throw new UnusableAnswerException("the answer has no rootCause");
    }
    return new Told(
        input.path("rootCause").asText(), Sure.valueOf(input.path("confidence").asText()));
  }
}

package dev.cloudmend.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.claude.Claude.Reply;
import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.BedrockRequest;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked, and what of an answer is taken; the faults on the way are in FaultsTest. */
class ClaudeTest {

  private final FakeBedrock bedrock = FakeBedrock.start();
  private final Claude claude = Asking.claude(bedrock, Asking.QUICK);

  @AfterEach
  void stop() {
    claude.close();
    bedrock.close();
  }

  @Test
  void theForcedToolIsAskedForWithTheFixedPartCachedAndTheOutputBounded() {
    bedrock.replies(BedrockReply.toolAnswer(Asking.answer()));

    claude.ask(Asking.prompt());

    BedrockRequest request = bedrock.requests().getFirst();
    assertThat(request.path())
        .isEqualTo("/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse");
    assertThat(request.modelId()).isEqualTo(Asking.MODEL);
    assertThat(request.body())
        .isEqualTo(
            Json.parse(
                """
                {"messages": [{"role": "user", "content": [{"text": "%s"}]}],
                 "system": [{"text": "%s"}, {"cachePoint": {"type": "default"}}],
                 "inferenceConfig": {"maxTokens": 1800, "temperature": 0.0},
                 "toolConfig": {
                   "tools": [{"toolSpec": {
                     "name": "diagnose",
                     "description": "Says what a reviewer is told.",
                     "inputSchema": {"json": %s}}}],
                   "toolChoice": {"tool": {"name": "diagnose"}}}}
                """
                    .formatted(Asking.USER, Asking.SYSTEM, Asking.schema())));
    assertThat(request.raw()).contains(Asking.schema().toString());
  }

  @Test
  void anAnswerComesWithWhatItTook() {
    bedrock.replies(BedrockReply.toolAnswer(Asking.answer()));

    Reply<Asking.Told> reply = claude.ask(Asking.prompt());

    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Answered.class,
            answered -> {
              assertThat(answered.answer())
                  .isEqualTo(new Asking.Told("Nobody turned it off.", Asking.Sure.medium));
              assertThat(answered.call())
                  .isEqualTo(
                      new ModelCall(
                          Asking.MODEL,
                          "test-1",
                          Asking.prompt().question(Asking.MODEL),
                          1,
                          250,
                          FakeBedrock.INPUT_TOKENS,
                          FakeBedrock.OUTPUT_TOKENS,
                          FakeBedrock.CACHE_READ_TOKENS,
                          FakeBedrock.CACHE_WRITE_TOKENS,
                          "tool_use"));
            });
  }

  @Test
  void theReaderSeesTheInputAsItWasWritten() {
    JsonNode input =
        Json.parse("{\"n\": 12, \"d\": 0.10, \"big\": 123456789012345678901234567890, \"l\": []}");
    var seen = new AtomicReference<JsonNode>();
    bedrock.replies(BedrockReply.toolAnswer(input));

    claude.ask(
        Asking.prompt(
            read -> {
              seen.set(read);
              throw new UnusableAnswerException("enough");
            }));

    assertThat(seen.get()).isEqualTo(input);
  }

  @Test
  void wordsBesideTheOneToolCallDoNoHarm() {
    bedrock.replies(BedrockReply.proseAndTool("Let me see.", Asking.answer()));

    assertThat(claude.ask(Asking.prompt())).isInstanceOf(Reply.Answered.class);
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        arguments(BedrockReply.prose("It is TOP-SECRET-MARK"), "Claude answered in prose"),
        arguments(
            BedrockReply.twoToolCalls(Asking.answer(), Asking.answer()),
            "Claude called 2 tools in place of one"),
        arguments(
            new BedrockReply.Message("tool_use", request -> List.of()),
            "Claude called 0 tools in place of one"),
        arguments(
            BedrockReply.otherTool("delete_bucket", Asking.answer()),
            "Claude called another tool than it was to"),
        arguments(
            BedrockReply.stopped("max_tokens", Asking.answer()),
            "the answer was cut off at the output limit"),
        arguments(
            BedrockReply.stopped("refusal", Asking.answer()),
            "Claude declined to answer (refusal)"),
        arguments(
            BedrockReply.stopped("content_filtered", Asking.answer()),
            "a content filter held the answer back (content_filtered)"),
        arguments(
            BedrockReply.stopped("guardrail_intervened", Asking.answer()),
            "a guardrail held the answer back (guardrail_intervened)"),
        arguments(
            BedrockReply.stopped("model_context_window_exceeded", Asking.answer()),
            "Claude stopped for another reason than the tool (model_context_window_exceeded)"));
  }

  @Test
  void aForcedCallThatEndsTheTurnIsTaken() {
    bedrock.replies(BedrockReply.stopped("end_turn", Asking.answer()));

    assertThat(claude.ask(Asking.prompt())).isInstanceOf(Reply.Answered.class);
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void whatIsNotTheOneToolCallIsNotTakenAndNotAskedAgain(
      BedrockReply.Message answer, String reason) {
    bedrock.replies(answer);

    Reply.Unusable<Asking.Told> reply = unusable(Asking::read);

    assertThat(reply.reason()).isEqualTo(reason);
    assertThat(reply.call().stopReason()).isEqualTo(answer.stopReason());
    assertThat(reply.call().outputTokens()).isEqualTo(FakeBedrock.OUTPUT_TOKENS);
    assertThat(bedrock.requests()).hasSize(1);
  }

  @Test
  void aToolCallWithoutInputIsNotTaken() {
    bedrock.replies(
        new BedrockReply.Raw(
            """
            {"output": {"message": {"role": "assistant", "content": [
               {"toolUse": {"toolUseId": "1", "name": "diagnose"}}]}},
             "stopReason": "tool_use"}
            """));

    Reply.Unusable<Asking.Told> reply = unusable(Asking::read);

    assertThat(reply.reason()).isEqualTo("Claude called the tool without an input");
    assertThat(reply.call().inputTokens()).isZero();
  }

  @Test
  void whyTheReaderRefusesIsTheReason() {
    bedrock.replies(BedrockReply.toolAnswer(Json.object().put("cause", "unknown")));

    assertThat(unusable(Asking::read).reason()).isEqualTo("the answer has no rootCause");
  }

  @Test
  void aReaderThatFailsTellsNothingOfTheAnswer() {
    bedrock.replies(BedrockReply.toolAnswer(Asking.answer().put("confidence", "TOP-SECRET-MARK")));

    assertThat(unusable(Asking::read).reason())
        .isEqualTo("the answer could not be read (IllegalArgumentException)");
  }

  @Test
  void aStopReasonFromTheWireIsBoundedAndHarmless() {
    bedrock.replies(BedrockReply.stopped("\u001b[31m" + "x".repeat(100_000), Asking.answer()));

    Reply.Unusable<Asking.Told> reply = unusable(Asking::read);

    assertThat(Objects.requireNonNull(reply.call().stopReason()))
        .startsWith("\\u001b[31mx")
        .hasSizeLessThan(100);
    assertThat(reply.reason()).doesNotContain("\u001b").hasSizeLessThan(200);
  }

  private Reply.Unusable<Asking.Told> unusable(AnswerReader<Asking.Told> answers) {
    return (Reply.Unusable<Asking.Told>) claude.ask(Asking.prompt(answers));
  }
}

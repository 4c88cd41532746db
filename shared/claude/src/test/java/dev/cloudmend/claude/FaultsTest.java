package dev.cloudmend.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudmend.claude.Claude.Reply;
import dev.cloudmend.testing.bedrock.BedrockError;
import dev.cloudmend.testing.bedrock.BedrockReply;
import dev.cloudmend.testing.bedrock.FakeBedrock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The service and the network at their worst: every question still has a reply, and in time. */
@Timeout(60)
class FaultsTest {

  private static final BedrockReply.Message ANSWER = BedrockReply.toolAnswer(Asking.answer());

  private final FakeBedrock bedrock = FakeBedrock.start();

  @AfterEach
  void stop() {
    bedrock.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = BedrockError.class,
      names = {
        "THROTTLING",
        "MODEL_NOT_READY",
        "SERVICE_UNAVAILABLE",
        "INTERNAL_SERVER",
        "MODEL_TIMEOUT",
        "MODEL_ERROR"
      })
  void whatPassesIsWaitedFor(BedrockError error) {
    bedrock.fails(error, 3);
    bedrock.replies(ANSWER);

    Reply<Asking.Told> reply = ask(Asking.QUICK);

    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Answered.class,
            answered ->
                assertThat(answered.call())
                    .satisfies(call -> assertThat(call.attempts()).isEqualTo(4)));
    assertThat(bedrock.requests()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLING, throttled (ThrottlingException)",
    "MODEL_NOT_READY, the model was not ready (ModelNotReadyException)",
    "SERVICE_UNAVAILABLE, Bedrock failed (ServiceUnavailableException)",
    "INTERNAL_SERVER, Bedrock failed (InternalServerException)",
    "MODEL_TIMEOUT, the model took too long (ModelTimeoutException)",
    "MODEL_ERROR, the model failed (ModelErrorException)"
  })
  void whatDoesNotPassIsGivenUp(BedrockError error, String reason) {
    bedrock.fails(error, 1);

    Reply.Unusable<Asking.Told> reply = unusable(Asking.QUICK);

    assertThat(reply.reason()).isEqualTo(reason + "; gave up after 4 attempts in 0 s");
    assertThat(reply.call().attempts()).isEqualTo(4);
    assertThat(bedrock.requests()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACCESS_DENIED | no access to the model us.anthropic.claude-sonnet-4-5-20250929-v1:0: enable"
            + " it in Bedrock's model access, and allow bedrock:InvokeModel (AccessDeniedException:"
            + " The server of the test answers AccessDeniedException)",
        "RESOURCE_NOT_FOUND | the model us.anthropic.claude-sonnet-4-5-20250929-v1:0 is not there"
            + " for this account and region (ResourceNotFoundException: The server of the test"
            + " answers ResourceNotFoundException)",
        "VALIDATION | Bedrock refused the question to the model"
            + " us.anthropic.claude-sonnet-4-5-20250929-v1:0 (ValidationException: The server of the"
            + " test answers ValidationException)"
      })
  void whatWillNotPassIsNotTriedAgain(BedrockError error, String reason) {
    bedrock.fails(error, 1);

    assertThat(unusable(Asking.QUICK).reason()).isEqualTo(reason);
    assertThat(bedrock.requests()).hasSize(1);
  }

  @Test
  void aServiceThatRepeatsThePromptIsNotQuoted() {
    bedrock.replies(
        new BedrockReply.Failure(
            BedrockError.VALIDATION, "messages.0: '" + Asking.USER + "' is not valid"));

    assertThat(unusable(Asking.QUICK).reason())
        .endsWith("(ValidationException)")
        .doesNotContain("payroll");
  }

  @Test
  void whatTheServiceSaysIsBoundedAndHarmless() {
    bedrock.replies(
        new BedrockReply.Failure(
            BedrockError.ACCESS_DENIED, "\u001b]0;\u202e" + "x".repeat(100_000)));

    assertThat(unusable(Asking.QUICK).reason()).contains("\\u001b]0;\\u202ex").hasSizeLessThan(600);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments(new BedrockReply.Cut(), "no readable answer (SocketException)"),
        arguments(new BedrockReply.CutHalfWay(ANSWER), "no readable answer (IOException)"),
        arguments(new BedrockReply.Raw("<html>"), "no readable answer (JsonParseException)"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenAnswerIsAskedForAgain(BedrockReply broken) {
    bedrock.replies(broken, ANSWER);

    assertThat(ask(Asking.QUICK)).isInstanceOf(Reply.Answered.class);
    assertThat(bedrock.requests()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void answersThatStayBrokenAreGivenUp(BedrockReply broken, String reason) {
    bedrock.replies(broken);

    assertThat(unusable(Asking.QUICK).reason())
        .isEqualTo(reason + "; gave up after 4 attempts in 0 s");
    assertThat(bedrock.requests()).hasSize(4);
  }

  @Test
  void aKeptConnectionThatIsCutCountsAsOneAttempt() {
    bedrock.replies(ANSWER, new BedrockReply.Cut(), ANSWER);
    try (Claude claude = Asking.claude(bedrock, Asking.QUICK)) {
      claude.ask(Asking.prompt());

      assertThat(claude.ask(Asking.prompt()))
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered ->
                  assertThat(answered.call())
                      .satisfies(call -> assertThat(call.attempts()).isEqualTo(2)));
    }
    assertThat(bedrock.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"''", "{}"})
  void anEmptyAnswerIsNone(String body) {
    bedrock.replies(new BedrockReply.Raw(body));

    assertThat(unusable(Asking.QUICK).reason()).isEqualTo("the answer was empty");
    assertThat(bedrock.requests()).hasSize(1);
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() {
    bedrock.replies(BedrockReply.huge(4 * CallWatch.MOST_BYTES));

    assertThat(unusable(Asking.QUICK).reason())
        .isEqualTo("the answer was longer than any that was asked for");
    assertThat(bedrock.requests()).hasSize(1);
  }

  static Stream<BedrockReply> stalling() {
    return Stream.of(
        new BedrockReply.Silence(),
        new BedrockReply.StallHalfWay(ANSWER),
        new BedrockReply.Trickle(ANSWER, Duration.ofMillis(500)));
  }

  @ParameterizedTest
  @MethodSource("stalling")
  void aServerThatDoesNotComeToAnEndIsGivenUpAtTheTotal(BedrockReply stalling) {
    bedrock.replies(stalling);

    Reply.Unusable<Asking.Told> reply =
        unusable(limits(Duration.ofSeconds(1), Duration.ofMinutes(5)));

    assertThat(reply.reason()).isEqualTo("no answer in time; gave up after 1 attempt in 0 s");
    assertThat(bedrock.requests()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("stalling")
  void anAttemptThatDoesNotComeToAnEndIsFollowedByAnother(BedrockReply stalling) {
    bedrock.replies(stalling, ANSWER);

    Reply<Asking.Told> reply = ask(limits(Duration.ofMinutes(5), Duration.ofSeconds(1)));

    assertThat(reply).isInstanceOf(Reply.Answered.class);
    assertThat(bedrock.requests()).hasSize(2);
  }

  @Test
  void aClientThatOverlooksItsTimeOutsIsLeftAtTheTotal() {
    bedrock.replies(new BedrockReply.Silence());
    AskLimits none = limits(Duration.ofMinutes(5), Duration.ofMinutes(5));
    try (var claude =
        new Claude(
            BedrockClients.open(Asking.bedrock(bedrock.endpoint()), none),
            Duration.ofMillis(500),
            Asking.MODEL,
            System::nanoTime)) {
      assertThat(claude.ask(Asking.prompt()))
          .isInstanceOfSatisfying(
              Reply.Unusable.class,
              reply -> assertThat(reply.reason()).startsWith("no answer in time; gave up after 1"));
    }
  }

  @Test
  void aServerThatIsNotThereIsAReasonToo() {
    bedrock.close();

    assertThat(unusable(Asking.QUICK).reason())
        .isEqualTo("no readable answer (ConnectException); gave up after 4 attempts in 0 s");
  }

  @Test
  void aClientThatIsClosedIsAReasonToo() {
    Claude claude = Asking.claude(bedrock, Asking.QUICK);
    claude.close();

    assertThat(claude.ask(Asking.prompt()))
        .isInstanceOfSatisfying(
            Reply.Unusable.class,
            reply ->
                assertThat(reply.reason()).isEqualTo("asking failed (RejectedExecutionException)"));
  }

  private static AskLimits limits(Duration total, Duration attempt) {
    return new AskLimits(total, attempt, Duration.ofSeconds(2), 4, Duration.ofMillis(8));
  }

  private Reply<Asking.Told> ask(AskLimits limits) {
    try (Claude claude = Asking.claude(bedrock, limits)) {
      return claude.ask(Asking.prompt());
    }
  }

  private Reply.Unusable<Asking.Told> unusable(AskLimits limits) {
    return (Reply.Unusable<Asking.Told>) ask(limits);
  }
}

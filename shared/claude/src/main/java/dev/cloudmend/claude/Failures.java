package dev.cloudmend.claude;

import dev.cloudmend.model.Diagnosis.ModelCall;
import dev.cloudmend.model.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the SDK throws at a question, as the reason that a reviewer reads. */
final class Failures {

  private static final int LONGEST = 200;

  /** This many characters in a row that were sent are no coincidence. */
  private static final int ECHO = 20;

  /** Their own messages may repeat the signed request. */
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "RequestExpired",
          "UnrecognizedClientException");

  private final Prompt<?> prompt;

  Failures(Prompt<?> prompt) {
    this.prompt = prompt;
  }

  /** The reason, without the prompt's words. */
  String reason(RuntimeException thrown, ModelCall call) {
    if (inChain(thrown, CallWatch.TooLongException.class).isPresent()) {
      return "the answer was longer than any that was asked for";
    }
    return switch (thrown) {
      case AwsServiceException e -> ofService(e, call);
      case ApiCallTimeoutException e -> "no answer in time" + gaveUp(call);
      case ApiCallAttemptTimeoutException e -> "no answer in time" + gaveUp(call);
      case SdkClientException e -> ofClient(e, call);
      default -> "asking failed (" + thrown.getClass().getSimpleName() + ")";
    };
  }

  private String ofService(AwsServiceException e, ModelCall call) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
    String code =
        details
            .map(AwsErrorDetails::errorCode)
            .filter(text -> !text.isBlank())
            .map(text -> Text.shown(text, 80))
            .orElse("HTTP status " + e.statusCode());
    String said = code + details.map(AwsErrorDetails::errorMessage).map(this::shown).orElse("");
    if (BAD_CREDENTIALS.contains(code)) {
      return "the AWS credentials are expired or not valid (" + code + ")";
    }
    if (e.isThrottlingException() || e.statusCode() == 429) {
      return code.equals("ModelNotReadyException")
          ? "the model was not ready (" + code + ")" + gaveUp(call)
          : "throttled (" + code + ")" + gaveUp(call);
    }
    if (e.statusCode() >= 500) {
      return "Bedrock failed (" + code + ")" + gaveUp(call);
    }
    return switch (e.statusCode()) {
      case 403 ->
          "no access to the model %s: enable it in Bedrock's model access, and allow bedrock:InvokeModel (%s)"
              .formatted(call.model(), said);
      case 404 ->
          "the model %s is not there for this account and region (%s)"
              .formatted(call.model(), said);
      case 408 -> "the model took too long (" + code + ")" + gaveUp(call);
      case 424 -> "the model failed (" + code + ")" + gaveUp(call);
      default -> "Bedrock refused the question to the model %s (%s)".formatted(call.model(), said);
    };
  }

  private static String ofClient(SdkClientException e, ModelCall call) {
    if (call.attempts() == 0) {
      return "nothing was sent: " + Text.shown(String.valueOf(e.getMessage()), LONGEST);
    }
    return inChain(e, IOException.class)
        .map(
            cause -> "no readable answer (" + cause.getClass().getSimpleName() + ")" + gaveUp(call))
        .orElse("the answer could not be read (" + e.getClass().getSimpleName() + ")");
  }

  private static String gaveUp(ModelCall call) {
    return "; gave up after %d %s in %d s"
        .formatted(
            call.attempts(),
            call.attempts() == 1 ? "attempt" : "attempts",
            Math.round(call.millis() / 1000.0));
  }

  /** What the service says, unless it repeats what it was asked. */
  private String shown(String message) {
    String bounded = message.substring(0, Math.min(message.length(), LONGEST));
    boolean echoes =
        IntStream.rangeClosed(0, bounded.length() - ECHO)
            .mapToObj(at -> bounded.substring(at, at + ECHO))
            .anyMatch(part -> prompt.user().contains(part) || prompt.system().contains(part));
    return echoes ? "" : ": " + Text.shown(message, LONGEST);
  }

  private static <T extends Throwable> Optional<T> inChain(Throwable thrown, Class<T> type) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }
}

package dev.cloudmend.aws;

import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the SDK throws, in our own words. */
final class CallErrors {

  private static final int LONGEST = 500;

  // Their own messages may repeat the signed request, so ours stand instead.
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "NotSignedUp",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess");

  private static final Set<String> THROTTLED = Set.of("SlowDown", "RequestLimitExceeded");

  /** The code of what the SDK itself could not do, such as reading the answer. */
  private static final String CLIENT_ERROR = "ClientError";

  private static final String ENCODED = "Encoded authorization failure message";

  private CallErrors() {}

  /** The exception to throw for what a call of the SDK threw. */
  static AwsCallException of(ApiCall call, RuntimeException thrown) {
    Optional<TargetCredentials.MissingException> missing =
        inChain(thrown, TargetCredentials.MissingException.class);
    if (missing.isPresent()) {
      return new AwsCallException(
          Kind.ACCESS_DENIED,
          "MissingCredentials",
          call,
          "there are no AWS credentials, or they cannot be loaded; sign in, name a profile, or set"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          missing.get());
    }
    Optional<AwsCallException> ofRole = inChain(thrown, AwsCallException.class);
    if (ofRole.isPresent()) {
      // The credentials ended meanwhile, and the role could not be taken again.
      return ofRole.get();
    }
    return switch (thrown) {
      case ReadOnlyGuard.RefusedException e ->
          new AwsCallException(
              Kind.REFUSED, Kind.REFUSED.name(), call, e.getMessage() + "; nothing was sent");
      case AwsServiceException e -> ofService(call, e);
      case SdkClientException e -> ofClient(call, e);
      default -> new AwsCallException(Kind.SERVICE, CLIENT_ERROR, call, text(thrown), thrown);
    };
  }

  private static AwsCallException ofService(ApiCall call, AwsServiceException e) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
    Optional<String> code = details.map(AwsErrorDetails::errorCode).filter(text -> !text.isBlank());
    if (code.filter(BAD_CREDENTIALS::contains).isPresent()) {
      return new AwsCallException(
          Kind.ACCESS_DENIED,
          code.get(),
          call,
          "the AWS credentials are expired or not valid (or this machine's clock is wrong); sign"
              + " in again or check the profile");
    }
    Kind kind = kind(e, code.orElse(""));
    return new AwsCallException(
        kind, code.orElseGet(() -> codeOfStatus(call, e.statusCode(), kind)), call, message(e), e);
  }

  private static Kind kind(AwsServiceException e, String code) {
    if (e.isThrottlingException() || e.statusCode() == 429 || THROTTLED.contains(code)) {
      return Kind.THROTTLED;
    }
    if (DENIED.contains(code) || e.statusCode() == 403) {
      return Kind.ACCESS_DENIED;
    }
    return e.statusCode() >= 500 ? Kind.UNREACHABLE : Kind.SERVICE;
  }

  // An answer to a HEAD request has no body, so the status has to do.
  private static String codeOfStatus(ApiCall call, int status, Kind kind) {
    return switch (status) {
      case 301 -> "PermanentRedirect";
      case 403 -> "AccessDenied";
      case 404 -> call.operation().equals("HeadBucket") ? "NoSuchBucket" : "NotFound";
      default -> kind.name();
    };
  }

  private static String message(AwsServiceException e) {
    String text =
        Optional.ofNullable(e.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .filter(message -> !message.isBlank())
            .orElse("the service answered with HTTP status " + e.statusCode());
    int encoded = text.indexOf(ENCODED);
    return Text.shown(encoded < 0 ? text : text.substring(0, encoded).strip(), LONGEST);
  }

  private static AwsCallException ofClient(ApiCall call, SdkClientException e) {
    if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
      return new AwsCallException(
          Kind.UNREACHABLE, Kind.UNREACHABLE.name(), call, "no answer in time", e);
    }
    if (e instanceof AbortedException || inChain(e, IOException.class).isPresent()) {
      return new AwsCallException(
          Kind.UNREACHABLE, Kind.UNREACHABLE.name(), call, "no answer: " + text(e), e);
    }
    return new AwsCallException(Kind.SERVICE, CLIENT_ERROR, call, text(e), e);
  }

  private static String text(Throwable e) {
    String own = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    return Text.shown(own, LONGEST);
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

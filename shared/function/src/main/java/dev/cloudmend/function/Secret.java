package dev.cloudmend.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.SecretException.Kind;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * What a Secrets Manager secret holds.
 *
 * <p>It is read when it is needed first and again after some minutes: a snapshot of the function
 * holds none, and a new one is found without a new deployment. What cannot be read or understood is
 * not kept.
 *
 * @param <T> what it is understood as
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class Secret<T> {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Pattern CODE =
      Pattern.compile("\"__type\"\\s*:\\s*\"(?:[^\"#]{0,120}#)?([A-Za-z]{1,60})\"");

  private final Arn arn;
  private final Optional<URI> endpoint;
  private final Clock clock;
  private final String expected;
  private final Function<ObjectNode, T> form;
  private Optional<T> kept = Optional.empty();
  private Instant goodUntil = Instant.MIN;

  /**
   * Reads nothing yet.
   *
   * @param endpoint a Secrets Manager to ask instead of AWS's
   * @param expected what it has to hold, for the message of who put something else there
   * @param form understands the JSON object that it holds; throws an IllegalArgumentException or a
   *     ModelException where that is something else
   */
  public Secret(
      Arn arn, Optional<URI> endpoint, Clock clock, String expected, Function<ObjectNode, T> form) {
    this.arn = arn;
    this.endpoint = endpoint;
    this.clock = clock;
    this.expected = expected;
    this.form = form;
  }

  /**
   * The ARN of a secret.
   *
   * @param setting the name of the setting, for the message
   * @throws ModelException when the text is none
   */
  public static Arn arn(String setting, String text) {
    try {
      Arn arn = Arn.parse(text);
      if (arn.service().equals("secretsmanager") && !arn.region().isEmpty()) {
        return arn;
      }
    } catch (ModelException e) {
      throw new ModelException(setting + ": " + e.getMessage(), e);
    }
    throw new ModelException(setting + " is not the ARN of a Secrets Manager secret");
  }

  /**
   * What it held at most five minutes ago.
   *
   * @throws SecretException when it cannot be read or understood
   */
  public synchronized T value() {
    return kept.filter(k -> !clock.instant().isAfter(goodUntil)).orElseGet(this::renewed);
  }

  /**
   * What it holds now, for who found that the other is no longer taken.
   *
   * @throws SecretException as above
   */
  public synchronized T renewed() {
    Instant now = clock.instant();
    T read = read();
    kept = Optional.of(read);
    goodUntil = now.plus(KEPT);
    return read;
  }

  private T read() {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.orElseGet(this::ofAws))
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
            .build();
    ObjectNode body = Json.object().put("SecretId", arn.toString());
    SignedRequest.Answer answer;
    try {
      answer = new SignedRequest("secretsmanager", arn.region()).send(request, body.toString());
    } catch (SdkClientException e) {
      throw new SecretException(
          Kind.ACCESS_DENIED, "MissingCredentials", "there are no AWS credentials");
    }
    if (!answer.isGood()) {
      throw refused(answer);
    }
    return parse(answer.text());
  }

  private URI ofAws() {
    String suffix = PartitionMetadata.of(Region.of(arn.region())).dnsSuffix();
    return URI.create("https://secretsmanager.%s.%s".formatted(arn.region(), suffix));
  }

  private SecretException refused(SignedRequest.Answer answer) {
    Matcher found = CODE.matcher(answer.text());
    String code = answer.status() == 0 ? answer.text() : "HTTP status " + answer.status();
    if (answer.status() != 0 && found.find()) {
      code = found.group(1);
    }
    Kind kind =
        switch (code) {
          case "ThrottlingException", "TooManyRequestsException" -> Kind.THROTTLED;
          case "AccessDeniedException" -> Kind.ACCESS_DENIED;
          default -> answer.mayPass() ? Kind.UNREACHABLE : Kind.INVALID;
        };
    return new SecretException(kind, code, arn + " cannot be read");
  }

  // What it holds never becomes part of a message, also where it cannot be understood.
  private T parse(String answer) {
    try {
      return form.apply(Json.parseObject(Json.parse(answer).path("SecretString").asText()));
    } catch (ModelException | IllegalArgumentException e) {
      throw new SecretException(Kind.INVALID, "NotUnderstood", arn + " does not hold " + expected);
    }
  }
}

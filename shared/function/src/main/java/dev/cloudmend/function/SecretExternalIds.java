package dev.cloudmend.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.aws.ExternalIds;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * External ids in a Secrets Manager secret: a JSON object, account to external id.
 *
 * <p>It is read when the first id is needed and again after some minutes: a snapshot of the
 * function holds none, and a new id is found without a new deployment.
 */
final class SecretExternalIds implements ExternalIds {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");
  private static final Pattern CODE =
      Pattern.compile("\"__type\"\\s*:\\s*\"(?:[^\"#]{0,120}#)?([A-Za-z]{1,60})\"");

  private final Arn secret;
  private final Optional<URI> endpoint;
  private final Clock clock;
  private Map<String, String> ids = Map.of();
  private Instant goodUntil = Instant.MIN;

  /**
   * Reads nothing yet.
   *
   * @param secret the secret's ARN
   * @param endpoint a Secrets Manager to ask instead of AWS's
   */
  SecretExternalIds(Arn secret, Optional<URI> endpoint, Clock clock) {
    this.secret = secret;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  @Override
  public synchronized Optional<String> of(String account) {
    Instant now = clock.instant();
    if (now.isAfter(goodUntil)) {
      ids = read();
      goodUntil = now.plus(KEPT);
    }
    return Optional.ofNullable(ids.get(account));
  }

  private Map<String, String> read() {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.orElseGet(this::ofAws))
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
            .build();
    ObjectNode body = Json.object().put("SecretId", secret.toString());
    SignedRequest.Answer answer;
    try {
      answer = new SignedRequest("secretsmanager", secret.region()).send(request, body.toString());
    } catch (SdkClientException e) {
      throw failure(Kind.ACCESS_DENIED, "MissingCredentials", "there are no AWS credentials");
    }
    if (!answer.isGood()) {
      throw refused(answer);
    }
    return parse(answer.text());
  }

  private URI ofAws() {
    String suffix = PartitionMetadata.of(Region.of(secret.region())).dnsSuffix();
    return URI.create("https://secretsmanager.%s.%s".formatted(secret.region(), suffix));
  }

  private AwsCallException refused(SignedRequest.Answer answer) {
    Matcher found = CODE.matcher(answer.text());
    String code = answer.status() == 0 ? answer.text() : "HTTP status " + answer.status();
    if (answer.status() != 0 && found.find()) {
      code = found.group(1);
    }
    Kind kind =
        switch (code) {
          case "ThrottlingException", "TooManyRequestsException" -> Kind.THROTTLED;
          case "AccessDeniedException" -> Kind.ACCESS_DENIED;
          default -> answer.mayPass() ? Kind.UNREACHABLE : Kind.SERVICE;
        };
    return failure(kind, code, secret + " cannot be read");
  }

  // What the secret holds never becomes part of a message, also where it cannot be understood.
  private Map<String, String> parse(String answer) {
    var all = new HashMap<String, String>();
    try {
      JsonNode secretText = Json.parse(answer).path("SecretString");
      for (Map.Entry<String, JsonNode> entry : Json.parseObject(secretText.asText()).properties()) {
        if (!entry.getValue().isTextual() || !ID.matcher(entry.getValue().asText()).matches()) {
          throw invalid();
        }
        all.put(Arn.checkAccount(entry.getKey()), entry.getValue().asText());
      }
    } catch (ModelException e) {
      throw invalid();
    }
    return Map.copyOf(all);
  }

  private AwsCallException invalid() {
    return failure(
        Kind.SERVICE,
        "NoExternalIds",
        secret
            + " does not hold a JSON object of accounts (twelve digits) and external ids (2 to 1224"
            + " letters, digits and _ + = , . @ : / -)");
  }

  private AwsCallException failure(Kind kind, String code, String message) {
    var call = new ApiCall("secretsmanager", "GetSecretValue", secret.region(), Json.object());
    return new AwsCallException(kind, code, call, message);
  }
}

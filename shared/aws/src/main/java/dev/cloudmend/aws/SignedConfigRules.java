package dev.cloudmend.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Asks AWS Config itself, with one signed request: its client would make the function larger than
 * Lambda takes. The one operation that this can send is {@code DescribeConfigRules}, a read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigRules.html">DescribeConfigRules</a>
 */
final class SignedConfigRules implements ConfigRules {

  private static final String SERVICE = "config";
  private static final String OPERATION = "DescribeConfigRules";
  private static final String GONE = "NoSuchConfigRuleException";
  private static final int MOST_BYTES = 1_048_576;

  private final AwsConnection connection;
  private final CallLimits limits;
  private final AccountReaders accounts;

  SignedConfigRules(AwsConnection connection, CallLimits limits, AccountReaders accounts) {
    this.connection = connection;
    this.limits = limits;
    this.accounts = accounts;
  }

  private record Answer(int status, String body) {}

  @Override
  public Optional<String> managedRule(String account, String region, String name) {
    ObjectNode parameters = Json.object();
    parameters.putArray("ConfigRuleNames").add(name);
    var call = new ApiCall(SERVICE, OPERATION, region, parameters);
    try {
      return managedRule(read(call, send(call, account)), name);
    } catch (RuntimeException e) {
      AwsCallException told = CallErrors.of(call, e);
      if (told.code().equals(GONE)) {
        return Optional.empty();
      }
      throw told;
    }
  }

  private static Optional<String> managedRule(JsonNode answer, String name) {
    for (JsonNode rule : answer.path("ConfigRules")) {
      JsonNode source = rule.path("Source");
      if (rule.path("ConfigRuleName").asText().equals(name)
          && source.path("Owner").asText().equals("AWS")) {
        return Optional.of(source.path("SourceIdentifier").asText())
            .filter(identifier -> !identifier.isBlank());
      }
    }
    return Optional.empty();
  }

  private Answer send(ApiCall call, String account) {
    ContentStreamProvider body =
        () ->
            new ByteArrayInputStream(
                Json.write(call.parameters()).getBytes(StandardCharsets.UTF_8));
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(connection.endpoint().orElseGet(() -> ofAws(call.region())))
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "StarlingDoveService." + OPERATION)
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                s ->
                    s.identity(accounts.credentials(account))
                        .request(request)
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, call.region()))
            .request();
    return send(HttpExecuteRequest.builder().request(signed).contentStreamProvider(body).build());
  }

  private Answer send(HttpExecuteRequest request) {
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(limits.connect())
            .socketTimeout(limits.attempt())
            .build()) {
      HttpExecuteResponse response = http.prepareRequest(request).call();
      try (InputStream in =
          response
              .responseBody()
              .<InputStream>map(b -> b)
              .orElseGet(InputStream::nullInputStream)) {
        return new Answer(
            response.httpResponse().statusCode(),
            new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw SdkClientException.create(e.getClass().getSimpleName(), e);
    }
  }

  private static JsonNode read(ApiCall call, Answer answer) {
    Optional<ObjectNode> body = parse(answer.body());
    if (answer.status() == 200) {
      return body.orElseThrow(
          () ->
              new AwsCallException(
                  AwsCallException.Kind.SERVICE,
                  "IncompleteAnswer",
                  call,
                  "the answer is no JSON object"));
    }
    String type = body.map(b -> b.path("__type").asText("")).orElse("");
    var details = AwsErrorDetails.builder().errorCode(type.substring(type.lastIndexOf('#') + 1));
    body.map(b -> b.path("message").asText(b.path("Message").asText("")))
        .ifPresent(details::errorMessage);
    throw AwsServiceException.builder()
        .statusCode(answer.status())
        .awsErrorDetails(details.build())
        .build();
  }

  private static Optional<ObjectNode> parse(String body) {
    try {
      return Optional.of(Json.parseObject(body));
    } catch (ModelException e) {
      return Optional.empty();
    }
  }

  private static URI ofAws(String region) {
    return URI.create(
        "https://config.%s.%s"
            .formatted(region, PartitionMetadata.of(Region.of(region)).dnsSuffix()));
  }
}

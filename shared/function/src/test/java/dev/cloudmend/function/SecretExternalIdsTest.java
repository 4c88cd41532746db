package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCallException.Kind;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.RecordedRequest;
import dev.cloudmend.testing.RecordingProxy;
import dev.cloudmend.testing.WithEmulatedAccount;
import dev.cloudmend.testing.functions.AdvancingClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithEmulatedAccount
class SecretExternalIdsTest {

  private static final String MEMBER = "222222222222";
  private static final String ID = "only-for-member-two";
  private static final Arn NONE =
      Arn.parse("arn:aws:secretsmanager:eu-west-1:123456789012:secret:none-AbCdEf");

  private final AdvancingClock clock = new AdvancingClock();
  private final RecordingProxy proxy;
  private final URI direct;

  SecretExternalIdsTest(EmulatedAccount account) {
    account.reset();
    this.direct = account.endpoint();
    this.proxy = RecordingProxy.inFrontOf(direct);
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void nothingIsReadBeforeTheFirstIdIsNeededAndThenOnceForMinutes() throws Exception {
    SecretExternalIds ids = ids(secret("{\"222222222222\": \"" + ID + "\"}"));
    assertThat(proxy.requests()).isEmpty();

    assertThat(ids.of(MEMBER)).contains(ID);
    assertThat(ids.of("333333333333")).isEmpty();
    clock.advance(Duration.ofMinutes(4));
    assertThat(ids.of(MEMBER)).contains(ID);
    assertThat(proxy.requests())
        .extracting(RecordedRequest::name)
        .containsExactly("secretsmanager:GetSecretValue");
    assertThat(proxy.requests().getFirst().header("Authorization"))
        .contains("/eu-west-1/secretsmanager/aws4_request");

    clock.advance(Duration.ofMinutes(2));
    assertThat(ids.of(MEMBER)).contains(ID);
    assertThat(proxy.requests()).hasSize(2);
  }

  @Test
  void aSecretThatIsNotThereIsSaidWithTheServicesWord() {
    AwsCallException e = failure(ids(NONE));

    assertThat(e.kind()).isEqualTo(Kind.SERVICE);
    assertThat(e.code()).isEqualTo("ResourceNotFoundException");
    assertThat(e).hasMessageContaining(NONE.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, ACCESS_DENIED",
    "400, ThrottlingException, THROTTLED",
    "503, ServiceUnavailable, UNREACHABLE"
  })
  void theKindOfAFailureDecidesWhetherItIsTriedAgain(int status, String code, Kind kind) {
    proxy.failAlways("secretsmanager:GetSecretValue", status, code);

    AwsCallException e = failure(ids(NONE));

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.code()).isEqualTo(code);
  }

  @Test
  void nobodyWhoAnswersMayAnswerLater() {
    proxy.goDown();

    AwsCallException e = failure(ids(NONE));

    assertThat(e.isPassing()).isTrue();
    assertThat(e).hasMessageContaining("ConnectException");
  }

  @Test
  void aFailureIsNotKept() throws Exception {
    SecretExternalIds ids = ids(secret("{\"222222222222\": \"" + ID + "\"}"));
    proxy.failNext("secretsmanager:GetSecretValue", 400, "AccessDeniedException");
    failure(ids);

    assertThat(ids.of(MEMBER)).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "only-for-member-two",
        "[\"only-for-member-two\"]",
        "{\"222222222222\": [\"only-for-member-two\"]}",
        "{\"222222222222\": \"only-for-member-two with spaces\"}",
        "{\"only-for-member-two\": \"222222222222\"}",
        "{\"222222222222\": \"only-for-member-two\""
      })
  void aSecretThatIsNotUnderstoodIsNotRepeated(String text) throws Exception {
    AwsCallException e = failure(ids(secret(text)));

    assertThat(e.isPassing()).isFalse();
    assertThat(e).hasMessageContaining("does not hold a JSON object").hasNoCause();
    assertThat(e).hasMessageNotContaining(ID);
  }

  private SecretExternalIds ids(Arn secret) {
    return new SecretExternalIds(secret, Optional.of(proxy.endpoint()), clock);
  }

  private static AwsCallException failure(SecretExternalIds ids) {
    AwsCallException e = catchThrowableOfType(AwsCallException.class, () -> ids.of(MEMBER));
    assertThat(e).isNotNull();
    return e;
  }

  private Arn secret(String text) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(direct.resolve("/"))
            .header("X-Amz-Target", "secretsmanager.CreateSecret")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=testing/20260101/eu-west-1/secretsmanager/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Json.object()
                        .put("Name", "external-ids")
                        .put("ClientRequestToken", "00000000-0000-4000-8000-000000000000")
                        .put("SecretString", text)
                        .toString()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Arn.parse(Json.parse(answer).path("ARN").asText());
    }
  }
}

package dev.cloudmend.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.testing.functions.AdvancingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  private static final Arn ARN =
      Arn.parse("arn:aws:secretsmanager:eu-west-1:123456789012:secret:pin-AbCdEf");

  private final AdvancingClock clock = new AdvancingClock();
  private final AtomicReference<String> held = new AtomicReference<>("{\"pin\": 1234}");
  private final AtomicInteger readings = new AtomicInteger();
  private final HttpServer server;
  private final Secret<Integer> pin;

  SecretTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    pin = new Secret<>(ARN, Optional.of(endpoint), clock, "a pin", SecretTest::pin);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            readings.incrementAndGet();
            byte[] answer =
                Json.object()
                    .put("SecretString", held.get())
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void itIsReadWhenItIsNeededAndKeptForFiveMinutes() {
    assertThat(readings).hasValue(0);
    assertThat(pin.value()).isEqualTo(1234);
    held.set("{\"pin\": 5678}");
    clock.advance(Duration.ofMinutes(5));
    assertThat(pin.value()).isEqualTo(1234);

    clock.advance(Duration.ofMillis(1));

    assertThat(pin.value()).isEqualTo(5678);
    assertThat(readings).hasValue(2);
  }

  @Test
  void whoKnowsBetterGetsWhatItHoldsNow() {
    pin.value();
    held.set("{\"pin\": 5678}");

    assertThat(pin.renewed()).isEqualTo(5678);
    assertThat(pin.value()).isEqualTo(5678);
    assertThat(readings).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234", "{\"pin\": \"1234\"}", "{\"other\": 1234}", "{1234"})
  void whatIsNotUnderstoodIsNeitherRepeatedNorKept(String text) {
    held.set(text);

    assertThatThrownBy(pin::value)
        .isInstanceOfSatisfying(
            SecretException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(SecretException.Kind.INVALID);
              assertThat(e.isPassing()).isFalse();
            })
        .hasMessage(ARN + " does not hold a pin")
        .hasNoCause();
    held.set("{\"pin\": 5678}");
    assertThat(pin.value()).isEqualTo(5678);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin", "arn:aws:s3:::bucket", "arn:aws:secretsmanager::1:secret:x"})
  void anArnOfNoSecretIsAnErrorThatNamesTheSetting(String text) {
    assertThatThrownBy(() -> Secret.arn("cloudmend.pin", text))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cloudmend.pin");
  }

  @Test
  void anArnOfASecretIsTaken() {
    assertThat(Secret.arn("cloudmend.pin", ARN.toString())).isEqualTo(ARN);
  }

  private static int pin(ObjectNode secret) {
    if (!secret.path("pin").isInt()) {
      throw new IllegalArgumentException("no pin: " + secret);
    }
    return secret.path("pin").asInt();
  }
}

package dev.cloudmend.assessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The function as it is deployed: its beans, and JSON as the state machine sends it. */
class AssessorHandlerTest {

  @RegisterExtension final FreshStore tables = new FreshStore();

  private final List<String> methods = new CopyOnWriteArrayList<>();
  private final HttpServer target;
  private volatile int status = 200;
  private volatile String answer = identity("999999999999");

  AssessorHandlerTest() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void startTarget() {
    target.createContext(
        "/",
        exchange -> {
          try (exchange) {
            methods.add(exchange.getRequestMethod());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    target.start();
  }

  @AfterEach
  void stopTarget() {
    target.stop(0);
  }

  @Test
  void asksWhoseCredentialsTheseAreBeforeItLooks() throws IOException {
    try (var handler = new AssessorHandler(settings())) {
      JsonNode after = LambdaCall.call(handler, opened());

      assertThat(after.path("outcome").asText()).isEqualTo("BLOCKED");
      assertThat(after.path("reason").asText())
          .contains("of account 999999999999")
          .contains("of account 123456789012");
    }
    assertThat(methods).hasSize(1);
  }

  @Test
  void anAccountThatRefusesIsAFailureWithItsWord() throws IOException {
    status = 403;
    answer =
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
    try (var handler = new AssessorHandler(settings())) {
      JsonNode after = LambdaCall.call(handler, opened());

      assertThat(after.path("outcome").asText()).isEqualTo("FAILED");
      assertThat(after.at("/error/type").asText()).isEqualTo("AccessDenied");
      assertThat(after.at("/error/step").asText()).isEqualTo("assess");
    }
  }

  @Test
  void errorsKeepTheClassesThatTheStateMachineRetriesBy() {
    JsonNode opened = opened();
    target.stop(0);
    try (var handler = new AssessorHandler(settings())) {
      assertThatThrownBy(() -> LambdaCall.call(handler, opened))
          .isExactlyInstanceOf(TryAgainException.class);
    }

    var settings = new HashMap<>(settings());
    settings.put("cloudmend.tables.state", "no-such-table");
    try (var handler = new AssessorHandler(settings)) {
      assertThatThrownBy(() -> LambdaCall.call(handler, opened))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining("no-such-table");
    }
  }

  private static String identity(String account) {
    return """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult><Account>%s</Account></GetCallerIdentityResult>
        </GetCallerIdentityResponse>
        """
        .formatted(account);
  }

  private JsonNode opened() {
    Incident incident = SampleIncidents.of("evt-1", "s3-bucket-versioning", RunOptions.NONE);
    tables.store().incidents().open(incident, "execution");
    return Json.toTree(
        IncidentState.opened(
            incident.incidentId(), "execution", incident.playbook(), incident.run()));
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.live", "true");
    settings.put("cloudmend.region", "us-east-1");
    settings.put("cloudmend.target.endpoint", "http://127.0.0.1:" + target.getAddress().getPort());
    return settings;
  }
}

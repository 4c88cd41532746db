package dev.cloudmend.remediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import io.micronaut.context.ApplicationContext;
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
class RemediatorHandlerTest {

  /** Whatever is asked; no other answer is read. */
  private static final String IDENTITY =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>
      </GetCallerIdentityResponse>
      """;

  @RegisterExtension final FreshStore tables = new FreshStore();

  private final Scene scene = new Scene(tables, false);
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final HttpServer target;

  RemediatorHandlerTest() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void startTarget() {
    target.createContext(
        "/",
        exchange -> {
          try (exchange) {
            arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] identity = IDENTITY.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, identity.length);
            exchange.getResponseBody().write(identity);
          }
        });
    target.start();
  }

  @AfterEach
  void stopTarget() {
    target.stop(0);
  }

  @Test
  void aDryRunCannotWriteEvenWhenItIsToldTo() {
    Result result = runAsWiredWith("false");

    Problem problem = ((Result.Failed) result).problem();
    assertThat(problem.type()).isEqualTo("REFUSED");
    assertThat(problem.message())
        .contains("s3:PutPublicAccessBlock is not on the list of reads; nothing was sent");
    assertThat(arrived).isEmpty();
  }

  /** Shows that the test above would see a write. */
  @Test
  void aLiveRunSendsTheSameWrite() {
    runAsWiredWith("true");

    assertThat(arrived).contains("PUT /reports?publicAccessBlock", "PUT /reports?versioning");
  }

  @Test
  void applyInADryRunEndsPlannedAndSendsNothing() throws IOException {
    IncidentState state = scene.decided("evt-1");
    try (var handler = new RemediatorHandler(settings("false"))) {
      JsonNode after = LambdaCall.call(handler, input("apply", Json.toTree(state)));

      assertThat(after.path("outcome").asText()).isEqualTo("PLANNED");
      assertThat(after.path("incidentId").asText()).isEqualTo(state.incidentId());
      assertThat(after.at("/claim/playbook").asText()).isEqualTo(BucketSettings.ID);
      assertThat(after.at("/decision/mode").asText()).isEqualTo("automatic");
      assertThat(after.has("next")).isFalse();
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void undoOfAnUnknownIncidentAnswersWithAnOutcome() throws IOException {
    ObjectNode state = Json.object();
    state.put("incidentId", "inc-unknown").put("by", "ana");
    try (var handler = new RemediatorHandler(settings("true"))) {
      JsonNode after = LambdaCall.call(handler, input("undo", state));

      assertThat(after.path("outcome").asText()).isEqualTo(Outcome.RESOURCE_NOT_FOUND.name());
      assertThat(after.path("reason").asText()).isEqualTo("there is no incident inc-unknown");
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void errorsKeepTheClassesThatTheStateMachineRetriesBy() {
    IncidentState state = scene.decided("evt-1");
    var settings = new HashMap<>(settings("true"));
    settings.put("cloudmend.tables.state", "no-such-table");
    try (var handler = new RemediatorHandler(settings)) {
      assertThatThrownBy(() -> LambdaCall.call(handler, input("apply", Json.toTree(state))))
          .isExactlyInstanceOf(StoreException.class);
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void anUnknownActionIsAnErrorThatNamesTheKnownOnes() {
    JsonNode state =
        Json.toTree(IncidentState.opened("inc-1", Scene.EXECUTION, "p", RunOptions.NONE));
    try (var handler = new RemediatorHandler(settings("true"))) {
      assertThatThrownBy(() -> LambdaCall.call(handler, input("destroy", state)))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessage(
              "the action 'destroy' is not known; expected apply, verify, undo or verify-undo");
    }
  }

  /** Past the handler and the remediator, by the runner that the function's beans have. */
  private Result runAsWiredWith(String live) {
    IncidentState state = scene.decided("evt-1");
    try (ApplicationContext beans =
        ApplicationContext.builder().properties(settings(live)).build().start()) {
      return beans
          .getBean(ChangeRunner.class)
          .run(
              new Order(state.incidentId(), Intent.APPLY, scene.plan(), true, "ana"),
              scene.playbook);
    }
  }

  private Map<String, Object> settings(String live) {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.live", live);
    settings.put("cloudmend.region", "us-east-1");
    settings.put("cloudmend.target.endpoint", "http://127.0.0.1:" + target.getAddress().getPort());
    return settings;
  }

  private static JsonNode input(String action, JsonNode state) {
    ObjectNode input = Json.object();
    input.put("action", action);
    input.put("execution", Scene.EXECUTION);
    input.set("state", state);
    return input;
  }
}

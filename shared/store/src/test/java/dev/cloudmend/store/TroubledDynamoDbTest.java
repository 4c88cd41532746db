package dev.cloudmend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that DynamoDB gives and DynamoDB Local does not, in its own wire format. */
class TroubledDynamoDbTest {

  private static final String CANCELED =
      """
      {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
       "Message":"Transaction cancelled","CancellationReasons":[%s]}
      """;
  private static final String CONFLICT = "{\"Code\":\"TransactionConflict\"}";
  private static final String NONE = "{\"Code\":\"None\"}";

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Store store;

  TroubledDynamoDbTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store =
        Store.open(
            new StoreSettings(
                "audit",
                "state",
                TestStore.REGION,
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))),
            new AdvancingClock());
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  @Test
  void aWriteThatMeetsATransactionIsTriedAgain() {
    expect(400, error("TransactionConflictException"));
    expect(400, error("TransactionConflictException"));
    expect(200, "{}");

    store.safety().stop("ana", "a bad day");

    assertThat(operations).containsExactly("PutItem", "PutItem", "PutItem");
  }

  @Test
  void aSpendThatMeetsAnotherOneIsTriedAgain() {
    expect(400, CANCELED.formatted(String.join(",", NONE, NONE, NONE, CONFLICT)));
    expect(200, "{}");

    assertThat(
            store.safety().spend(TestStore.target("123456789012", "b"), "p", Limits.DEFAULT, false))
        .isInstanceOf(Permission.Granted.class);
    assertThat(operations).hasSize(2);
  }

  @Test
  void anAppendWhoseHeadIsLockedByAnotherOneIsNotTakenForTampering() {
    expect(200, "{}");
    expect(
        400,
        CANCELED.formatted(String.join(",", "{\"Code\":\"ConditionalCheckFailed\"}", CONFLICT)));
    expect(200, "{}");
    expect(200, "{}");

    assertThat(store.audit().append("inc-1", "opened", "a", Json.object()).sequence()).isEqualTo(1);
    assertThat(operations)
        .containsExactly("GetItem", "TransactWriteItems", "GetItem", "TransactWriteItems");
  }

  @Test
  void aTransactionThatCanNeverSucceedIsNotTriedAgain() {
    expect(200, "{}");
    expect(400, CANCELED.formatted(String.join(",", "{\"Code\":\"ValidationError\"}", NONE)));

    assertThatThrownBy(() -> store.audit().append("inc-1", "opened", "a", Json.object()))
        .isInstanceOf(AuditUnavailableException.class)
        .hasMessageContaining("table audit: TransactWriteItems failed: TransactionCanceled");
    assertThat(operations).hasSize(2);
  }

  @Test
  void aMissingPermissionSaysWhatToAllow() {
    expect(400, error("AccessDeniedException"));

    assertThatThrownBy(() -> store.undoMarks().clear("t", "p", "sha256:1"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "table state: DeleteItem failed: AccessDeniedException: no;"
                + " allow this operation to the role");
  }

  @Test
  void aServiceThatKeepsFailingIsGivenUp() {
    for (int i = 0; i < 5; i++) {
      expect(500, error("InternalServerError"));
    }

    assertThatThrownBy(() -> store.audit().recent(Instant.EPOCH, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("InternalServerError: no; try again later");
  }

  private void expect(int status, String body) {
    answers.add(new Answer(status, body));
  }

  private static String error(String code) {
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"no\"}"
        .formatted(code);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    operations.add(target.substring(target.indexOf('.') + 1));
    exchange.getRequestBody().readAllBytes();
    Answer answer = answers.remove();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private record Answer(int status, String body) {}
}

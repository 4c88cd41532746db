package dev.cloudmend.auditwriter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.functions.SampleIncidents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Over HTTP, with a server that speaks BatchUpdateFindings as it is documented. */
class SecurityHubNotesTest {

  private static final String ID =
      "arn:aws:securityhub:us-east-1:123456789012:security-control/S3.8/finding/b1f1d0a2";
  private static final String PRODUCT = "arn:aws:securityhub:us-east-1::product/aws/securityhub";
  private static final String GOOD =
      """
      {"ProcessedFindings": [{"Id": "%s", "ProductArn": "%s"}], "UnprocessedFindings": []}
      """
          .formatted(ID, PRODUCT);

  @RegisterExtension final FreshStore tables = new FreshStore();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final Map<String, String> lastHeaders = new HashMap<>();
  private final HttpServer server;
  private int status = 200;
  private String answer = GOOD;

  SecurityHubNotesTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    System.setProperty("aws.accessKeyId", "AKIAEXAMPLE");
    System.setProperty("aws.secretAccessKey", "example");
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void aFixResolvesTheFindingWithANote() {
    Incident incident = close(Outcome.REMEDIATED, "applied, and the after-state was read back");

    assertThat(requests).containsExactly("PATCH /findings/batchupdate");
    assertThat(lastHeaders.get("Authorization"))
        .contains("/us-east-1/securityhub/aws4_request")
        .contains("host;");
    assertThat(bodies.getFirst())
        .isEqualTo(
            Json.parse(
                """
                {
                  "FindingIdentifiers": [{"Id": "%s", "ProductArn": "%s"}],
                  "Note": {
                    "Text": "Cloudmend %s: REMEDIATED: applied, and the after-state was read back",
                    "UpdatedBy": "cloudmend"
                  },
                  "Workflow": {"Status": "RESOLVED"}
                }
                """
                    .formatted(ID, PRODUCT, incident.incidentId())));
    AuditEntry entry = tables.store().audit().ofIncident(incident.incidentId()).getLast();
    assertThat(entry.kind()).isEqualTo("SECURITY_HUB");
    assertThat(entry.data().path("findingId").asText()).isEqualTo(ID);
    assertThat(entry.data().path("workflowStatus").asText()).isEqualTo("RESOLVED");
    assertThat(entry.data().has("error")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {
        "AWAITING_APPROVAL",
        "PULL_REQUEST_OPENED",
        "MANUAL",
        "BLOCKED",
        "FAILED",
        "ROLLED_BACK",
        "EXPIRED"
      })
  void whatAPersonHasToLookAtIsNotified(Outcome outcome) {
    close(outcome, "so it is");

    assertThat(bodies)
        .singleElement()
        .satisfies(b -> assertThat(b.at("/Workflow/Status").asText()).isEqualTo("NOTIFIED"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {
        "DUPLICATE",
        "IGNORED",
        "PLANNED",
        "ALREADY_COMPLIANT",
        "UNSUPPORTED",
        "RESOURCE_NOT_FOUND"
      })
  void whatNobodyHasToKnowIsNotTold(Outcome outcome) {
    Incident incident = close(outcome, "so it is");

    assertThat(requests).isEmpty();
    assertThat(tables.auditKinds(incident.incidentId())).containsExactly("OPENED", "CLOSED");
  }

  /** Or its own update, which comes back as an event, would be told again, without an end. */
  @ParameterizedTest
  @CsvSource({"NOTIFIED, BLOCKED, 0", "NOTIFIED, REMEDIATED, 1", "RESOLVED, REMEDIATED, 0"})
  void theStatusThatTheFindingHasAlreadyIsNotSetAgain(String has, Outcome outcome, int times) {
    ObjectNode facts = facts();
    facts.putObject("Workflow").put("Status", has);

    close(incident("securityhub", facts), outcome, "so it is", null);

    assertThat(requests).hasSize(times);
  }

  @Test
  void aFindingOfAnotherSourceOrFormIsNotTold() {
    close(incident("config", facts()), Outcome.BLOCKED, "so it is", null);
    ObjectNode second = Json.object();
    second.putObject("finding_info").put("uid", ID);
    close(incident("securityhub", second), Outcome.BLOCKED, "so it is", null);

    assertThat(requests).isEmpty();
  }

  @Test
  void whatTheRuleMakesADryRunIsNotTold() {
    var dry = new Decision(Decision.Mode.manual, true, "r", List.of("live"), List.of(), "sha256:0");

    close(incident("securityhub", facts()), Outcome.MANUAL, "by hand", dry);

    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "it waits for its review, https://github.com/acme/web/pull/7: it waits for its review",
    "opened: https://github.com/acme/web/pull/7, opened: https://github.com/acme/web/pull/7"
  })
  void aPullRequestIsNamedOnceAndIsNoSolutionYet(String reason, String told) {
    Incident incident = incident("securityhub", facts());
    var decision =
        new Decision(
            Decision.Mode.guided, false, "r", List.of("pull_request"), List.of(), "sha256:0");
    var writer =
        new AuditWriter(tables.store(), Optional.of(new SecurityHubNotes(Optional.of(endpoint()))));
    IncidentState state = writer.open(incident, "execution").decided(decision);
    tables
        .store()
        .incidents()
        .proposed(
            incident.incidentId(),
            new PullRequestLink(
                "acme/web",
                7,
                "https://github.com/acme/web/pull/7",
                "cloudmend/p/1",
                PullRequestLink.Status.OPEN));

    writer.close(
        state.ended(Outcome.PULL_REQUEST_OPENED, reason), Optional.empty(), Optional.empty());

    assertThat(bodies.getFirst().at("/Note/Text").asText())
        .isEqualTo("Cloudmend " + incident.incidentId() + ": PULL_REQUEST_OPENED: " + told);
    assertThat(bodies.getFirst().at("/Workflow/Status").asText()).isEqualTo("NOTIFIED");
  }

  @Test
  void aLongOrHostileReasonMakesABoundedHarmlessNote() {
    close(Outcome.FAILED, "a\u001b[2J\n".repeat(600));

    String text = bodies.getFirst().at("/Note/Text").asText();
    assertThat(text).hasSize(512).contains("FAILED: a\\u001b[2J\\u000a").endsWith("…");
  }

  @Test
  void aFindingThatWasNotProcessedIsRecordedAndTheIncidentIsClosed() {
    answer =
        """
        {"ProcessedFindings": [],
         "UnprocessedFindings": [{"FindingIdentifier": {"Id": "%s", "ProductArn": "%s"},
           "ErrorCode": "FindingNotFound", "ErrorMessage": "Finding Not Found"}]}
        """
            .formatted(ID, PRODUCT);

    assertThat(errorOf(close(Outcome.BLOCKED, "so it is")))
        .isEqualTo("FindingNotFound: Finding Not Found");
  }

  @ParameterizedTest
  @CsvSource({"400, 1", "403, 1", "429, 3", "500, 3", "503, 3"})
  void aRefusalIsRecordedAndTheIncidentIsClosed(int code, int attempts) {
    status = code;
    answer = "{\"Code\": \"AccessDeniedException\", \"Message\": \"no\\u001b\"}";

    Incident incident = close(Outcome.BLOCKED, "so it is");

    assertThat(errorOf(incident))
        .startsWith("HTTP status " + code + ": {\"Code\": \"AccessDeniedException\"");
    assertThat(requests).hasSize(attempts);
    assertThat(tables.record(incident).outcome()).isEqualTo(Outcome.BLOCKED);
  }

  @Test
  void aServerThatIsNotThereIsRecordedAndTheIncidentIsClosed() {
    server.stop(0);

    assertThat(errorOf(close(Outcome.BLOCKED, "so it is"))).startsWith("no answer: ");
  }

  @Test
  void anAnswerThatIsNoJsonIsRecorded() {
    answer = "<html>";

    assertThat(errorOf(close(Outcome.BLOCKED, "so it is"))).isEqualTo("the answer is no JSON");
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "arn:aws:securityhub:evil.example/x::product/aws/securityhub"})
  void anArnThatIsNoneIsRecordedAndNothingIsSent(String product) {
    Incident incident =
        close(
            incident("securityhub", facts().put("ProductArn", product)),
            Outcome.BLOCKED,
            "so it is",
            null);

    assertThat(errorOf(incident)).startsWith("the finding's ARN is none: ");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true, 1", "true, false, 0", "false, true, 0", ", true, 0"})
  void theFunctionTellsOnlyWhereItIsSwitchedOnInALiveRun(String notes, String live, int times)
      throws IOException {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.live", live);
    settings.put("cloudmend.security-hub.endpoint", endpoint().toString());
    if (notes != null) {
      settings.put("cloudmend.security-hub-notes", notes);
    }
    Incident incident = incident("securityhub", facts());
    IncidentState state = new AuditWriter(tables.store()).open(incident, "execution");
    ObjectNode input = Json.object().put("action", "close");
    input.set("state", Json.toTree(state.ended(Outcome.BLOCKED, "so it is")));

    try (var handler = new AuditWriterHandler(settings)) {
      LambdaCall.call(handler, input);
    }

    assertThat(requests).hasSize(times);
  }

  @Test
  void aSwitchThatCannotBeReadIsAnError() {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.security-hub-notes", "yes");

    assertThatThrownBy(() -> new AuditWriterHandler(settings))
        .isExactlyInstanceOf(ModelException.class)
        .hasMessage("cloudmend.security-hub-notes is 'yes'; expected true or false");
  }

  private Incident close(Outcome outcome, String reason) {
    return close(incident("securityhub", facts()), outcome, reason, null);
  }

  private Incident close(
      Incident incident, Outcome outcome, String reason, @Nullable Decision decision) {
    var writer =
        new AuditWriter(tables.store(), Optional.of(new SecurityHubNotes(Optional.of(endpoint()))));
    IncidentState state = writer.open(incident, "execution");
    if (decision != null) {
      state = state.decided(decision);
    }
    writer.close(state.ended(outcome, reason), Optional.empty(), Optional.empty());
    return incident;
  }

  private String errorOf(Incident incident) {
    AuditEntry last = tables.store().audit().ofIncident(incident.incidentId()).getLast();
    assertThat(tables.auditKinds(incident.incidentId()))
        .containsExactly("OPENED", "CLOSED", "SECURITY_HUB");
    return last.data().path("error").asText();
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static ObjectNode facts() {
    ObjectNode facts = Json.object().put("Id", ID).put("ProductArn", PRODUCT);
    facts.putObject("Workflow").put("Status", "NEW");
    return facts;
  }

  private static Incident incident(String source, ObjectNode facts) {
    Incident of = SampleIncidents.of("evt-" + source, "p", RunOptions.NONE);
    Finding finding = of.finding();
    return new Incident(
        of.incidentId(),
        of.playbook(),
        new Finding(
            finding.eventId(),
            source,
            "S3.8",
            finding.title(),
            finding.severity(),
            finding.frameworks(),
            finding.resource(),
            finding.observedAt(),
            null,
            facts),
        null,
        null,
        of.run(),
        List.of());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      bodies.add(Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      lastHeaders.put("Authorization", exchange.getRequestHeaders().getFirst("Authorization"));
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}

package dev.cloudmend.propener;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Incident;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.model.Severity;
import dev.cloudmend.model.Target;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.OpenProposal;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.FakeRepository;
import dev.cloudmend.testing.github.GitHubOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Buckets that keep no versions, the repository that declares them, and the function. */
final class Scene implements AutoCloseable {

  static final String PLAYBOOK = "s3-bucket-versioning";
  static final String FILE = "live/main.tf";
  static final String ACCOUNT = "123456789012";

  private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:m:one";

  final FakeGitHub server = FakeGitHub.start(Clock.systemUTC());
  final FakeRepository repository = server.repository("acme/infra");
  private final FreshStore tables;
  private final Path configuration;

  Scene(FreshStore tables, Path folder) {
    this.tables = tables;
    this.configuration = folder.resolve("cloudmend.yaml");
    configure("");
    repository.commit("main", Map.of(FILE, bucket("reports")), "First");
  }

  static String bucket(String name) {
    return """
    resource "aws_s3_bucket" "%1$s" {
      bucket = "%1$s"
    }
    """
        .formatted(name);
  }

  /** Of one repository, with more lines about it. */
  void configure(String more) {
    write(
        """
        pullRequests:
          repositories:
            - repository: acme/infra
              base: main
              directory: live
        """
            + more.indent(6));
  }

  void write(String yaml) {
    try {
      Files.writeString(configuration, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> settings(boolean live) {
    var settings = new HashMap<>(tables.handlerSettings());
    settings.put("cloudmend.live", String.valueOf(live));
    settings.put("cloudmend.configuration", configuration.toString());
    settings.put("cloudmend.github.address", server.endpoint().toString());
    settings.put("cloudmend.github.token", FakeGitHub.TOKEN);
    return settings;
  }

  PrOpenerHandler handler() {
    return new PrOpenerHandler(settings(true));
  }

  /** An incident about the bucket {@code reports}, decided to go to the source alone. */
  IncidentState asked(String eventId) {
    return asked(finding(eventId, "reports"));
  }

  IncidentState asked(Finding finding) {
    Change change = change(finding);
    Incident incident = incident(finding);
    tables.store().incidents().open(incident, EXECUTION);
    tables.store().incidents().saveChange(incident.incidentId(), change);
    return IncidentState.opened(incident.incidentId(), EXECUTION, PLAYBOOK, RunOptions.NONE)
        .planned(Json.object(), change.hash())
        .decided(decision(false))
        .proposes();
  }

  static Decision decision(boolean dryRun) {
    return new Decision(
        Decision.Mode.automatic,
        dryRun,
        "test",
        List.of(Decision.PULL_REQUEST),
        List.of(),
        "sha256:0");
  }

  static Incident incident(Finding finding) {
    String arn = String.valueOf(finding.resource());
    return new Incident(
        Incident.idOf(finding.eventId(), arn, PLAYBOOK),
        PLAYBOOK,
        finding,
        null,
        null,
        RunOptions.NONE,
        List.of());
  }

  static Finding finding(String eventId, String bucket) {
    return finding(eventId, bucket, Severity.MEDIUM, Json.object());
  }

  static Finding finding(String eventId, String bucket, Severity severity, ObjectNode facts) {
    return new Finding(
        eventId,
        "securityhub",
        "S3.14",
        "S3 general purpose buckets should have versioning enabled",
        severity,
        List.of("SOC 2"),
        new ResourceRef(Arn.parse("arn:aws:s3:::" + bucket), ACCOUNT, "us-east-1"),
        AdvancingClock.START,
        null,
        facts);
  }

  private static Change change(Finding finding) {
    ResourceRef resource = finding.resource();
    Arn arn = resource == null ? Arn.parse("arn:aws:s3:::none") : resource.arn();
    return new Change(
        new Target("aws", ACCOUNT, "us-east-1", arn),
        PLAYBOOK,
        "1",
        Json.object(),
        Json.parse("{\"Status\": \"Enabled\"}"),
        List.of(),
        List.of(),
        Reversibility.NONE,
        null,
        "Enables versioning.",
        List.of(),
        Json.object());
  }

  /** As the state machine calls it. */
  static IncidentState open(PrOpenerHandler handler, IncidentState state) throws IOException {
    ObjectNode input = Json.object().put("action", "open");
    input.set("state", Json.toTree(state));
    return Json.fromTree(LambdaCall.call(handler, input), IncidentState.class);
  }

  IncidentState open(IncidentState state) throws IOException {
    try (PrOpenerHandler handler = handler()) {
      return open(handler, state);
    }
  }

  IncidentState open(IncidentState state, Map<String, Object> settings) throws IOException {
    try (var handler = new PrOpenerHandler(settings)) {
      return open(handler, state);
    }
  }

  JsonNode sweep() throws IOException {
    return sweep(settings(true));
  }

  JsonNode sweep(Map<String, Object> settings) throws IOException {
    try (var handler = new PrOpenerHandler(settings)) {
      return LambdaCall.call(handler, Json.object().put("action", "sweep"));
    }
  }

  /** The only pull request there is. */
  FakePullRequest only() {
    List<FakePullRequest> pulls = repository.pulls();
    if (pulls.size() != 1) {
      throw new AssertionError("expected one pull request, found " + pulls);
    }
    return pulls.getFirst();
  }

  List<GitHubOperation> writes() {
    return server.operations().stream().filter(GitHubOperation::isWrite).toList();
  }

  IncidentRecord record(IncidentState state) {
    return tables.store().incidents().find(state.incidentId()).orElseThrow();
  }

  PullRequestLink link(IncidentState state) {
    PullRequestLink link = record(state).pullRequest();
    if (link == null) {
      throw new AssertionError("no pull request is kept for " + state.incidentId());
    }
    return link;
  }

  List<OpenProposal> index() {
    return tables.store().proposals().all();
  }

  /** The kinds of the audit entries, oldest first. */
  List<String> trail(IncidentState state) {
    return tables.auditKinds(state.incidentId());
  }

  JsonNode lastEntry(IncidentState state) {
    return tables.store().audit().ofIncident(state.incidentId()).getLast().data();
  }

  /** Whatever was kept of it, as one text. */
  String everything(IncidentState state) {
    return Json.write(record(state))
        + tables.store().audit().ofIncident(state.incidentId()).stream()
            .map(AuditEntry::toString)
            .toList();
  }

  void close(IncidentState state, Outcome outcome, String reason) {
    tables.store().incidents().close(state.incidentId(), outcome, reason, null);
  }

  @Override
  public void close() {
    server.close();
  }
}

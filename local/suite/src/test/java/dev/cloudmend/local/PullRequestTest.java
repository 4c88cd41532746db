package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.githost.GitHost;
import dev.cloudmend.githost.Hosted;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.PullRequestLink.Status;
import dev.cloudmend.model.RunOptions;
import dev.cloudmend.states.engine.VirtualClock;
import dev.cloudmend.store.AuditEntry;
import dev.cloudmend.testing.EmulatedAccount;
import dev.cloudmend.testing.WithEmulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fixes that go to the source, in a git repository that declares the broken resource. */
@WithEmulatedAccount
class PullRequestTest {

  private static final String NAME = "acme/infrastructure";
  private static final String BUCKET = "declared";
  private static final String ARN = "arn:aws:s3:::" + BUCKET;
  private static final String PLAYBOOK = "s3-bucket-block-public-access";
  private static final String MENDED = "aws_s3_bucket_public_access_block";

  private static final String REPOSITORIES =
      """
      pullRequests:
        repositories:
          - repository: acme/infrastructure
            when: {arn: "arn:aws:s3:::declared"}
      """;

  private final EmulatedAccount emulated;
  private final Account account;
  private final Path folder;
  private final GitFolder source;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private int events;

  PullRequestTest(EmulatedAccount emulated, @TempDir Path folder) {
    emulated.reset();
    this.emulated = emulated;
    this.folder = folder;
    this.account = new Account(emulated.endpoint());
    this.source = GitFolder.declaring(folder.resolve("source"), BUCKET);
  }

  @BeforeEach
  void aBucketThatIsBroken() {
    account.write("s3", "CreateBucket", "{\"Bucket\":\"" + BUCKET + "\"}");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    source.close();
    account.close();
  }

  @Test
  void whatIsFixedLiveIsProposedToItsSourceToo() throws IOException {
    Map<String, String> before = source.refs();
    Suite suite = suite(true, "", List.of());

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REMEDIATED);
    assertThat(isBlocked()).isTrue();
    PullRequestLink link = link(report);
    assertThat(link.status()).isEqualTo(Status.OPEN);
    assertThat(report.reason()).contains(link.url());
    assertThat(source.text(link.branch(), "main.tf")).contains(MENDED);
    assertThat(source.text("main", "main.tf")).doesNotContain(MENDED);
    assertThat(source.refs()).containsAllEntriesOf(before).hasSize(before.size() + 1);
    assertThat(kinds(suite, report))
        .containsSubsequence(
            "INTENT", "VERIFIED", "PULL_REQUEST_INTENDED", "PULL_REQUEST_OPENED", "CLOSED");
  }

  @Test
  void aRuleMaySendAFixToTheSourceAlone() throws IOException {
    Suite suite = suite(true, rule("automatic", "[pull_request]", false), List.of());

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(link(report).status()).isEqualTo(Status.OPEN);
    assertThat(isBlocked()).isFalse();
    assertThat(kinds(suite, report)).doesNotContain("INTENT");
  }

  @Test
  void whatWaitsForAYesIsInItsPullRequestAlready() throws IOException {
    Suite suite = suite(true, rule("guided", "[live, pull_request]", false), List.of());

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(link(report).status()).isEqualTo(Status.OPEN);
    assertThat(isBlocked()).isFalse();
  }

  @Test
  void aDryRunShowsWhatWouldBeOpenedAndWritesNothing() throws IOException {
    Map<String, String> before = source.refs();
    Suite suite = suite(false, "", List.of());

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.PLANNED);
    assertThat(report.pullRequest()).isNull();
    var preview = Objects.requireNonNull(report.preview(), String.valueOf(report.reason()));
    assertThat(preview.repository()).isEqualTo(NAME);
    assertThat(preview.base()).isEqualTo("main");
    assertThat(preview.diff()).contains("+++ b/main.tf").contains("+resource \"" + MENDED);
    assertThat(source.refs()).isEqualTo(before);
    assertThat(suite.store().proposals().all()).isEmpty();
  }

  @Test
  void aRuleThatIsOnlyADryRunOpensNoneInALiveRun() throws IOException {
    Map<String, String> before = source.refs();
    Suite suite = suite(true, rule("automatic", "[live, pull_request]", true), List.of());

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.PLANNED);
    assertThat(report.preview()).isNotNull();
    assertThat(source.refs()).isEqualTo(before);
  }

  @Test
  void twoDeliveriesAtTheSameTimeGiveOnePullRequest() throws Exception {
    Suite suite = suite(true, rule("automatic", "[pull_request]", false), List.of());
    List<Callable<IncidentReport>> deliveries = List.of(() -> run(suite), () -> run(suite));

    List<IncidentReport> reports = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var delivered : threads.invokeAll(deliveries)) {
        reports.add(delivered.get());
      }
    }

    assertThat(reports)
        .extracting(IncidentReport::outcome)
        .contains(Outcome.PULL_REQUEST_OPENED)
        .isSubsetOf(Outcome.PULL_REQUEST_OPENED, Outcome.DUPLICATE);
    assertThat(source.refs().keySet()).filteredOn(ref -> ref.contains("/cloudmend/")).hasSize(1);
    assertThat(suite.store().proposals().all()).hasSize(1);
  }

  @Test
  void theSameFailureLaterFindsTheSamePullRequest() throws IOException {
    Suite suite = suite(true, rule("automatic", "[pull_request]", false), List.of());
    PullRequestLink first = link(run(suite));
    Map<String, String> refs = source.refs();

    IncidentReport again = run(suite);

    assertThat(again.outcome()).as("%s", again).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(link(again)).isEqualTo(first);
    assertThat(source.refs()).isEqualTo(refs);
  }

  @Test
  void aRuleOfTheRepositoryThatForbidsTheBranchLeavesNothingHalfDone() throws IOException {
    Map<String, String> before = source.refs();
    Suite suite = suite(true, rule("automatic", "[pull_request]", false), List.of("cloudmend/**"));

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.MANUAL);
    assertThat(report.reason()).contains(NAME).contains("a rule that forbids it");
    assertThat(source.refs()).isEqualTo(before);
    assertThat(suite.store().proposals().all()).isEmpty();
  }

  @Test
  void withoutALoginAFixIsStillMadeAndSaysThatNoneWasOpened() throws IOException {
    var target =
        new TargetAccount(Optional.of(emulated.endpoint()), Account.REGION, Optional.empty());
    Suite suite =
        Suite.open(
            ProjectFiles.ofLauncher(),
            target,
            folder.resolve("data"),
            settings(true, "", GitHubAccess.NONE),
            new VirtualClock(Instant.now()));
    opened.add(suite);

    IncidentReport report = run(suite);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REMEDIATED);
    assertThat(report.reason()).contains("no pull request");
    assertThat(report.pullRequest()).isNull();
  }

  @Test
  void anAutomaticFixWithItsPullRequestTakesFourteenTransitions() throws IOException {
    ObjectNode input = Json.object();
    input.set("event", Account.vanta("counted", PLAYBOOK, ARN));
    input.putObject("run");

    assertThat(suite(true, "", List.of()).execute("remediation", input).transitions())
        .isEqualTo(14);
    assertThat(isBlocked()).isTrue();
  }

  @Test
  void whatWasMergedIsReadBack() throws IOException {
    Suite suite = suite(true, rule("automatic", "[pull_request]", false), List.of());
    IncidentReport report = run(suite);
    source.merge(link(report).branch());

    assertThat(suite.sweepPullRequests()).isEmpty();

    assertThat(kinds(suite, report)).contains("PULL_REQUEST_MERGED");
    assertThat(suite.store().proposals().all()).isEmpty();
    assertThat(suite.store().incidents().find(report.incidentId()).orElseThrow().pullRequest())
        .extracting(PullRequestLink::status)
        .isEqualTo(Status.MERGED);
  }

  private Suite suite(boolean live, String policy, List<String> protectedBranches)
      throws IOException {
    GitHost host =
        GitHost.start(
            folder.resolve("git-host"),
            List.of(new Hosted(NAME, source.folder().toString(), protectedBranches)));
    opened.add(host);
    var target =
        new TargetAccount(Optional.of(emulated.endpoint()), Account.REGION, Optional.empty());
    var access = new GitHubAccess(Optional.of(host.address()), Optional.of("any"));
    Suite suite =
        Suite.open(
            ProjectFiles.ofLauncher(),
            target,
            folder.resolve("data"),
            settings(live, policy, access),
            new VirtualClock(Instant.now()));
    opened.add(suite);
    return suite;
  }

  private RunSettings settings(boolean live, String policy, GitHubAccess access)
      throws IOException {
    Path file = Files.writeString(folder.resolve("cloudmend.yaml"), policy + REPOSITORIES);
    return new RunSettings(
        live, false, Optional.empty(), Optional.of(file), Optional.empty(), access);
  }

  private static String rule(String mode, String channels, boolean dryRun) {
    return "policy: {rules: [{name: all, mode: %s, channels: %s, dryRun: %s}]}%n"
        .formatted(mode, channels, dryRun);
  }

  private synchronized ObjectNode event() {
    events++;
    return Account.vanta("proposed-" + events, PLAYBOOK, ARN);
  }

  private IncidentReport run(Suite suite) {
    List<IncidentReport> reports = suite.run(Account.located(event()), RunOptions.NONE);
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private static PullRequestLink link(IncidentReport report) {
    return Objects.requireNonNull(report.pullRequest(), String.valueOf(report.reason()));
  }

  private static List<String> kinds(Suite suite, IncidentReport report) {
    return suite.store().audit().ofIncident(report.incidentId()).stream()
        .map(AuditEntry::kind)
        .toList();
  }

  private boolean isBlocked() {
    return !account
        .read("s3", "GetPublicAccessBlock", "{\"Bucket\":\"" + BUCKET + "\"}")
        .has("error");
  }
}

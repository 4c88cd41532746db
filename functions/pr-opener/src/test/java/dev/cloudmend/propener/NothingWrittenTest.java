package dev.cloudmend.propener;

import static dev.cloudmend.testing.github.GitHubOperation.GET_BLOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.playbooks.Catalogue;
import dev.cloudmend.store.AuditUnavailableException;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.github.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing may be written, nothing is. */
class NothingWrittenTest {

  @RegisterExtension final FreshStore tables = new FreshStore();
  @TempDir Path folder = Path.of("");
  private Scene scene;

  @BeforeEach
  void scene() {
    scene = new Scene(tables, folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aDryRunSaysWhatWouldBeOpenedAndWritesNothing() throws IOException {
    IncidentState state =
        scene.asked("evt-1").endedAndProposes(Outcome.PLANNED, "dry run: nothing was written");

    IncidentState end = scene.open(state, scene.settings(false));

    assertThat(end.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(end.reason())
        .startsWith(
            "dry run: nothing was written; a live run would open a pull request in acme/infra: ");
    assertThat(scene.record(state).preview())
        .isNotNull()
        .satisfies(
            preview -> {
              assertThat(preview.repository()).isEqualTo("acme/infra");
              assertThat(preview.branch()).startsWith("cloudmend/" + Scene.PLAYBOOK);
              assertThat(preview.diff()).contains("+resource \"aws_s3_bucket_versioning\"");
            });
    nothingWasWritten(state);
  }

  @Test
  void aDecisionThatIsADryRunWritesNothingInALiveRun() throws IOException {
    IncidentState state = scene.asked("evt-1").decided(Scene.decision(true)).proposes();

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.PLANNED);
    nothingWasWritten(state);
  }

  @Test
  void inADryRunAPersonsMatterStaysOne() throws IOException {
    IncidentState state = scene.asked("evt-1").endedAndProposes(Outcome.MANUAL, "enable it");

    IncidentState end = scene.open(state, scene.settings(false));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).startsWith("enable it; a live run would open");
    nothingWasWritten(state);
  }

  /** Past the handler: what a dry run is given to ask with is refused what the other may do. */
  @Test
  void theClientOfADryRunCannotWriteEvenWhenItIsToldTo() {
    IncidentState state = scene.asked("evt-1");
    try (var access = access()) {
      var request =
          new FixRequests(Catalogue.standard(), tables.store()).of(state, scene.record(state));

      assertThat(access.connection().dryProposer().propose(request).toString())
          .contains("a dry run writes nothing; it was not sent");
      assertThat(scene.writes()).isEmpty();
      access.connection().proposer().propose(request);
      assertThat(scene.writes()).isNotEmpty();
    }
  }

  @Test
  void aStoppedRunOpensNothing() throws IOException {
    tables.store().safety().stop("ana", "a bad day");
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(end.reason()).startsWith("stopped: ana switched live changes off at");
    assertThat(scene.server.requests()).isEmpty();
    nothingWasWritten(state);
  }

  @Test
  void aRunThatIsStoppedWhileItReadsOpensNothing() throws IOException {
    scene.server.before(GET_BLOB, 1, () -> tables.store().safety().stop("ana", ""));
    IncidentState state =
        scene.asked("evt-1").endedAndProposes(Outcome.REMEDIATED, "applied and read back");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(end.reason()).contains("no pull request: stopped: ana");
    nothingWasWritten(state);
  }

  @Test
  void withoutAnAuditTrailNothingIsOpened() {
    IncidentState state = scene.asked("evt-1");
    Map<String, Object> settings = scene.settings(true);
    settings.put("cloudmend.tables.audit", "no-such-table");

    assertThatThrownBy(() -> scene.open(state, settings))
        .isExactlyInstanceOf(AuditUnavailableException.class);

    assertThat(scene.writes()).isEmpty();
    assertThat(scene.index()).isEmpty();
  }

  @Test
  void aDecisionWithoutTheChannelIsRefused() throws IOException {
    IncidentState state =
        scene
            .asked("evt-1")
            .decided(
                new Decision(
                    Decision.Mode.automatic, false, "mine", List.of("live"), List.of(), ""))
            .proposes();

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(end.reason()).isEqualTo("rule 'mine' does not let the fix go to the source");
    assertThat(scene.server.requests()).isEmpty();
  }

  private GitHubAccess access() {
    var configuration =
        Configuration.read(Optional.of(folder.resolve("cloudmend.yaml")), Optional.empty());
    return new GitHubAccess(
        new GitHubSettings(
            Optional.of(scene.server.endpoint().toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(FakeGitHub.TOKEN)),
        configuration.pullRequests(),
        Optional.empty(),
        Clock.systemUTC());
  }

  private void nothingWasWritten(IncidentState state) {
    assertThat(scene.writes()).isEmpty();
    assertThat(scene.trail(state)).isEmpty();
    assertThat(scene.index()).isEmpty();
    assertThat(scene.record(state).pullRequest()).isNull();
  }
}

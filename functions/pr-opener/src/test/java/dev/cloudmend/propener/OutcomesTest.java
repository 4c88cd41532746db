package dev.cloudmend.propener;

import static dev.cloudmend.testing.github.GitHubOperation.CREATE_TREE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Finding;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink.Status;
import dev.cloudmend.model.Severity;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.github.GitHubReply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of a proposal is what the incident ends with. */
class OutcomesTest {

  private static final String URL = "https://github.com/acme/infra/pull/1";

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
  void aFixThatWasMadeLiveStaysRemediatedAndIsProposedToo() throws IOException {
    IncidentState state =
        scene.asked("evt-1").endedAndProposes(Outcome.REMEDIATED, "applied and read back");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(end.reason()).isEqualTo("applied and read back; pull request opened: " + URL);
    assertThat(scene.only().body()).contains("The live resource was mended already");
    assertThat(scene.index().getFirst().fixedLive()).isTrue();
  }

  @Test
  void aPullRequestWhoseFixIsMadeLiveLaterIsKnownToBe() throws IOException {
    IncidentState state = scene.asked("evt-1");
    scene.open(state);

    scene.open(state.endedAndProposes(Outcome.REMEDIATED, "applied and read back"));

    assertThat(scene.index().getFirst().fixedLive()).isTrue();
    assertThat(scene.repository.pulls()).hasSize(1);
  }

  @Test
  void aPersonsMatterGivesWayToAPullRequest() throws IOException {
    IncidentState state =
        scene.asked("evt-1").endedAndProposes(Outcome.MANUAL, "enable it in the console");

    assertThat(scene.open(state).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
  }

  @ParameterizedTest
  @EnumSource(names = {"REMEDIATED", "AWAITING_APPROVAL", "PLANNED"})
  void anEndThatItHasStaysWhereThereIsNoPullRequest(Outcome outcome) throws IOException {
    scene.repository.archive();
    scene.server.alwaysFails(CREATE_TREE, GitHubReply.notAccessible());

    IncidentState end = scene.open(scene.asked("evt-1").endedAndProposes(outcome, "so it is"));

    assertThat(end.outcome()).isEqualTo(outcome);
    assertThat(end.reason()).startsWith("so it is; no pull request: acme/infra ");
    assertThat(end.error()).isNull();
  }

  @Test
  void whatAPersonHasToDoStaysBesideTheReason() throws IOException {
    scene.repository.commit("main", Map.of(Scene.FILE, "locals {}\n"), "None");

    IncidentState end =
        scene.open(scene.asked("evt-1").endedAndProposes(Outcome.MANUAL, "enable it"));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).startsWith("enable it; no pull request: not located");
  }

  @Test
  void candidatesAreNamed() throws IOException {
    String twice =
        Scene.bucket("one").replace("\"one\"\n}", "\"reports\"\n}")
            + Scene.bucket("two").replace("\"two\"\n}", "\"reports\"\n}");
    scene.repository.commit("main", Map.of(Scene.FILE, twice), "Twice");

    IncidentState end = scene.open(scene.asked("evt-1"));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason())
        .contains("; candidates: ", "aws_s3_bucket.one in live/main.tf:1", "aws_s3_bucket.two");
    assertThat(scene.writes()).isEmpty();
  }

  @Test
  void sourceThatIsCompliantIsToBeApplied() throws IOException {
    scene.open(scene.asked("evt-1"));
    scene.repository.merge(1);

    IncidentState end =
        scene.open(scene.asked(Scene.finding("evt-2", "reports", Severity.HIGH, Json.object())));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).contains("does not show it").endsWith("; apply the source");
  }

  @Test
  void whatAPersonClosedIsIgnored() throws IOException {
    scene.open(scene.asked("evt-1"));
    scene.repository.close(1);
    scene.server.forget();

    IncidentState end = scene.open(scene.asked("evt-2"));

    assertThat(end.outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(end.reason()).contains("a person closed it", URL);
    assertThat(scene.writes()).isEmpty();
  }

  @Test
  void whatWasMergedAndTakenBackIsAPersonsMatter() throws IOException {
    scene.open(scene.asked("evt-1"));
    scene.repository.merge(1);
    scene.repository.commit("main", Map.of(Scene.FILE, Scene.bucket("reports")), "Taken back");

    IncidentState end = scene.open(scene.asked("evt-2"));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).contains("was merged", URL);
  }

  @Test
  void whatSomebodyWorksOnStaysOpenAndIsSaidToBeEdited() throws IOException {
    scene.open(scene.asked("evt-1"));
    scene.repository.commit(scene.only().head(), Map.of("live/note.tf", "# mine\n"), "Mine");
    IncidentState second = scene.asked("evt-2");

    IncidentState end = scene.open(second);

    assertThat(end.outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(end.reason())
        .isEqualTo("pull request open: " + URL + " (somebody else works on its pull request)");
    assertThat(scene.link(second).status()).isEqualTo(Status.EDITED);
    assertThat(scene.trail(second)).containsExactly(Trail.EDITED);
  }

  @Test
  void aBranchOfSomebodyElseIsAPersonsMatter() throws IOException {
    scene.open(scene.asked("evt-1"));
    String head = scene.only().head();
    scene.repository.edit(1, "Nothing");
    scene.repository.close(1);
    scene.repository.commit(head, Map.of("note.txt", "mine"), "Mine");

    IncidentState end = scene.open(scene.asked("evt-2"));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).contains(head);
    assertThat(scene.repository.pulls()).hasSize(1);
  }

  @Test
  void moreThanAnHourAllowsAreBlocked() throws IOException {
    scene.configure("limits: {open: 10, perHour: 1}\n");
    scene.repository.commit("main", Map.of("live/more.tf", Scene.bucket("logs")), "More");
    scene.open(scene.asked("evt-1"));
    scene.server.forget();

    IncidentState end = scene.open(scene.asked(Scene.finding("evt-2", "logs")));

    assertThat(end.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(end.reason()).contains("within the hour, of at most 1");
    assertThat(scene.writes()).isEmpty();
    assertThat(scene.trail(scene.asked("evt-2"))).isEmpty();
  }

  @Test
  void aFindingOfABranchGoesOntoIt() throws IOException {
    scene.repository.commit("feature/x", Map.of("live/more.tf", "locals {}\n"), "More");

    scene.open(scene.asked(ofBranch("feature/x")));

    assertThat(scene.only().base()).isEqualTo("feature/x");
  }

  @Test
  void aBranchThatGitDoesNotAllowIsAPersonsMatter() throws IOException {
    IncidentState end = scene.open(scene.asked(ofBranch("feature/../x y")));

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason())
        .isEqualTo("the branch of the finding: git allows no branch of this name");
    assertThat(scene.server.requests()).isEmpty();
  }

  @Test
  void anEntryThatAsksForATagIsMetByTheTagsThatWereKept() throws IOException {
    scene.configure("when: {tag: {key: team, value: web}}\n");
    IncidentState state = scene.asked("evt-1");

    IncidentState unmet = scene.open(state);
    assertThat(unmet.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(unmet.reason()).isEqualTo("no repository is configured for this resource");

    tables.store().incidents().tagged(state.incidentId(), Map.of("team", "web"));
    assertThat(scene.open(state).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
  }

  private static Finding ofBranch(String branch) {
    return Scene.finding("evt-1", "reports", Severity.MEDIUM, Json.object().put("branch", branch));
  }
}

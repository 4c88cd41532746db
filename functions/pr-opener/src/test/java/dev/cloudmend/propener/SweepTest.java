package dev.cloudmend.propener;

import static dev.cloudmend.testing.github.GitHubOperation.CREATE_COMMENT;
import static dev.cloudmend.testing.github.GitHubOperation.GET_PULL;
import static dev.cloudmend.testing.github.GitHubOperation.UPDATE_PULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.Configuration;
import dev.cloudmend.function.IncidentState;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.PullRequestLink.Status;
import dev.cloudmend.store.OpenProposal;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.GitHubReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What became of the pull requests is read back, and what is resolved is closed. */
class SweepTest {

  private static final String RESOLVED = "the check passed, says [vanta](x) and @ana";

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
  void withoutAPullRequestNobodyIsAsked() throws IOException {
    Map<String, Object> settings = scene.settings(true);
    settings.remove("cloudmend.github.token");

    assertThat(scene.sweep(settings)).isEqualTo(counts());

    assertThat(scene.server.requests()).isEmpty();
  }

  @Test
  void oneThatWaitsStaysAsItIs() throws IOException {
    IncidentState state = opened("evt-1");
    scene.server.forget();

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1));

    assertThat(scene.writes()).isEmpty();
    assertThat(scene.server.requests()).hasSize(2);
    assertThat(scene.trail(state)).containsExactly(Trail.INTENDED, Trail.OPENED);
    assertThat(scene.index()).hasSize(1);
  }

  @Test
  void oneThatWasMergedIsToldToEachOfItsIncidentsOnce() throws IOException {
    IncidentState first = opened("evt-1");
    IncidentState second = opened("evt-2");
    scene.repository.merge(1);

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("merged", 1));
    assertThat(scene.sweep()).isEqualTo(counts());

    for (IncidentState state : List.of(first, second)) {
      assertThat(scene.trail(state)).endsWith(Trail.MERGED).containsOnlyOnce(Trail.MERGED);
      assertThat(scene.link(state).status()).isEqualTo(Status.MERGED);
      assertThat(scene.lastEntry(state).path("status").asText()).isEqualTo("MERGED");
    }
    assertThat(scene.index()).isEmpty();
  }

  @Test
  void oneThatAPersonClosedIsTold() throws IOException {
    IncidentState state = opened("evt-1");
    scene.repository.close(1);

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("closed", 1));

    assertThat(scene.trail(state)).endsWith(Trail.CLOSED);
    assertThat(scene.lastEntry(state).path("reason").asText())
        .isEqualTo("a person closed it without a merge");
    assertThat(scene.link(state).status()).isEqualTo(Status.CLOSED);
    assertThat(scene.index()).isEmpty();
  }

  @Test
  void oneThatSomebodyWorksOnIsToldOnceAndNeverClosed() throws IOException {
    IncidentState state = opened("evt-1");
    scene.repository.commit(scene.only().head(), Map.of("live/note.tf", "# mine\n"), "Mine");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("edited", 1));
    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1));

    assertThat(scene.trail(state)).endsWith(Trail.EDITED).containsOnlyOnce(Trail.EDITED);
    assertThat(scene.link(state).status()).isEqualTo(Status.EDITED);
    assertThat(scene.only().isOpen()).isTrue();
  }

  @Test
  void oneWhoseFindingIsResolvedIsClosedWithAComment() throws IOException {
    IncidentState state = opened("evt-1");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("withdrawn", 1));

    assertThat(scene.only().isOpen()).isFalse();
    assertThat(scene.only().comments())
        .singleElement()
        .asString()
        .startsWith("Cloudmend closes this, because what it mends is resolved.")
        .contains("incident `" + state.incidentId() + "`: the check passed, says ")
        .doesNotContain("[vanta](x)", " @ana");
    assertThat(scene.trail(state))
        .containsExactly(Trail.INTENDED, Trail.OPENED, Trail.INTENDED, Trail.WITHDRAWN);
    assertThat(scene.link(state).status()).isEqualTo(Status.CLOSED);
    assertThat(scene.index()).isEmpty();
  }

  @Test
  void aFindingThatComesBackAfterThatIsProposedAgain() throws IOException {
    scene.close(opened("evt-1"), Outcome.ALREADY_COMPLIANT, RESOLVED);
    scene.sweep();

    IncidentState again = opened("evt-2");

    assertThat(scene.link(again).number()).isEqualTo(2);
    assertThat(scene.link(again).status()).isEqualTo(Status.OPEN);
  }

  @Test
  void oneWhoseResourceCloudmendMendedItselfStays() throws IOException {
    IncidentState state =
        scene.asked("evt-1").endedAndProposes(Outcome.REMEDIATED, "applied and read back");
    scene.open(state);
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1));

    assertThat(scene.only().isOpen()).isTrue();
  }

  /** A check that passes closes the last incident of a resource alone. */
  @Test
  void theLastIncidentOfAResourceSpeaksForTheOthersOfIt() throws IOException {
    opened("evt-1");
    tables.clock().advance(Duration.ofHours(1));
    IncidentState last = opened("evt-2");
    scene.close(last, Outcome.ALREADY_COMPLIANT, RESOLVED);

    assertThat(scene.sweep().path("withdrawn").asInt()).isEqualTo(1);
  }

  @Test
  void anEarlierIncidentThatIsResolvedDoesNotSpeakForALaterOne() throws IOException {
    IncidentState first = opened("evt-1");
    tables.clock().advance(Duration.ofHours(1));
    opened("evt-2");
    scene.close(first, Outcome.ALREADY_COMPLIANT, RESOLVED);

    assertThat(scene.sweep().path("withdrawn").asInt()).isZero();
    assertThat(scene.only().isOpen()).isTrue();
  }

  @Test
  void everyResourceOfOneHasToBeResolved() throws IOException {
    IncidentState one = opened("evt-1");
    IncidentState other = scene.asked(Scene.finding("evt-2", "logs"));
    OpenProposal open = scene.index().getFirst();
    tables.store().proposals().add(open.pullRequest(), open.headSha(), other.incidentId(), false);
    scene.close(one, Outcome.ALREADY_COMPLIANT, RESOLVED);

    assertThat(scene.sweep().path("withdrawn").asInt()).isZero();
    scene.close(other, Outcome.ALREADY_COMPLIANT, RESOLVED);
    assertThat(scene.sweep().path("withdrawn").asInt()).isEqualTo(1);
  }

  @Test
  void aDryRunReadsBackAndClosesNothing() throws IOException {
    IncidentState state = opened("evt-1");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);
    scene.server.forget();

    assertThat(scene.sweep(scene.settings(false))).isEqualTo(counts().put("read", 1));

    assertThat(scene.writes()).isEmpty();
    scene.repository.merge(1);
    assertThat(scene.sweep(scene.settings(false)).path("merged").asInt()).isEqualTo(1);
    assertThat(scene.link(state).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void aStoppedRunClosesNothing() throws IOException {
    IncidentState state = opened("evt-1");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);
    tables.store().safety().stop("ana", "a bad day");
    scene.server.forget();

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1));

    assertThat(scene.writes()).isEmpty();
  }

  @Test
  void aCrashAfterTheClosingIsNotTakenForAPerson() throws IOException {
    IncidentState state = opened("evt-1");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);
    scene.server.fails(UPDATE_PULL, 1, new GitHubReply.CutAfterwards());
    assertThatThrownBy(() -> scene.sweep()).isInstanceOf(SweepException.class);
    assertThat(scene.only().isOpen()).isFalse();

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("withdrawn", 1));

    assertThat(scene.trail(state)).endsWith(Trail.INTENDED, Trail.WITHDRAWN);
    assertThat(scene.index()).isEmpty();
  }

  @Test
  void withoutAnAuditTrailNothingIsClosed() throws IOException {
    IncidentState state = opened("evt-1");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);
    Map<String, Object> settings = scene.settings(true);
    settings.put("cloudmend.tables.audit", "no-such-table");
    scene.server.forget();

    assertThatThrownBy(() -> scene.sweep(settings))
        .isInstanceOf(SweepException.class)
        .hasMessageStartingWith("1 of 1 pull requests could not be read back");

    assertThat(scene.writes()).isEmpty();
    assertThat(scene.index()).hasSize(1);
  }

  @Test
  void aRepositoryThatIsGoneEndsItsPullRequests() throws IOException {
    IncidentState state = opened("evt-1");
    scene.server.alwaysFails(GET_PULL, GitHubReply.notFound());

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("closed", 1));

    assertThat(scene.lastEntry(state).path("reason").asText())
        .startsWith("GitHub does not show it any more");
    assertThat(scene.index()).isEmpty();
  }

  @Test
  void oneThatCannotBeReadDoesNotStopTheOthersAndFailsTheSweepAtItsEnd() throws IOException {
    opened("evt-1", "one");
    IncidentState other = opened("evt-2", "two");
    scene.server.fails(GET_PULL, 1, GitHubReply.html(502));
    scene.repository.merge(2);

    assertThatThrownBy(() -> scene.sweep())
        .isInstanceOf(SweepException.class)
        .hasMessageStartingWith(
            "1 of 2 pull requests could not be read back; the first:"
                + " https://github.com/acme/infra/pull/1: ");

    assertThat(scene.link(other).status()).isEqualTo(Status.MERGED);
    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1));
  }

  @Test
  void whereGitHubTakesNoMoreRequestsTheOthersAreLeftToTheNextSweep() throws IOException {
    opened("evt-1", "one");
    opened("evt-2", "two");
    opened("evt-3", "three");
    scene.server.fails(GET_PULL, 2, GitHubReply.secondaryLimit());
    scene.server.forget();

    assertThat(scene.sweep()).isEqualTo(counts().put("read", 1).put("left", 2));

    assertThat(scene.server.count(GET_PULL)).isEqualTo(2);
    // What was looked at is behind the others now.
    assertThat(scene.index())
        .extracting(open -> open.pullRequest().number())
        .containsExactly(2, 3, 1);
  }

  @Test
  void moreThanTwoHundredAreLeftToTheNextSweep() throws IOException {
    for (int i = 1; i <= Sweep.MOST + 3; i++) {
      known(i, "evt-" + i);
    }

    assertThat(scene.sweep())
        .isEqualTo(counts().put("read", 200).put("closed", 200).put("left", 3));
    assertThat(scene.sweep()).isEqualTo(counts().put("read", 3).put("closed", 3));
  }

  @Test
  void afterAMinuteNoOtherIsBegun() throws IOException {
    opened("evt-1", "one");
    opened("evt-2", "two");
    scene.server.before(GET_PULL, 1, () -> tables.clock().advance(Sweep.LONGEST.plusMillis(1)));
    var settings =
        new GitHubSettings(
            Optional.of(scene.server.endpoint().toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(FakeGitHub.TOKEN));
    try (var access =
        new GitHubAccess(
            settings, Configuration.PullRequests.NONE, Optional.empty(), tables.clock())) {
      Swept swept = new Sweep(access, tables.store(), true, tables.clock()).sweep();

      assertThat(swept).isEqualTo(new Swept(1, 0, 0, 0, 0, 0, 1));
    }
  }

  @Test
  void neitherLogsNorErrorsTellTheToken() throws IOException {
    opened("evt-1");
    scene.server.alwaysFails(
        GET_PULL, GitHubReply.error(401, "Bad credentials " + FakeGitHub.TOKEN));
    try (var log = new LogLines()) {
      assertThatThrownBy(() -> scene.sweep())
          .isInstanceOf(SweepException.class)
          .hasMessageContaining("Bad credentials ***");

      assertThat(log.lines())
          .anyMatch(line -> line.contains("Bad credentials ***"))
          .noneMatch(line -> line.contains(FakeGitHub.TOKEN));
    }
  }

  @Test
  void withoutALoginTheSweepFailsAndSaysWhatToSet() throws IOException {
    opened("evt-1");
    Map<String, Object> settings = scene.settings(true);
    settings.remove("cloudmend.github.token");

    assertThatThrownBy(() -> scene.sweep(settings))
        .isInstanceOf(SweepException.class)
        .hasMessage(
            "1 pull requests are not read back: nobody is set who may ask GitHub; set"
                + " cloudmend.github.secret");
  }

  @Test
  void theCommentComesBeforeTheClosing() throws IOException {
    IncidentState state = opened("evt-1");
    scene.close(state, Outcome.ALREADY_COMPLIANT, RESOLVED);
    scene.server.forget();

    scene.sweep();

    assertThat(scene.writes()).containsExactly(CREATE_COMMENT, UPDATE_PULL);
  }

  private IncidentState opened(String eventId) throws IOException {
    IncidentState state = scene.asked(eventId);
    assertThat(scene.open(state).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    return state;
  }

  /** One of several buckets, of which each gets a pull request of its own. */
  private IncidentState opened(String eventId, String bucket) throws IOException {
    scene.configure("limits: {open: 10, perHour: 10}\n");
    scene.repository.commit(
        "main", Map.of("live/" + bucket + ".tf", Scene.bucket(bucket)), "One more");
    IncidentState state = scene.asked(Scene.finding(eventId, bucket));
    assertThat(scene.open(state).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    return state;
  }

  /** A pull request that is in the index, and not on GitHub any more. */
  private void known(int number, String eventId) {
    IncidentState state = scene.asked(eventId);
    var link =
        new PullRequestLink(
            "acme/infra",
            number,
            "https://github.com/acme/infra/pull/" + number,
            "cloudmend/x/" + number,
            Status.OPEN);
    tables.store().proposals().add(link, "head", state.incidentId(), false);
  }

  private static ObjectNode counts() {
    return Json.object()
        .put("read", 0)
        .put("merged", 0)
        .put("closed", 0)
        .put("edited", 0)
        .put("withdrawn", 0)
        .put("failed", 0)
        .put("left", 0);
  }
}

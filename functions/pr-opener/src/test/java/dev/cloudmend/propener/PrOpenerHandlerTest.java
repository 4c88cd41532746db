package dev.cloudmend.propener;

import static dev.cloudmend.testing.github.GitHubOperation.ADD_LABELS;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_COMMIT;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_PULL;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_REF;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_TREE;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BLOB;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BRANCH;
import static dev.cloudmend.testing.github.GitHubOperation.GET_COMMIT;
import static dev.cloudmend.testing.github.GitHubOperation.LIST_PULLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.PullRequestLink.Status;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.functions.LambdaCall;
import dev.cloudmend.testing.github.FakePullRequest;
import dev.cloudmend.testing.github.GitHubReply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The function as it is deployed, with a GitHub that speaks its API over HTTP. */
class PrOpenerHandlerTest {

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
  void aFixBecomesOnePullRequestThatIsKeptInTheIncidentTheTrailAndTheIndex() throws IOException {
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(end.reason()).isEqualTo("pull request opened: " + URL);
    assertThat(end.next()).isNull();
    FakePullRequest pull = scene.only();
    assertThat(pull.body()).contains(state.incidentId(), "Security Hub S3.14");
    assertThat(scene.link(state))
        .isEqualTo(new PullRequestLink("acme/infra", 1, URL, pull.head(), Status.OPEN));
    assertThat(scene.trail(state)).containsExactly(Trail.INTENDED, Trail.OPENED);
    assertThat(scene.lastEntry(state).path("url").asText()).isEqualTo(URL);
    assertThat(scene.lastEntry(state).path("branch").asText()).isEqualTo(pull.head());
    assertThat(scene.index())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.pullRequest()).isEqualTo(scene.link(state));
              assertThat(open.headSha()).isEqualTo(pull.headSha());
              assertThat(open.incidents()).containsExactly(state.incidentId());
              assertThat(open.fixedLive()).isFalse();
            });
  }

  @Test
  void theIntentSaysWhatIsWrittenBeforeItIs() throws IOException {
    IncidentState state = scene.asked("evt-1");
    var before = new ArrayList<String>();
    scene.server.before(CREATE_TREE, 1, () -> before.addAll(scene.trail(state)));

    scene.open(state);

    assertThat(before).containsExactly(Trail.INTENDED);
    assertThat(tables.store().audit().ofIncident(state.incidentId()).getFirst().data())
        .isEqualTo(
            Json.object()
                .put("action", "propose")
                .put("repository", "acme/infra")
                .put("base", "main")
                .put("branch", scene.only().head())
                .put("title", scene.only().title()));
  }

  /** Beside these there is one for each file that was not read before. */
  @Test
  void aNewPullRequestTakesTwelveRequests() throws IOException {
    scene.open(scene.asked("evt-1"));

    assertThat(scene.server.operations()).hasSize(12);
    assertThat(scene.server.count(GET_BLOB)).isEqualTo(1);
    assertThat(scene.writes())
        .containsExactly(CREATE_TREE, CREATE_COMMIT, CREATE_REF, CREATE_PULL, ADD_LABELS);
  }

  @Test
  void theSameDeliveryAgainFindsItWithThreeRequestsAndSaysNothingNew() throws IOException {
    IncidentState state = scene.asked("evt-1");
    try (PrOpenerHandler handler = scene.handler()) {
      Scene.open(handler, state);
      scene.server.forget();

      IncidentState end = Scene.open(handler, state);

      assertThat(end.outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
      assertThat(end.reason()).isEqualTo("pull request open: " + URL);
    }
    assertThat(scene.server.operations()).containsExactly(GET_BRANCH, LIST_PULLS, GET_COMMIT);
    assertThat(scene.trail(state)).containsExactly(Trail.INTENDED, Trail.OPENED);
  }

  @Test
  void anotherIncidentOfTheSameResourceSharesThePullRequest() throws IOException {
    IncidentState first = scene.asked("evt-1");
    IncidentState second = scene.asked("evt-2");
    scene.open(first);
    scene.server.forget();

    IncidentState end = scene.open(second);

    assertThat(end.outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(scene.writes()).isEmpty();
    assertThat(scene.link(second)).isEqualTo(scene.link(first));
    assertThat(scene.trail(second)).containsExactly(Trail.OPENED);
    assertThat(scene.lastEntry(second).at("/notes/0").asText()).isEqualTo("it was open already");
    assertThat(scene.index().getFirst().incidents())
        .containsExactlyInAnyOrder(first.incidentId(), second.incidentId());
  }

  @Test
  void ofManyDeliveriesAtTheSameMomentOnePullRequestComes() throws Exception {
    IncidentState state = scene.asked("evt-1");
    int many = 8;
    var start = new CyclicBarrier(many);
    try (PrOpenerHandler handler = scene.handler();
        var threads = Executors.newFixedThreadPool(many)) {
      var running = new ArrayList<Future<IncidentState>>();
      for (int i = 0; i < many; i++) {
        Callable<IncidentState> delivery =
            () -> {
              start.await();
              return patiently(handler, state);
            };
        running.add(threads.submit(delivery));
      }
      for (Future<IncidentState> end : running) {
        assertThat(end.get().outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
      }
    }

    assertThat(scene.only().isOpen()).isTrue();
    assertThat(scene.repository.branches()).hasSize(2);
    assertThat(scene.index()).hasSize(1);
  }

  @Test
  void aSourceThatWentOnBringsItUpToDate() throws IOException {
    IncidentState state = scene.asked("evt-1");
    scene.open(state);
    scene.repository.commit(
        "main", Map.of(Scene.FILE, "# Reports\n" + Scene.bucket("reports")), "More");

    IncidentState end = scene.open(state);

    assertThat(end.reason()).isEqualTo("pull request brought up to date: " + URL);
    assertThat(scene.trail(state))
        .containsExactly(Trail.INTENDED, Trail.OPENED, Trail.INTENDED, Trail.UPDATED);
  }

  @Test
  void whatCouldNotBeAddedStandsInTheReasonAndTheTrail() throws IOException {
    scene.configure("reviewers: [nobody]\n");
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.reason())
        .isEqualTo("pull request opened: " + URL + " (nobody could not be asked for a review)");
    assertThat(scene.lastEntry(state).at("/notes/0").asText()).contains("nobody");
  }

  @Test
  void aTryThatBrokeOffAfterItWasOpenedIsFoundAgain() throws IOException {
    IncidentState state = scene.asked("evt-1");
    scene.server.fails(ADD_LABELS, 1, GitHubReply.html(502));
    assertThatThrownBy(() -> scene.open(state)).isExactlyInstanceOf(TryAgainException.class);
    assertThat(scene.repository.pulls()).hasSize(1);
    assertThat(scene.index()).isEmpty();

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
    assertThat(scene.link(state).branch()).isEqualTo(scene.only().head());
    assertThat(scene.only().labels()).isNotEmpty();
    assertThat(scene.trail(state)).containsExactly(Trail.INTENDED, Trail.INTENDED, Trail.OPENED);
    assertThat(scene.index()).hasSize(1);
  }

  @Test
  void anUnknownActionIsAnErrorThatNamesTheKnownOnes() {
    try (PrOpenerHandler handler = scene.handler()) {
      assertThatThrownBy(() -> LambdaCall.call(handler, "{\"action\": \"merge\"}"))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessage("the action 'merge' is not known; expected open or sweep");
      assertThatThrownBy(() -> LambdaCall.call(handler, "{\"action\": \"open\"}"))
          .isExactlyInstanceOf(ModelException.class)
          .hasMessage("the state has no 'state'");
    }
  }

  /** As the state machine does. */
  private static IncidentState patiently(PrOpenerHandler handler, IncidentState state)
      throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return Scene.open(handler, state);
      } catch (TryAgainException e) {
        if (tries == 5) {
          throw e;
        }
      }
    }
  }
}

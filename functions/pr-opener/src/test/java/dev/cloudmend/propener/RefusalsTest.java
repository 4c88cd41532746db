package dev.cloudmend.propener;

import static dev.cloudmend.testing.github.GitHubOperation.CREATE_PULL;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_REF;
import static dev.cloudmend.testing.github.GitHubOperation.CREATE_TREE;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BLOB;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BRANCH;
import static dev.cloudmend.testing.github.GitHubOperation.LIST_PULLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.IncidentState.Next;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.testing.functions.FreshStore;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.GitHubOperation;
import dev.cloudmend.testing.github.GitHubReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever GitHub refuses has its outcome, and leaves nothing half-done. */
class RefusalsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

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

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(GET_BRANCH, GitHubReply.badCredentials(), "give the token the right"),
        Arguments.of(GET_BRANCH, GitHubReply.notAccessible(), "give the token the right"),
        Arguments.of(GET_BLOB, GitHubReply.notFound(), "is missing, or hidden"),
        Arguments.of(GET_BRANCH, GitHubReply.error(409, "Git Repository is empty."), "no commit"),
        Arguments.of(CREATE_TREE, GitHubReply.notAccessible(), "give the token the right"),
        Arguments.of(CREATE_REF, GitHubReply.ruleViolation(), "has a rule that forbids it"),
        Arguments.of(
            CREATE_TREE, GitHubReply.validationFailed("Tree", "invalid", "no"), "refused it"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatGitHubRefusesIsAPersonsMatter(
      GitHubOperation operation, GitHubReply reply, String reason) throws IOException {
    scene.server.alwaysFails(operation, reply);
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).startsWith("acme/infra ").contains(reason);
    nothingIsHalfDone(state);
  }

  @ParameterizedTest
  @CsvSource({
    "acme/none, main, live, 'is missing, or hidden'",
    "acme/infra, none, live, 'is missing, or hidden'",
    "acme/infra, main, none, 'no directory none'",
    "acme/empty, main, live, 'has no commit yet'",
    "acme/infra, cloudmend/x/1, live, 'one of Cloudmend''s own'"
  })
  void aPlaceThatIsNotThereIsAPersonsMatter(
      String repository, String base, String directory, String reason) throws IOException {
    scene.server.repository("acme/empty");
    scene.write(
        """
        pullRequests:
          repositories:
            - {repository: %s, base: %s, directory: %s}
        """
            .formatted(repository, base, directory));
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).contains(reason);
    nothingIsHalfDone(state);
  }

  @Test
  void anArchivedRepositoryIsAPersonsMatter() throws IOException {
    scene.repository.archive();
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.outcome()).isEqualTo(Outcome.MANUAL);
    assertThat(end.reason()).startsWith("acme/infra is archived");
    assertThat(scene.trail(state)).containsExactly(Trail.INTENDED);
    nothingIsHalfDone(state);
  }

  static Stream<Arguments> passing() {
    return Stream.of(
        Arguments.of(GET_BRANCH, GitHubReply.html(503)),
        Arguments.of(GET_BLOB, new GitHubReply.CutAfterwards()),
        Arguments.of(CREATE_TREE, GitHubReply.error(500, "Server Error")),
        Arguments.of(CREATE_TREE, GitHubReply.error(409, "Conflict")));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatMayPassIsTriedAgainByTheStateMachine(GitHubOperation operation, GitHubReply reply) {
    scene.server.alwaysFails(operation, reply);
    IncidentState state = scene.asked("evt-1");

    assertThatThrownBy(() -> scene.open(state)).isExactlyInstanceOf(TryAgainException.class);

    nothingIsHalfDone(state);
  }

  @Test
  void aBranchThatGotNoPullRequestGetsItWithTheNextTry() throws IOException {
    IncidentState state = scene.asked("evt-1");
    scene.server.fails(CREATE_PULL, 1, GitHubReply.html(502));
    assertThatThrownBy(() -> scene.open(state)).isExactlyInstanceOf(TryAgainException.class);
    assertThat(scene.repository.branches()).hasSize(2);

    assertThat(scene.open(state).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);

    assertThat(scene.repository.branches()).hasSize(2);
    assertThat(scene.only().isOpen()).isTrue();
  }

  @Test
  void aBaseThatMovesOnceIsReadAgain() throws IOException {
    scene.server.before(LIST_PULLS, 1, () -> move("# one\n"));

    assertThat(scene.open(scene.asked("evt-1")).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);

    assertThat(scene.repository.files(scene.only().head()).get(Scene.FILE)).startsWith("# one\n");
  }

  @Test
  void aBaseThatMovesAgainAndAgainIsLeftToTheNextTry() {
    for (int i = 1; i <= 12; i++) {
      String begin = "# %d\n".formatted(i);
      scene.server.before(GET_BRANCH, i, () -> move(begin));
    }
    IncidentState state = scene.asked("evt-1");

    assertThatThrownBy(() -> scene.open(state)).isExactlyInstanceOf(TryAgainException.class);

    nothingIsHalfDone(state);
  }

  @Test
  void aTreeThatGitHubCutsIsReadInParts() throws IOException {
    scene.repository.commit(
        "main", Map.of("docs/a.md", "", "docs/b.md", "", "docs/c.md", ""), "Docs");
    scene.repository.listAtMost(3);

    assertThat(scene.open(scene.asked("evt-1")).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
  }

  @Test
  void ofTenThousandFilesOnlyTheDirectorysTerraformIsRead() throws IOException {
    var files = new HashMap<String, String>();
    for (int i = 0; i < 10_000; i++) {
      files.put("docs/%d.md".formatted(i), "");
    }
    scene.repository.commit("main", files, "Many");

    assertThat(scene.open(scene.asked("evt-1")).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);

    assertThat(scene.server.count(GET_BLOB)).isEqualTo(1);
  }

  @Test
  void aLimitWithATimeIsWaitedFor() throws IOException {
    scene.server.fails(GET_BLOB, 1, GitHubReply.secondaryLimit(Duration.ofSeconds(30)));
    IncidentState state = scene.asked("evt-1");
    Instant before = Instant.now();

    IncidentState waiting = scene.open(state);

    assertThat(waiting.next()).isEqualTo(Next.WAIT);
    assertThat(waiting.outcome()).isNull();
    assertThat(until(waiting))
        .isAfterOrEqualTo(before.plusSeconds(30))
        .isBefore(Instant.now().plusSeconds(32));
    assertThat(Objects.requireNonNull(waiting.waiting()).times()).isEqualTo(1);
    nothingIsHalfDone(state);
    assertThat(scene.open(waiting).outcome()).isEqualTo(Outcome.PULL_REQUEST_OPENED);
  }

  @Test
  void aLimitWithoutATimeIsWaitedForAMinuteAndALongOneForAnHour() throws IOException {
    Instant before = Instant.now();
    scene.server.fails(GET_BRANCH, 1, GitHubReply.secondaryLimit());
    assertThat(until(scene.open(scene.asked("evt-1"))))
        .isBetween(before.plus(MINUTE), Instant.now().plus(MINUTE).plusSeconds(2));

    scene.server.fails(GET_BRANCH, 1, GitHubReply.primaryLimit(before.plus(Duration.ofDays(400))));
    assertThat(until(scene.open(scene.asked("evt-1"))))
        .isBefore(Instant.now().plus(Duration.ofHours(1)).plusSeconds(2));
  }

  @Test
  void aLimitAfterFiveWaitsIsAFailure() throws IOException {
    scene.server.alwaysFails(GET_BRANCH, GitHubReply.secondaryLimit());
    IncidentState state = scene.asked("evt-1");
    for (int i = 1; i <= Opener.MOST_WAITS; i++) {
      state = scene.open(state);
      assertThat(state.next()).isEqualTo(Next.WAIT);
    }

    IncidentState end = scene.open(state);

    assertThat(end.next()).isNull();
    assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(end.error())
        .isNotNull()
        .satisfies(
            error -> {
              assertThat(error.step()).isEqualTo("propose");
              assertThat(error.message()).startsWith("GitHub took no request after 5 waits");
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"REMEDIATED", "AWAITING_APPROVAL"})
  void anEndThatItHasOutlivesTheWaits(Outcome outcome) throws IOException {
    scene.server.alwaysFails(GET_BRANCH, GitHubReply.secondaryLimit());
    IncidentState state = scene.asked("evt-1").endedAndProposes(outcome, "so it is");
    for (int i = 0; i <= Opener.MOST_WAITS; i++) {
      state = scene.open(state);
      assertThat(state.outcome()).isEqualTo(outcome);
    }

    assertThat(state.next()).isNull();
    assertThat(state.reason()).startsWith("so it is; no pull request: GitHub took no request");
  }

  @Test
  void noTokenIsToldWhateverGitHubSays() throws IOException {
    scene.server.alwaysFails(
        GET_BRANCH, GitHubReply.error(401, "Bad credentials " + FakeGitHub.TOKEN));
    IncidentState state = scene.asked("evt-1");

    IncidentState end = scene.open(state);

    assertThat(end.reason()).contains("Bad credentials ***");
    assertThat(end + scene.everything(state)).doesNotContain(FakeGitHub.TOKEN);
  }

  private void move(String begin) {
    scene.repository.commit("main", Map.of(Scene.FILE, begin + Scene.bucket("reports")), "Moved");
  }

  private static Instant until(IncidentState state) {
    return Instant.parse(Objects.requireNonNull(state.waiting()).until());
  }

  private void nothingIsHalfDone(IncidentState state) {
    assertThat(scene.repository.branches()).containsExactly("main");
    assertThat(scene.repository.pulls()).isEmpty();
    assertThat(scene.index()).isEmpty();
    assertThat(scene.record(state).pullRequest()).isNull();
  }
}

package dev.cloudmend.pullrequests;

import static dev.cloudmend.testing.github.GitHubOperation.CREATE_REF;
import static dev.cloudmend.testing.github.GitHubOperation.GET_BRANCH;
import static dev.cloudmend.testing.github.GitHubOperation.GET_REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.testing.functions.AdvancingClock;
import dev.cloudmend.testing.github.FakeGitHub;
import dev.cloudmend.testing.github.GitHubOperation;
import dev.cloudmend.testing.github.GitHubReply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(GitHubReply.badCredentials(), Kind.NO_RIGHTS),
        arguments(GitHubReply.notAccessible(), Kind.NO_RIGHTS),
        arguments(GitHubReply.notFound(), Kind.NOT_FOUND),
        arguments(GitHubReply.error(301, "Moved Permanently"), Kind.NOT_FOUND),
        arguments(GitHubReply.error(410, "Gone"), Kind.NOT_FOUND),
        arguments(GitHubReply.error(400, "Problems parsing JSON"), Kind.INVALID),
        arguments(
            GitHubReply.error(403, "Repository was archived so is read-only."), Kind.ARCHIVED),
        arguments(GitHubReply.error(409, "Git Repository is empty."), Kind.EMPTY),
        arguments(GitHubReply.error(409, "Conflict"), Kind.CONFLICT),
        arguments(GitHubReply.error(409, "Repository rule violations found"), Kind.PROTECTED),
        arguments(GitHubReply.ruleViolation(), Kind.PROTECTED),
        arguments(
            GitHubReply.error(403, "Protected branch update failed for refs/heads/x."),
            Kind.PROTECTED),
        arguments(GitHubReply.error(422, "Reference already exists"), Kind.CONFLICT),
        arguments(GitHubReply.error(422, "Update is not a fast forward"), Kind.CONFLICT),
        arguments(GitHubReply.error(422, "Reference does not exist"), Kind.NOT_FOUND),
        arguments(GitHubReply.error(422, "Object does not exist"), Kind.INVALID),
        arguments(
            GitHubReply.validationFailed(
                "PullRequest", "custom", "A pull request already exists for acme:x."),
            Kind.CONFLICT),
        arguments(
            GitHubReply.validationFailed("PullRequest", "custom", "No commits between main and x"),
            Kind.INVALID),
        arguments(GitHubReply.html(500), Kind.UNAVAILABLE),
        arguments(GitHubReply.html(503), Kind.UNAVAILABLE),
        arguments(GitHubReply.html(200), Kind.UNAVAILABLE),
        arguments(GitHubReply.error(408, "Timeout"), Kind.UNAVAILABLE));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void eachRefusalHasItsKind(GitHubReply reply, Kind kind) {
    scene.server.alwaysFails(GET_REPOSITORY, reply);

    GitHubException refused = refused();

    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.retryAfter()).isEmpty();
    assertThat(refused)
        .hasMessageStartingWith("GET /repos/acme/infra: ")
        .message()
        .doesNotContain(FakeGitHub.TOKEN);
    assertThat(scene.server.count(GET_REPOSITORY)).isEqualTo(1);
  }

  @Test
  void theMessageHasWhatGitHubSaidOfEachPart() {
    scene.server.alwaysFails(
        GET_REPOSITORY, GitHubReply.validationFailed("Label", "custom", "is too long"));

    assertThat(refused()).hasMessage("GET /repos/acme/infra: 422 Validation Failed: is too long");
  }

  @Test
  void aTokenThatAnAnswerRepeatsIsNotRepeatedAgain() {
    scene.server.alwaysFails(
        GET_REPOSITORY, GitHubReply.error(400, "bad header Bearer " + FakeGitHub.TOKEN));

    assertThat(refused()).hasMessageEndingWith("400 bad header Bearer ***");
  }

  @Test
  void theHourlyLimitSaysWhenItEnds() {
    scene.server.alwaysFails(
        GET_REPOSITORY,
        GitHubReply.primaryLimit(AdvancingClock.START.plus(Duration.ofMinutes(17))));

    assertThat(refused().kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(refused().retryAfter()).contains(Duration.ofMinutes(17));
  }

  @Test
  void anHourlyLimitThatHasEndedIsWaitedForASecond() {
    scene.server.alwaysFails(GET_REPOSITORY, GitHubReply.primaryLimit(AdvancingClock.START));

    assertThat(refused().retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void theLimitOfThePaceIsAsLongAsGitHubSays() {
    scene.server.alwaysFails(GET_REPOSITORY, GitHubReply.secondaryLimit(Duration.ofSeconds(42)));

    assertThat(refused().kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(refused().retryAfter()).contains(Duration.ofSeconds(42));
  }

  @Test
  void theLimitOfThePaceIsAMinuteWhereGitHubDoesNotSay() {
    scene.server.alwaysFails(GET_REPOSITORY, GitHubReply.secondaryLimit());

    assertThat(refused().retryAfter()).contains(Duration.ofMinutes(1));
  }

  @Test
  void aLimitInTheMiddleIsThrownAndTheNextProposalGoesOn() {
    scene.server.fails(CREATE_REF, 1, GitHubReply.secondaryLimit(Duration.ofSeconds(42)));

    assertThatThrownBy(() -> scene.pullRequests.propose(scene.fix()))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED));
    assertThat(scene.repository.branches()).containsExactly("main");
    assertThat(scene.pullRequests.propose(scene.fix())).isInstanceOf(ProposalOutcome.Opened.class);
  }

  @Test
  void aRuleAgainstOurBranchLeavesNothing() {
    scene.server.alwaysFails(CREATE_REF, GitHubReply.ruleViolation());

    assertThatThrownBy(() -> scene.pullRequests.propose(scene.fix()))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTECTED));
    assertThat(scene.repository.branches()).containsExactly("main");
  }

  @Test
  void anArchivedRepositoryIsSeenAndNotWrittenTo() {
    Proposal fix = scene.fix();
    scene.repository.archive();

    assertThat(scene.github.repository(Scene.NAME))
        .isEqualTo(new Repository(Scene.NAME, Scene.MAIN, true));
    assertThatThrownBy(() -> scene.pullRequests.propose(fix))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ARCHIVED));
    assertThat(scene.repository.branches()).containsExactly("main");
  }

  @Test
  void anEmptyRepositoryIsToldFromAMissingBranch() {
    scene.server.repository("acme/new");

    assertThatThrownBy(() -> scene.github.branch(new RepositoryName("acme", "new"), Scene.MAIN))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EMPTY));
    assertThatThrownBy(() -> scene.github.branch(Scene.NAME, new Branch("feature/none")))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void aMissingRepositoryIsNotFound() {
    assertThatThrownBy(() -> scene.github.repository(new RepositoryName("acme", "gone")))
        .isInstanceOfSatisfying(
            GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatStopsAnsweringIsNotWaitedFor(boolean isHalfWay) {
    scene.server.alwaysFails(
        GET_BRANCH, isHalfWay ? new GitHubReply.StallHalfWay() : new GitHubReply.Silence());
    try (GitHub hasty = scene.client(GitHubCredentials.token(FakeGitHub.TOKEN), SHORT)) {
      assertThatThrownBy(() -> hasty.branch(Scene.NAME, Scene.MAIN))
          .isInstanceOfSatisfying(
              GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    scene.server.close();

    assertThat(refused().kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void anAnswerWithoutEndIsNotRead() {
    scene.server.alwaysFails(GET_REPOSITORY, GitHubReply.huge(Transport.MOST_BYTES));

    GitHubException refused = refused();
    assertThat(refused.kind()).isEqualTo(Kind.INVALID);
    assertThat(refused).hasMessageContaining("is longer than 16,777,216 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://github.example.com",
        "ftp://github.example.com",
        "https://me:secret@github.example.com",
        "https://github.example.com?x=y"
      })
  void tokensTravelEncryptedOnly(String address) {
    assertThatThrownBy(() -> GitHub.connect(URI.create(address), GitHubCredentials.token("ghp_x")))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void anEnterpriseServerHasItsApiBelowAPath() {
    try (GitHub enterprise =
        GitHub.connect(
            URI.create(scene.server.endpoint() + "/api/v3/"),
            GitHubCredentials.token(FakeGitHub.TOKEN))) {
      assertThat(enterprise.repository(Scene.NAME).isArchived()).isFalse();
    }
    assertThat(scene.server.requests())
        .extracting(r -> Map.entry(r.operation(), r.path()))
        .containsExactly(Map.entry(GitHubOperation.GET_REPOSITORY, "/api/v3/repos/acme/infra"));
  }

  private GitHubException refused() {
    return catchThrowableOfType(GitHubException.class, () -> scene.github.repository(Scene.NAME));
  }
}

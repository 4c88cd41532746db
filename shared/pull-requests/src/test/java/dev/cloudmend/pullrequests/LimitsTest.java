package dev.cloudmend.pullrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cloudmend.model.Severity;
import dev.cloudmend.pullrequests.PullRequestState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void tenAreOpenAtMost() {
    assertThat(PullRequestLimits.DEFAULT.reached(old(9, Status.OPEN), Severity.HIGH, NOW))
        .isEmpty();
    assertThat(PullRequestLimits.DEFAULT.reached(old(10, Status.OPEN), Severity.HIGH, NOW))
        .contains("10 pull requests are open in this repository, of at most 10");
    assertThat(PullRequestLimits.DEFAULT.reached(old(50, Status.MERGED), Severity.HIGH, NOW))
        .isEmpty();
  }

  @Test
  void twoAreOpenedWithinAnHourWhateverBecameOfThem() {
    List<OurPullRequest> two =
        List.of(one(1, Status.OPEN, Duration.ofMinutes(59)), one(2, Status.CLOSED, Duration.ZERO));

    assertThat(PullRequestLimits.DEFAULT.reached(two, Severity.HIGH, NOW))
        .contains("2 pull requests were opened in this repository within the hour, of at most 2");
    assertThat(
            PullRequestLimits.DEFAULT.reached(two, Severity.HIGH, NOW.plus(Duration.ofMinutes(1))))
        .isEmpty();
  }

  @Test
  void aCriticalFindingIsNeverHeldBack() {
    List<OurPullRequest> many =
        Stream.concat(old(20, Status.OPEN).stream(), Stream.of(one(99, Status.OPEN, Duration.ZERO)))
            .toList();

    assertThat(new PullRequestLimits(0, 0).reached(many, Severity.CRITICAL, NOW)).isEmpty();
    assertThat(new PullRequestLimits(0, 0).reached(List.of(), Severity.HIGH, NOW)).isPresent();
  }

  @Test
  void aLimitIsNotNegative() {
    assertThatThrownBy(() -> new PullRequestLimits(-1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsOursAloneOpenOrOpenedWithinTheHour() {
    try (Scene scene = new Scene()) {
      scene.repository.commit("cloudmend/old/1", Map.of("a", "1"), "x");
      scene.repository.commit("cloudmend/old/2", Map.of("a", "2"), "x");
      scene.repository.commit("feature", Map.of("a", "3"), "x");
      scene.repository.open("cloudmend/old/1", "Open for long");
      scene.repository.close(scene.repository.open("cloudmend/old/2", "Closed long ago"));
      scene.repository.open("feature", "Somebody's");
      scene.clock.advance(Duration.ofHours(2));
      scene.pullRequests.propose(scene.fix());
      scene.repository.close(4);

      assertThat(scene.pullRequests.recent(Scene.NAME))
          .extracting(OurPullRequest::number, OurPullRequest::status)
          .containsExactly(tuple(1, Status.OPEN), tuple(4, Status.CLOSED));
    }
  }

  @Test
  void countsThemOverSeveralPages() {
    try (Scene scene = new Scene()) {
      for (int i = 0; i < 250; i++) {
        String branch = i % 50 == 0 ? "cloudmend/p/" + i : "feature" + i;
        scene.repository.commit(branch, Map.of("a", "x" + i), "x");
        scene.repository.open(branch, "One");
      }
      scene.clock.advance(Duration.ofHours(2));

      assertThat(scene.pullRequests.recent(Scene.NAME)).hasSize(5);
    }
  }

  private static List<OurPullRequest> old(int count, Status status) {
    return IntStream.range(0, count).mapToObj(i -> one(i, status, Duration.ofDays(1))).toList();
  }

  private static OurPullRequest one(int number, Status status, Duration age) {
    return new OurPullRequest(number, Scene.HEAD, status, NOW.minus(age));
  }
}

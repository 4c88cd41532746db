package dev.cloudmend.pullrequests;

import dev.cloudmend.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many pull requests a repository's people are asked to bear.
 *
 * @param open at the same time
 * @param anHour opened within the last 60 minutes, whatever became of them
 */
public record PullRequestLimits(int open, int anHour) {

  /** 10 open, 2 an hour. */
  public static final PullRequestLimits DEFAULT = new PullRequestLimits(10, 2);

  static final Duration WINDOW = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException when one is negative
   */
  public PullRequestLimits {
    if (open < 0 || anHour < 0) {
      throw new IllegalArgumentException("limits of pull requests are 0 or more");
    }
  }

  /**
   * Whether one more may be opened. It need not be asked for one that is open already.
   *
   * @param ours of {@link PullRequests#recent}
   * @param severity a critical finding is never held back
   * @return why not, for a person; empty where it may
   */
  public Optional<String> reached(List<OurPullRequest> ours, Severity severity, Instant now) {
    if (severity == Severity.CRITICAL) {
      return Optional.empty();
    }
    long stillOpen = ours.stream().filter(p -> p.status() == PullRequestState.Status.OPEN).count();
    if (stillOpen >= open) {
      return Optional.of(
          "%d pull requests are open in this repository, of at most %d".formatted(stillOpen, open));
    }
    Instant start = now.minus(WINDOW);
    long lately = ours.stream().filter(p -> p.createdAt().isAfter(start)).count();
    return lately >= anHour
        ? Optional.of(
            "%d pull requests were opened in this repository within the hour, of at most %d"
                .formatted(lately, anHour))
        : Optional.empty();
  }
}

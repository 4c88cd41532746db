package dev.cloudmend.sourcefixes;

import dev.cloudmend.pullrequests.GitHubException;
import java.time.Duration;
import java.util.Optional;

/** Nothing came of a request now; the same may succeed later, and goes on where this one ended. */
public final class PassingException extends RuntimeException {

  /** Why. */
  public enum Kind {
    /** GitHub takes no more requests: again after {@link #retryAfter()}. */
    RATE_LIMITED,
    /** GitHub does not answer, or with an error of its own. */
    UNAVAILABLE,
    /** The base branch went on, or somebody else was faster, again and again. */
    MOVED
  }

  private final Kind kind;
  private final Optional<Duration> retryAfter;

  PassingException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.retryAfter = Optional.empty();
  }

  PassingException(GitHubException cause) {
    super(cause.getMessage(), cause);
    this.kind =
        switch (cause.kind()) {
          case RATE_LIMITED -> Kind.RATE_LIMITED;
          case CONFLICT -> Kind.MOVED;
          default -> Kind.UNAVAILABLE;
        };
    this.retryAfter = cause.retryAfter();
  }

  public Kind kind() {
    return kind;
  }

  /** How long to wait, at least a second; only with {@link Kind#RATE_LIMITED}. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}

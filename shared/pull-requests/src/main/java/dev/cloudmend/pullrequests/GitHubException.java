package dev.cloudmend.pullrequests;

import java.time.Duration;
import java.util.Optional;

/**
 * GitHub did not do what it was asked to. The message says what was asked and what GitHub answered,
 * and holds no token.
 */
public final class GitHubException extends RuntimeException {

  /** What to make of it. */
  public enum Kind {
    /** There is no such repository, branch, directory or pull request, or no right to see it. */
    NOT_FOUND,
    /** The token is not valid (401) or lacks a right (403). */
    NO_RIGHTS,
    /** A protection or a rule of the repository forbids it. */
    PROTECTED,
    /** The repository is archived, so nobody can write to it. */
    ARCHIVED,
    /** The repository has no commit yet. */
    EMPTY,
    /** Somebody was faster: the same again, from a fresh reading, may succeed. */
    CONFLICT,
    /** Too many requests, by the hour or by their pace: again after {@link #retryAfter()}. */
    RATE_LIMITED,
    /** GitHub or this client refuses it as it is; again would be in vain. */
    INVALID,
    /** It would write, and this client only reads; nothing was sent. */
    READ_ONLY,
    /** No answer, or one of the 5xx: the same may succeed later. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final Optional<Duration> retryAfter;

  GitHubException(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  GitHubException(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long to wait, at least a second; only with {@link Kind#RATE_LIMITED}. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Whether the same request may be answered well later. */
  public boolean mayPass() {
    return kind == Kind.RATE_LIMITED || kind == Kind.UNAVAILABLE || kind == Kind.CONFLICT;
  }
}

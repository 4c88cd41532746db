package dev.cloudmend.model;

/**
 * The pull request that carries the fix of an incident to where its resource is declared.
 *
 * @param repository as in {@code owner/name}
 * @param number within the repository
 * @param url for a person's browser
 * @param branch its own branch
 * @param status how it stood when it was last looked at
 */
public record PullRequestLink(
    String repository, int number, String url, String branch, Status status) {

  /** How a pull request stands. */
  public enum Status {
    /** It waits for its review. */
    OPEN,
    /** It waits, and somebody else has put commits onto its branch or rewritten its text. */
    EDITED,
    MERGED,
    /** Closed without a merge. */
    CLOSED
  }

  /** The same as it stands now. */
  public PullRequestLink with(Status now) {
    return new PullRequestLink(repository, number, url, branch, now);
  }
}

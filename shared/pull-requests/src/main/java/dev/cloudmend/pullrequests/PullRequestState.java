package dev.cloudmend.pullrequests;

import java.net.URI;
import java.util.Optional;

/**
 * How a pull request stands.
 *
 * @param number within its repository
 * @param url for a person's browser
 * @param headSha the last commit of its branch
 * @param mergeable empty while GitHub does not know yet
 * @param isEdited whether somebody else's commit is the last, or its marker was taken out
 */
public record PullRequestState(
    int number,
    URI url,
    Status status,
    String headSha,
    Optional<Boolean> mergeable,
    boolean isEdited) {

  /** What became of it. */
  public enum Status {
    OPEN,
    MERGED,
    /** Closed without a merge. */
    CLOSED
  }
}

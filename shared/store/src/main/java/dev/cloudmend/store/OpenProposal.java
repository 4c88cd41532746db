package dev.cloudmend.store;

import dev.cloudmend.model.PullRequestLink;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A pull request that was open when it was looked at last.
 *
 * @param pullRequest as it stood then
 * @param headSha the last commit of its branch then
 * @param incidents the ids of the incidents whose fix it carries
 * @param fixedLive whether Cloudmend mended a resource of one of them itself, so that the source
 *     says otherwise until it is merged
 * @param withdrawing whether Cloudmend is about to close it
 * @param addedAt when the first of the incidents found or opened it
 * @param readAt when it was looked at last
 */
public record OpenProposal(
    PullRequestLink pullRequest,
    String headSha,
    SortedSet<String> incidents,
    boolean fixedLive,
    boolean withdrawing,
    Instant addedAt,
    Instant readAt) {

  public OpenProposal {
    incidents = Collections.unmodifiableSortedSet(new TreeSet<>(incidents));
  }
}

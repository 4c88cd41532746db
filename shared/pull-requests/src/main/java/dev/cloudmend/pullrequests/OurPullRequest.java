package dev.cloudmend.pullrequests;

import java.time.Instant;

/**
 * One of the pull requests of this suite, as a list of them shows it.
 *
 * @param number within its repository
 * @param createdAt when it was opened
 */
public record OurPullRequest(
    int number, Branch head, PullRequestState.Status status, Instant createdAt) {}

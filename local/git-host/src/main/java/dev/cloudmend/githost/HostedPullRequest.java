package dev.cloudmend.githost;

import java.time.Instant;
import java.util.List;

/**
 * A pull request as it is kept.
 *
 * @param number counted from 1 in its repository
 * @param body Markdown, as whoever opened it wrote it: not safe to print
 * @param head its branch
 * @param base the branch that it is to be merged into
 * @param headSha where the head stood last while it was open
 * @param baseSha where the base stood last while it was open
 * @param changedAt when its status was found to be another one; as {@code createdAt} before that
 * @param labels in the order in which they were added
 * @param reviewers who was asked: logins, and names of teams
 * @param comments Markdown, the oldest first
 */
public record HostedPullRequest(
    int number,
    String title,
    String body,
    String head,
    String base,
    String headSha,
    String baseSha,
    boolean isDraft,
    Status status,
    Instant createdAt,
    Instant changedAt,
    List<String> labels,
    List<String> reviewers,
    List<String> comments) {

  /** How it stands. */
  public enum Status {
    OPEN,
    /** Its head's commits are in the base. */
    MERGED,
    /** It ended without that: closed by somebody, or one of its branches is no longer there. */
    CLOSED
  }

  public HostedPullRequest {
    labels = List.copyOf(labels);
    reviewers = List.copyOf(reviewers);
    comments = List.copyOf(comments);
  }

  boolean isOpen() {
    return status == Status.OPEN;
  }

  HostedPullRequest withText(String newTitle, String newBody) {
    return new HostedPullRequest(
        number, newTitle, newBody, head, base, headSha, baseSha, isDraft, status, createdAt,
        changedAt, labels, reviewers, comments);
  }

  HostedPullRequest at(String newHeadSha, String newBaseSha) {
    return new HostedPullRequest(
        number,
        title,
        body,
        head,
        base,
        newHeadSha,
        newBaseSha,
        isDraft,
        status,
        createdAt,
        changedAt,
        labels,
        reviewers,
        comments);
  }

  HostedPullRequest ended(Status how, Instant when) {
    return new HostedPullRequest(
        number, title, body, head, base, headSha, baseSha, isDraft, how, createdAt, when, labels,
        reviewers, comments);
  }

  HostedPullRequest withLabels(List<String> newLabels) {
    return new HostedPullRequest(
        number, title, body, head, base, headSha, baseSha, isDraft, status, createdAt, changedAt,
        newLabels, reviewers, comments);
  }

  HostedPullRequest withReviewers(List<String> newReviewers) {
    return new HostedPullRequest(
        number,
        title,
        body,
        head,
        base,
        headSha,
        baseSha,
        isDraft,
        status,
        createdAt,
        changedAt,
        labels,
        newReviewers,
        comments);
  }

  HostedPullRequest withComments(List<String> newComments) {
    return new HostedPullRequest(
        number,
        title,
        body,
        head,
        base,
        headSha,
        baseSha,
        isDraft,
        status,
        createdAt,
        changedAt,
        labels,
        reviewers,
        newComments);
  }
}

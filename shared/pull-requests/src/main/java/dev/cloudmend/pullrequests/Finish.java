package dev.cloudmend.pullrequests;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds reviewers and labels to a pull request. None of them is worth the loss of the pull request:
 * what GitHub refuses is noted. The labels come last, so that one of them on a pull request says
 * that it is complete, and nobody is asked twice.
 */
final class Finish {

  private final Pulls pulls;
  private final RepositoryName repository;
  private final PullRequest pullRequest;
  private final List<String> notes = new ArrayList<>();

  Finish(Pulls pulls, RepositoryName repository, PullRequest pullRequest) {
    this.pulls = pulls;
    this.repository = repository;
    this.pullRequest = pullRequest;
  }

  /**
   * @return what could not be added
   * @throws GitHubException RATE_LIMITED or UNAVAILABLE: the next proposal goes on here
   */
  List<String> with(PullRequestDraft draft) {
    if (draft.labels().stream().anyMatch(pullRequest.labels()::contains)) {
      return List.of();
    }
    ask(draft.reviewers());
    label(draft.labels());
    return List.copyOf(notes);
  }

  private void ask(List<String> reviewers) {
    if (reviewers.isEmpty() || isAsked(reviewers)) {
      return;
    }
    // One that cannot be asked makes GitHub refuse them all.
    for (String reviewer : reviewers) {
      if (!isAsked(List.of(reviewer))) {
        notes.add(reviewer + " could not be asked for a review");
      }
    }
  }

  private boolean isAsked(List<String> reviewers) {
    return isDone(() -> pulls.ask(repository, pullRequest.number(), reviewers));
  }

  private void label(List<String> labels) {
    if (labels.isEmpty() || isLabelled(labels)) {
      return;
    }
    for (String label : labels) {
      if (!isDone(() -> pulls.createLabel(repository, label))) {
        notes.add("the label " + label + " could not be made");
      }
    }
    if (!isLabelled(labels)) {
      notes.add("the labels could not be set");
    }
  }

  private boolean isLabelled(List<String> labels) {
    return isDone(() -> pulls.label(repository, pullRequest.number(), labels));
  }

  private static boolean isDone(Runnable request) {
    try {
      request.run();
      return true;
    } catch (GitHubException e) {
      return switch (e.kind()) {
        case RATE_LIMITED, UNAVAILABLE, READ_ONLY -> throw e;
        default -> false;
      };
    }
  }
}

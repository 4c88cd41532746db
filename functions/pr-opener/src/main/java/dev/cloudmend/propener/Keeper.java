package dev.cloudmend.propener;

import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.pullrequests.OurPullRequest;
import dev.cloudmend.pullrequests.PullRequestState;
import dev.cloudmend.pullrequests.PullRequests;
import dev.cloudmend.store.OpenProposal;
import dev.cloudmend.store.Store;
import java.util.List;
import java.util.Optional;

/** Keeps which pull request carries an incident's fix. */
final class Keeper {

  private final Store store;
  private final Trail trail;

  Keeper(Store store, Trail trail) {
    this.store = store;
    this.trail = trail;
  }

  /**
   * A pull request was opened or brought up to date. The index comes first, so that what is open is
   * read back whatever happens next.
   *
   * @param branch its own branch
   * @param kind which of both, for the audit trail
   */
  void written(
      Asked asked, PullRequestState pullRequest, String branch, String kind, List<String> notes) {
    var link =
        new PullRequestLink(
            asked.repository().toString(),
            pullRequest.number(),
            pullRequest.url().toString(),
            branch,
            ReadBack.status(pullRequest));
    index(asked, link, pullRequest);
    trail.proposed(asked.incidentId(), asked.actor(), kind, link, notes);
  }

  /**
   * An open pull request was found that carries the fix: of another incident, or of a try that
   * broke off. Where that is known already, or nothing is written, there is nothing to keep.
   *
   * @param branch its own branch, where it is known
   */
  void found(
      Asked asked,
      PullRequestState pullRequest,
      Optional<String> branch,
      PullRequests pullRequests) {
    if (asked.dry()) {
      return;
    }
    PullRequestLink known = asked.record().pullRequest();
    if (known != null && isSame(known, asked, pullRequest)) {
      index(asked, known, pullRequest);
      return;
    }
    written(
        asked,
        pullRequest,
        branch.orElseGet(() -> branch(asked, pullRequest.number(), pullRequests)),
        pullRequest.isEdited() ? Trail.EDITED : Trail.OPENED,
        List.of("it was open already"));
  }

  private void index(Asked asked, PullRequestLink link, PullRequestState pullRequest) {
    store
        .proposals()
        .add(link, pullRequest.headSha(), asked.incidentId(), asked.request().isFixedLive());
  }

  private static boolean isSame(PullRequestLink known, Asked asked, PullRequestState pullRequest) {
    return known.number() == pullRequest.number()
        && known.repository().equals(asked.repository().toString())
        && known.status() == ReadBack.status(pullRequest);
  }

  private String branch(Asked asked, int number, PullRequests pullRequests) {
    return store
        .proposals()
        .find(asked.repository().toString(), number)
        .map(OpenProposal::pullRequest)
        .map(PullRequestLink::branch)
        .or(
            () ->
                pullRequests.recent(asked.repository()).stream()
                    .filter(one -> one.number() == number)
                    .map(OurPullRequest::head)
                    .map(head -> head.name())
                    .findFirst())
        .orElse("");
  }
}

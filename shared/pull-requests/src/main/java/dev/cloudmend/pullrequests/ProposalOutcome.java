package dev.cloudmend.pullrequests;

import java.util.List;

/** What came of a proposal. */
public sealed interface ProposalOutcome {

  /**
   * A pull request was opened.
   *
   * @param notes what could not be added to it, such as a reviewer that cannot be asked; for a
   *     person, without secrets
   */
  record Opened(PullRequestState pullRequest, List<String> notes) implements ProposalOutcome {}

  /**
   * The open one has another commit, or another text where only the finding was new.
   *
   * @param notes as in {@link Opened}
   */
  record Updated(PullRequestState pullRequest, List<String> notes) implements ProposalOutcome {}

  /** The open one proposes the same already. */
  record Unchanged(PullRequestState pullRequest) implements ProposalOutcome {}

  /** Somebody works on the open one: nothing was touched. */
  record EditedByOthers(PullRequestState pullRequest) implements ProposalOutcome {}

  /** The branch has no pull request, and a commit that is not ours: nothing was touched. */
  record ForeignBranch(Branch branch, String headSha) implements ProposalOutcome {}

  /** Somebody closed it unmerged for this same finding: a no, which is kept. */
  record ClosedUnmerged(PullRequestState pullRequest) implements ProposalOutcome {}

  /** It was merged for this same finding. */
  record Merged(PullRequestState pullRequest) implements ProposalOutcome {}

  /** The base branch moved since its files were read: read and edit them again. */
  record BaseMoved(String expectedSha, String foundSha) implements ProposalOutcome {}

  /** The base branch has these contents already. */
  record NothingToChange() implements ProposalOutcome {}
}

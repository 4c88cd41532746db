package dev.cloudmend.pullrequests;

import dev.cloudmend.pullrequests.GitHubException.Kind;
import dev.cloudmend.pullrequests.ProposalOutcome.BaseMoved;
import dev.cloudmend.pullrequests.ProposalOutcome.ClosedUnmerged;
import dev.cloudmend.pullrequests.ProposalOutcome.EditedByOthers;
import dev.cloudmend.pullrequests.ProposalOutcome.ForeignBranch;
import dev.cloudmend.pullrequests.ProposalOutcome.Merged;
import dev.cloudmend.pullrequests.ProposalOutcome.NothingToChange;
import dev.cloudmend.pullrequests.ProposalOutcome.Opened;
import dev.cloudmend.pullrequests.ProposalOutcome.Unchanged;
import dev.cloudmend.pullrequests.ProposalOutcome.Updated;
import dev.cloudmend.pullrequests.PullRequestState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One pull request for one fix.
 *
 * <p>A proposal looks at what is there, and does the next step that is missing: a commit, a branch,
 * a pull request, its reviewers and, last, its labels. So one that broke off is continued by the
 * next, and two at the same time end as one: where GitHub says that somebody was faster, it looks
 * again. A branch is never forced, and never moved from a commit that is not ours.
 */
public final class PullRequests {

  private static final int ATTEMPTS = 3;

  private final GitHub github;
  private final Pulls pulls;

  public PullRequests(GitHub github) {
    this.github = github;
    pulls = github.pulls();
  }

  /**
   * Proposes a fix; again and again gives the same pull request.
   *
   * <p>A pull request that was closed or merged stands for its finding's fingerprint: with another
   * one a new pull request is opened.
   *
   * @throws GitHubException NOT_FOUND without the repository or the base branch, EMPTY, ARCHIVED,
   *     NO_RIGHTS; PROTECTED when a rule forbids our branch; INVALID when GitHub refuses it as it
   *     is; RATE_LIMITED, UNAVAILABLE, or CONFLICT after three races, when the same may succeed
   *     later and finds again what is there already
   */
  public ProposalOutcome propose(Proposal proposal) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(proposal);
      } catch (GitHubException e) {
        if (e.kind() != Kind.CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * What {@link #propose} would find, without writing: that the same is proposed already, or that
   * it would be left alone.
   *
   * @return empty where it would open a pull request or bring one up to date
   * @throws GitHubException as {@link #propose} does, of what is read
   */
  public Optional<ProposalOutcome> standing(Proposal proposal) {
    List<PullRequest> known = pulls.from(proposal.repository(), proposal.draft().head());
    Optional<PullRequest> open = known.stream().filter(PullRequest::isOpen).findFirst();
    if (open.isEmpty()) {
      return ended(proposal, known);
    }
    if (isEdited(proposal.repository(), open.get())) {
      return Optional.of(new EditedByOthers(open.get().state(true)));
    }
    return open.get().marker().equals(Optional.of(proposal.marker()))
        ? Optional.of(new Unchanged(open.get().state(false)))
        : Optional.empty();
  }

  /**
   * How a pull request stands.
   *
   * @throws GitHubException NOT_FOUND when there is none of this number
   */
  public PullRequestState read(RepositoryName repository, int number) {
    PullRequest pullRequest = pulls.get(repository, number);
    return pullRequest.state(isEdited(repository, pullRequest));
  }

  /**
   * Closes an open pull request of ours, with the reason as a comment before. One that is not open,
   * or that somebody works on, is left as it is. Where only the closing failed, the same again
   * comments again. What was closed so may be proposed again: nobody said no to it.
   *
   * @param comment Markdown
   * @return how it stands now
   * @throws GitHubException INVALID when the pull request is none of ours
   */
  public PullRequestState close(RepositoryName repository, int number, String comment) {
    PullRequest pullRequest = pulls.get(repository, number);
    boolean isEdited = isEdited(repository, pullRequest);
    if (!pullRequest.head().startsWith(Branch.PREFIX)
        || !pullRequest.headRepository().equalsIgnoreCase(repository.toString())) {
      throw new GitHubException(
          Kind.INVALID, "pull request %d of %s is none of ours".formatted(number, repository));
    }
    if (isEdited || !pullRequest.isOpen()) {
      return pullRequest.state(isEdited);
    }
    pulls.comment(repository, number, comment);
    return pulls.withdraw(repository, pullRequest).state(false);
  }

  /**
   * What {@link PullRequestLimits} counts: the open ones from branches of ours, and those that were
   * opened within the hour.
   */
  public List<OurPullRequest> recent(RepositoryName repository) {
    Instant start = github.clock().instant().minus(PullRequestLimits.WINDOW);
    var found = new TreeMap<Integer, OurPullRequest>();
    List<PullRequest> all = new ArrayList<>(pulls.open(repository));
    all.addAll(pulls.since(repository, start));
    for (PullRequest each : all) {
      if (each.head().startsWith(Branch.PREFIX)) {
        found.put(
            each.number(),
            new OurPullRequest(
                each.number(), new Branch(each.head()), each.status(), each.createdAt()));
      }
    }
    return List.copyOf(found.values());
  }

  private ProposalOutcome attempt(Proposal proposal) {
    List<PullRequest> known = pulls.from(proposal.repository(), proposal.draft().head());
    Optional<PullRequest> open = known.stream().filter(PullRequest::isOpen).findFirst();
    if (open.isPresent()) {
      return toOpen(proposal, open.get());
    }
    Optional<ProposalOutcome> ended = ended(proposal, known);
    return ended.isPresent() ? ended.get() : toNone(proposal);
  }

  private static Optional<ProposalOutcome> ended(Proposal proposal, List<PullRequest> known) {
    return known.stream()
        .filter(p -> isFor(proposal, p))
        .findFirst()
        .map(p -> p.state(false))
        .map(
            state ->
                state.status() == Status.MERGED ? new Merged(state) : new ClosedUnmerged(state));
  }

  private ProposalOutcome toOpen(Proposal proposal, PullRequest open) {
    Commit head = github.commit(proposal.repository(), open.headSha());
    Optional<CommitNote> note = CommitNote.of(head);
    if (note.isEmpty() || open.marker().isEmpty()) {
      return new EditedByOthers(open.state(true));
    }
    if (!note.get().content().equals(proposal.content())) {
      Optional<ProposalOutcome> hindrance = extend(proposal, head, note.get());
      if (hindrance.isPresent()) {
        return hindrance.get();
      }
    } else if (open.marker().equals(Optional.of(proposal.marker()))) {
      finish(proposal, open);
      return new Unchanged(open.state(false));
    }
    PullRequest edited =
        pulls.edit(
            proposal.repository(), open.number(), proposal.draft().title(), proposal.markedBody());
    return new Updated(edited.state(false), finish(proposal, edited));
  }

  private ProposalOutcome toNone(Proposal proposal) {
    BranchHead base = github.branch(proposal.repository(), proposal.draft().base());
    if (!base.commit().sha().equals(proposal.baseCommit())) {
      return new BaseMoved(proposal.baseCommit(), base.commit().sha());
    }
    Optional<Commit> commit = write(proposal, base.commit(), List.of(base.commit().sha()));
    if (commit.isEmpty()) {
      return new NothingToChange();
    }
    try {
      github.createBranch(proposal.repository(), proposal.draft().head(), commit.get().sha());
    } catch (GitHubException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      Optional<ProposalOutcome> hindrance = takeUp(proposal);
      if (hindrance.isPresent()) {
        return hindrance.get();
      }
    }
    PullRequest opened =
        pulls.create(proposal.repository(), proposal.draft(), proposal.markedBody());
    return new Opened(opened.state(false), finish(proposal, opened));
  }

  /** Brings a branch that has no pull request to the proposal's content. */
  private Optional<ProposalOutcome> takeUp(Proposal proposal) {
    Commit head = github.branch(proposal.repository(), proposal.draft().head()).commit();
    Optional<CommitNote> note = CommitNote.of(head);
    if (note.isEmpty()) {
      return Optional.of(new ForeignBranch(proposal.draft().head(), head.sha()));
    }
    return note.get().equals(new CommitNote(proposal.content(), proposal.baseCommit()))
        ? Optional.empty()
        : extend(proposal, head, note.get());
  }

  /**
   * Puts a commit onto a head of ours. It has the base branch's files with the changes, and the
   * base branch as a parent where that went on: so the pull request shows the fix and nothing else.
   *
   * @return what stands in the way; empty where it was done
   */
  private Optional<ProposalOutcome> extend(Proposal proposal, Commit head, CommitNote note) {
    Commit base = github.branch(proposal.repository(), proposal.draft().base()).commit();
    if (!base.sha().equals(proposal.baseCommit())) {
      return Optional.of(new BaseMoved(proposal.baseCommit(), base.sha()));
    }
    List<String> parents =
        note.base().equals(base.sha()) ? List.of(head.sha()) : List.of(head.sha(), base.sha());
    Optional<Commit> commit = write(proposal, base, parents);
    if (commit.isEmpty()) {
      return Optional.of(new NothingToChange());
    }
    github.moveBranch(proposal.repository(), proposal.draft().head(), commit.get().sha());
    return Optional.empty();
  }

  /** Empty where the base has these contents already. */
  private Optional<Commit> write(Proposal proposal, Commit base, List<String> parents) {
    RepositoryName repository = proposal.repository();
    String tree = github.createTree(repository, base.tree(), proposal.changes());
    if (tree.equals(base.tree())) {
      return Optional.empty();
    }
    String message =
        new CommitNote(proposal.content(), base.sha())
            .under(proposal.commitMessage(), tree, parents);
    return Optional.of(github.createCommit(repository, tree, parents, message));
  }

  private List<String> finish(Proposal proposal, PullRequest pullRequest) {
    return new Finish(pulls, proposal.repository(), pullRequest).with(proposal.draft());
  }

  private boolean isEdited(RepositoryName repository, PullRequest pullRequest) {
    return pullRequest.marker().isEmpty()
        || CommitNote.of(github.commit(repository, pullRequest.headSha())).isEmpty();
  }

  private static boolean isFor(Proposal proposal, PullRequest ended) {
    return ended
        .marker()
        .filter(m -> m.fingerprint().equals(proposal.draft().fingerprint()))
        .isPresent();
  }
}

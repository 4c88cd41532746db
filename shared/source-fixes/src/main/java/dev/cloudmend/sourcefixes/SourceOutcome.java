package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.pullrequests.PullRequestState;
import java.util.List;
import java.util.Optional;

/** What came of a request. Reasons are for a person and hold no secret. */
public sealed interface SourceOutcome {

  /**
   * A pull request was opened.
   *
   * @param notes what could not be added to it, such as a reviewer that cannot be asked
   */
  record Opened(PullRequestState pullRequest, List<String> notes) implements SourceOutcome {
    public Opened {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The open one was brought up to date.
   *
   * @param notes as in {@link Opened}
   */
  record Updated(PullRequestState pullRequest, List<String> notes) implements SourceOutcome {
    public Updated {
      notes = List.copyOf(notes);
    }
  }

  /** A dry run: it would be opened, or an open one brought up to date; nothing was written. */
  record Planned(ProposalPreview preview) implements SourceOutcome {}

  /** The open one proposes the same already. */
  record Unchanged(PullRequestState pullRequest) implements SourceOutcome {}

  /**
   * A person has to do it.
   *
   * @param reason what stands in the way
   * @param candidates places in the source that may be meant
   */
  record Manual(String reason, List<String> candidates) implements SourceOutcome {
    public Manual {
      candidates = List.copyOf(candidates);
    }
  }

  /** A person has spoken: closed or merged it, or works on its branch. Nothing was touched. */
  record LeftAlone(String reason, Optional<PullRequestState> pullRequest)
      implements SourceOutcome {}

  /** No more pull requests now; later there may be room. */
  record Limited(String reason) implements SourceOutcome {}

  /** The source does not show what the finding says. */
  record NothingToDo(String reason) implements SourceOutcome {}
}

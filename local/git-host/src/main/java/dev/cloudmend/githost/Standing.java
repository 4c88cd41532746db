package dev.cloudmend.githost;

import dev.cloudmend.githost.HostedPullRequest.Status;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Finds out what git did to a pull request since it was read last: nobody tells this server of a
 * merge or a push.
 */
final class Standing {

  private final Branches branches;
  private final Clock clock;

  Standing(Branches branches, Clock clock) {
    this.branches = branches;
    this.clock = clock;
  }

  /** All of a book as they are now. */
  void refresh(PullBook book) throws IOException {
    for (HostedPullRequest pull : book.pulls()) {
      if (pull.isOpen()) {
        book.put(now(pull));
      }
    }
  }

  private HostedPullRequest now(HostedPullRequest pull) throws IOException {
    Optional<ObjectId> head = branches.find(pull.head());
    Optional<ObjectId> base = branches.find(pull.base());
    if (base.isEmpty()) {
      return ended(pull, Status.CLOSED);
    }
    ObjectId knownHead = ObjectId.fromString(pull.headSha());
    ObjectId knownBase = ObjectId.fromString(pull.baseSha());
    if (head.filter(knownHead::equals).isPresent() && base.get().equals(knownBase)) {
      return pull;
    }
    if (isIn(base.get(), knownHead)) {
      return ended(pull, Status.MERGED);
    }
    if (head.isEmpty()) {
      return ended(pull, Status.CLOSED);
    }
    HostedPullRequest moved = pull.at(head.get().name(), base.get().name());
    if (!isIn(base.get(), head.get())) {
      return moved;
    }
    // A head that was set back to what the base had before proposes nothing any more.
    return isIn(knownBase, head.get())
        ? ended(pull, Status.CLOSED)
        : ended(pull.at(head.get().name(), pull.baseSha()), Status.MERGED);
  }

  /** Commits that a rewritten branch lost may be gone; they are in no branch then. */
  private boolean isIn(ObjectId branch, ObjectId commit) throws IOException {
    try {
      return branches.follows(branch, commit);
    } catch (MissingObjectException e) {
      return false;
    }
  }

  private HostedPullRequest ended(HostedPullRequest pull, Status how) {
    return pull.ended(how, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}

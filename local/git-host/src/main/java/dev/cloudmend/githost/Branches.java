package dev.cloudmend.githost;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The branches of a repository. One is only ever moved from where it was seen: what git does to it
 * at the same moment is never overwritten.
 */
final class Branches {

  private static final int ATTEMPTS = 5;
  private static final List<String> USUAL = List.of("main", "master");

  private final Repository git;
  private final Optional<Remote> remote;
  private final List<Pattern> protectedOnes;
  private final CheckedOut checkedOut;

  /**
   * @param protectedBranches as in {@link Hosted}
   */
  Branches(Storage storage, List<String> protectedBranches) {
    git = storage.git();
    remote = storage.remote();
    protectedOnes = protectedBranches.stream().map(Branches::pattern).toList();
    checkedOut = new CheckedOut(git);
  }

  /** Reads the remote's branches, where there is a remote. */
  void refresh() {
    remote.ifPresent(Remote::fetch);
  }

  /** Where a branch stands, as of the last refresh. */
  Optional<ObjectId> find(String name) throws IOException {
    return ref(name).map(Ref::getObjectId);
  }

  boolean isEmpty() throws IOException {
    return git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).isEmpty();
  }

  /**
   * The branch that pull requests usually go onto: what the repository was cloned from says so, or
   * else it is the one that is checked out.
   */
  String defaultBranch() throws IOException {
    Stream<String> known =
        Stream.of(
                target("refs/remotes/origin/HEAD", "refs/remotes/origin/"),
                target(Constants.HEAD, Constants.R_HEADS))
            .flatMap(Optional::stream);
    for (String name : Stream.concat(known, USUAL.stream()).toList()) {
      if (ref(name).isPresent()) {
        return name;
      }
    }
    return target(Constants.HEAD, Constants.R_HEADS).orElse(USUAL.getFirst());
  }

  /** Whether a branch is left alone: by configuration, or because somebody works on it. */
  boolean isProtected(String name) throws IOException {
    return protectedOnes.stream().anyMatch(p -> p.matcher(name).matches())
        || name.equals(defaultBranch())
        || checkedOut.branches().contains(name)
        || ref(name).filter(Ref::isSymbolic).isPresent();
  }

  /**
   * Makes a branch.
   *
   * @throws RefusedException when it is there already, protected, or its name cannot be had
   */
  void create(String name, ObjectId commit) throws IOException {
    String ref = Constants.R_HEADS + name;
    if (!Repository.isValidRefName(ref)) {
      throw new RefusedException(Answer.error(422, "Reference name is invalid"));
    }
    if (ref(name).isPresent()) {
      throw new RefusedException(alreadyThere());
    }
    if (isProtected(name)) {
      throw new RefusedException(
          Answer.ruleViolation("Cannot create ref due to creations being restricted."));
    }
    if (git.getRefDatabase().isNameConflicting(ref)) {
      throw new RefusedException(
          Answer.error(422, "Reference cannot be made: another branch's name is in its way"));
    }
    if (remote.isPresent()) {
      push(remote.get(), name, ObjectId.zeroId(), commit, false, alreadyThere());
      return;
    }
    if (!isMoved(name, ObjectId.zeroId(), commit)) {
      throw new RefusedException(alreadyThere());
    }
  }

  /**
   * Moves a branch.
   *
   * @throws RefusedException when it is not there, protected, or would lose commits without force
   */
  void move(String name, ObjectId commit, boolean isForced) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      ObjectId now =
          find(name)
              .orElseThrow(
                  () -> new RefusedException(Answer.error(422, "Reference does not exist")));
      if (isProtected(name)) {
        throw new RefusedException(Answer.ruleViolation("Cannot update this protected ref."));
      }
      if (!isForced && !follows(commit, now)) {
        throw new RefusedException(notFastForward());
      }
      if (remote.isPresent()) {
        push(remote.get(), name, now, commit, isForced, notFastForward());
        return;
      }
      if (isMoved(name, now, commit)) {
        return;
      }
    }
    throw new RefusedException(
        Answer.error(409, "The reference is being changed by somebody else"));
  }

  /** Whether a commit is the other one, or follows it. */
  boolean follows(ObjectId commit, ObjectId earlier) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      return walk.isMergedInto(walk.parseCommit(earlier), walk.parseCommit(commit));
    }
  }

  private void push(
      Remote to, String name, ObjectId now, ObjectId next, boolean isForced, Answer ifMoved)
      throws IOException {
    switch (to.push(name, now, next, isForced)) {
      case DONE, MOVED -> to.fetch();
      case REFUSED ->
          throw new RefusedException(Answer.ruleViolation("The remote refuses the push."));
    }
    if (find(name).filter(next::equals).isEmpty()) {
      throw new RefusedException(ifMoved);
    }
  }

  private boolean isMoved(String name, ObjectId now, ObjectId next) throws IOException {
    RefUpdate update = git.updateRef(Constants.R_HEADS + name);
    update.setExpectedOldObjectId(now);
    update.setNewObjectId(next);
    // Whether it may lose commits was decided before; the expected id holds that together.
    update.setForceUpdate(true);
    update.setRefLogIdent(new PersonIdent(GitData.NAME, GitData.EMAIL));
    update.setRefLogMessage("pull request", true);
    return switch (update.update()) {
      case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> true;
      case LOCK_FAILURE -> false;
      default -> throw new IOException("a branch could not be written: " + update.getResult());
    };
  }

  private Optional<Ref> ref(String name) throws IOException {
    // Anything else would be read as a path, also out of the folder of the branches.
    if (!Repository.isValidRefName(Constants.R_HEADS + name)) {
      return Optional.empty();
    }
    return Optional.ofNullable(git.exactRef(Constants.R_HEADS + name))
        .filter(ref -> ref.getObjectId() != null);
  }

  private Optional<String> target(String ref, String prefix) throws IOException {
    return Optional.ofNullable(git.exactRef(ref))
        .filter(Ref::isSymbolic)
        .map(r -> r.getTarget().getName())
        .filter(target -> target.startsWith(prefix))
        .map(target -> target.substring(prefix.length()));
  }

  private static Answer alreadyThere() {
    return Answer.error(422, "Reference already exists");
  }

  private static Answer notFastForward() {
    return Answer.error(422, "Update is not a fast forward");
  }

  private static Pattern pattern(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else {
        switch (glob.charAt(i)) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          default -> regex.append(Pattern.quote(glob.substring(i, i + 1)));
        }
      }
    }
    return Pattern.compile(regex.toString());
  }
}

package dev.cloudmend.sourcefixes;

import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Text;
import dev.cloudmend.pullrequests.Branch;
import dev.cloudmend.pullrequests.BranchHead;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.GitHub;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.OurPullRequest;
import dev.cloudmend.pullrequests.Proposal;
import dev.cloudmend.pullrequests.ProposalOutcome;
import dev.cloudmend.pullrequests.PullRequestDraft;
import dev.cloudmend.pullrequests.PullRequestState;
import dev.cloudmend.pullrequests.PullRequests;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.sourcefixes.SourceEditor.Attempt;
import dev.cloudmend.sourcefixes.SourceOutcome.LeftAlone;
import dev.cloudmend.sourcefixes.SourceOutcome.Limited;
import dev.cloudmend.sourcefixes.SourceOutcome.Manual;
import dev.cloudmend.sourcefixes.SourceOutcome.NothingToDo;
import dev.cloudmend.sourcefixes.SourceOutcome.Opened;
import dev.cloudmend.sourcefixes.SourceOutcome.Planned;
import dev.cloudmend.sourcefixes.SourceOutcome.Unchanged;
import dev.cloudmend.sourcefixes.SourceOutcome.Updated;
import dev.cloudmend.terraform.rules.Rules;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Proposes the fix of a finding where its resource is declared, as one pull request for each
 * playbook, base branch, root module and resource.
 *
 * <p>It opens none unless the resource is located with certainty, every edited file can be read,
 * what the finding speaks of is gone, nothing else is violated anew, and the edit stays in the
 * resource's module and its callers.
 */
public final class SourceProposer {

  /** A base branch that goes on again and again is left to a later attempt. */
  private static final int READINGS = 2;

  private final GitHub github;
  private final PullRequests pullRequests;
  private final RepositoryMapping mapping;
  private final ProposerSettings settings;
  private final Clock clock;
  private final SourceReader reader;
  private final SourceEditor editor;

  /** Those need no counting: one that is open already is not one more. */
  private final Set<OpenBranch> known = ConcurrentHashMap.newKeySet();

  private record OpenBranch(RepositoryName repository, Branch head) {}

  /** What becomes of a proposal that is ready; empty where the base branch moved meanwhile. */
  private interface Ending {
    Optional<SourceOutcome> of(Prepared prepared);
  }

  /** A proposal that passed all checks. */
  private record Prepared(Proposal proposal, Destination destination, List<String> diff) {
    OpenBranch branch() {
      return new OpenBranch(proposal.repository(), proposal.draft().head());
    }

    ProposalPreview preview() {
      PullRequestDraft draft = proposal.draft();
      return new ProposalPreview(
          proposal.repository().toString(),
          draft.base().name(),
          draft.head().name(),
          draft.title(),
          Text.bounded(String.join("\n", diff), ProposalPreview.LONGEST_DIFF));
    }
  }

  /** Where the files are read and the pull request goes to. */
  private record Place(Destination destination, Branch base, BranchHead head) {}

  /**
   * Makes a proposer. It keeps what it read of a repository, which never changes, so one that is
   * asked again asks GitHub for less.
   *
   * @param clock for the limits of an hour
   */
  public SourceProposer(
      GitHub github, RepositoryMapping mapping, ProposerSettings settings, Clock clock) {
    this(github, mapping, settings, Optional.empty(), clock);
  }

  /**
   * Makes a proposer that may have a block written anew where no rule mends it.
   *
   * @param authoring who writes; empty = nobody
   * @param clock for the limits of an hour
   */
  public SourceProposer(
      GitHub github,
      RepositoryMapping mapping,
      ProposerSettings settings,
      Optional<Authoring> authoring,
      Clock clock) {
    this.github = github;
    this.pullRequests = new PullRequests(github);
    this.mapping = mapping;
    this.settings = settings;
    this.clock = clock;
    this.reader = new SourceReader(github);
    this.editor = new SourceEditor(settings, authoring);
  }

  /**
   * Proposes it; again and again gives the same pull request.
   *
   * @throws PassingException when the same may succeed later
   */
  public SourceOutcome propose(FixRequest request) {
    return propose(request, preview -> {});
  }

  /**
   * As {@link #propose(FixRequest)}.
   *
   * @param intent is told what is about to be written, right before the first write; where it
   *     throws, nothing is written
   */
  public SourceOutcome propose(FixRequest request, Consumer<ProposalPreview> intent) {
    return attempt(
        request,
        (Prepared prepared) ->
            open(
                prepared,
                request,
                new PullRequests(github.tellingFirst(() -> intent.accept(prepared.preview())))));
  }

  /**
   * Says what {@link #propose} would do, and writes nothing.
   *
   * @throws PassingException as it does
   */
  public SourceOutcome preview(FixRequest request) {
    return attempt(request, (Prepared prepared) -> planned(prepared, request));
  }

  private SourceOutcome attempt(FixRequest request, Ending ending) {
    ResourceRef resource = request.finding().resource();
    if (resource == null) {
      return manual("the finding names no resource");
    }
    String playbook = request.playbook().id();
    if (Rules.ofPlaybook(playbook).isEmpty()) {
      return manual("the playbook " + playbook + " has no form in source");
    }
    Optional<Destination> destination = mapping.of(resource, request.tags());
    if (destination.isEmpty()) {
      return manual("no repository is configured for " + resource.arn());
    }
    try {
      return propose(request, resource, destination.get(), ending);
    } catch (GitHubException e) {
      if (e.mayPass()) {
        throw new PassingException(e);
      }
      return manual(reason(e, destination.get().repository()));
    }
  }

  private SourceOutcome propose(
      FixRequest request, ResourceRef resource, Destination destination, Ending ending) {
    Optional<Branch> named = request.branch().or(destination::base);
    Branch base =
        named.isPresent()
            ? named.get()
            : github.repository(destination.repository()).defaultBranch();
    if (base.isOurs()) {
      return manual("the branch " + base + " is one of Cloudmend's own");
    }
    for (int reading = 0; reading < READINGS; reading++) {
      var place = new Place(destination, base, github.branch(destination.repository(), base));
      Optional<SourceOutcome> outcome = attempt(request, resource, place, ending);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new PassingException(
        PassingException.Kind.MOVED,
        "the branch %s of %s goes on while its files are read"
            .formatted(base, destination.repository()));
  }

  /** Empty where the base branch moved meanwhile. */
  private Optional<SourceOutcome> attempt(
      FixRequest request, ResourceRef resource, Place place, Ending ending) {
    Destination destination = place.destination();
    Optional<Source> source =
        reader.read(destination.repository(), place.head().commit(), destination.directory());
    if (source.isEmpty()) {
      return Optional.of(
          manual(
              "%s has more Terraform source than is read (%,d files, %,d bytes); configure the"
                      .formatted(
                          destination.repository(),
                          SourceReader.MOST_FILES,
                          SourceReader.MOST_BYTES)
                  + " directory of one root module"));
    }
    return end(editor.edit(source.get(), request, resource), request, resource, place, ending);
  }

  private Optional<SourceOutcome> end(
      Attempt attempt, FixRequest request, ResourceRef resource, Place place, Ending ending) {
    return switch (attempt) {
      case Attempt.None none -> Optional.of(none.outcome());
      case Attempt.Made made -> ending.of(prepared(request, resource, place, made.edit()));
      case Attempt.Written written -> {
        // A text is not asked for, and paid for, where it would not be proposed.
        Prepared standIn = prepared(request, resource, place, written.standIn());
        Optional<SourceOutcome> standing =
            pullRequests.standing(standIn.proposal()).flatMap(SourceProposer::told);
        Optional<String> limit = standing.isPresent() ? Optional.empty() : limit(standIn, request);
        yield standing.isPresent() || limit.isPresent()
            ? standing.or(() -> limit.map(Limited::new))
            : end(written.write().get(), request, resource, place, ending);
      }
    };
  }

  private Prepared prepared(
      FixRequest request, ResourceRef resource, Place place, SourceEdit edit) {
    Destination destination = place.destination();
    Optional<String> author = request.branch().flatMap(branch -> place.head().author());
    var proposal =
        new Proposal(
            destination.repository(),
            edit.source().commit(),
            edit.changes(),
            PullRequestText.commit(request, edit),
            new PullRequestDraft(
                PullRequestText.title(request, edit),
                PullRequestBody.of(request, edit, resource, author, settings.masksAccounts()),
                place.base(),
                PullRequestText.branch(request, edit, place.base()),
                PullRequestText.labels(destination, request.finding(), edit),
                destination.reviewers(),
                edit.isDraft(),
                PullRequestText.fingerprint(request, edit)));
    return new Prepared(proposal, destination, edit.diff());
  }

  private Optional<SourceOutcome> planned(Prepared prepared, FixRequest request) {
    Proposal proposal = prepared.proposal();
    Optional<ProposalOutcome> standing = pullRequests.standing(proposal);
    if (standing.isPresent()) {
      return told(standing.get());
    }
    Optional<String> limit = limit(prepared, request);
    return Optional.of(
        limit.isPresent() ? new Limited(limit.get()) : new Planned(prepared.preview()));
  }

  private Optional<SourceOutcome> open(
      Prepared prepared, FixRequest request, PullRequests writing) {
    Proposal proposal = prepared.proposal();
    var branch = prepared.branch();
    if (!known.contains(branch)) {
      Optional<String> limit = limit(prepared, request);
      if (limit.isPresent()) {
        return limit.map(Limited::new);
      }
    }
    ProposalOutcome outcome = writing.propose(proposal);
    switch (outcome) {
      case ProposalOutcome.Opened o -> known.add(branch);
      case ProposalOutcome.Updated o -> known.add(branch);
      case ProposalOutcome.Unchanged o -> known.add(branch);
      default -> known.remove(branch);
    }
    return told(outcome);
  }

  private Optional<String> limit(Prepared prepared, FixRequest request) {
    OpenBranch branch = prepared.branch();
    List<OurPullRequest> ours = pullRequests.recent(branch.repository());
    boolean isOpen =
        ours.stream()
            .filter(one -> one.status() == PullRequestState.Status.OPEN)
            .anyMatch(one -> one.head().equals(branch.head()));
    return isOpen
        ? Optional.empty()
        : prepared
            .destination()
            .limits()
            .reached(ours, request.finding().severity(), clock.instant());
  }

  private static Optional<SourceOutcome> told(ProposalOutcome outcome) {
    return switch (outcome) {
      case ProposalOutcome.Opened o -> Optional.of(new Opened(o.pullRequest(), o.notes()));
      case ProposalOutcome.Updated o -> Optional.of(new Updated(o.pullRequest(), o.notes()));
      case ProposalOutcome.Unchanged o -> Optional.of(new Unchanged(o.pullRequest()));
      case ProposalOutcome.EditedByOthers o ->
          Optional.of(
              new LeftAlone(
                  "somebody else works on its pull request", Optional.of(o.pullRequest())));
      case ProposalOutcome.ForeignBranch o ->
          Optional.of(
              new LeftAlone(
                  "the branch %s has a commit that is not Cloudmend's".formatted(o.branch()),
                  Optional.empty()));
      case ProposalOutcome.ClosedUnmerged o ->
          Optional.of(
              new LeftAlone(
                  "its pull request was closed without a merge", Optional.of(o.pullRequest())));
      case ProposalOutcome.Merged o ->
          Optional.of(
              new LeftAlone(
                  "its pull request was merged, and the source shows the same again",
                  Optional.of(o.pullRequest())));
      case ProposalOutcome.NothingToChange o ->
          Optional.of(new NothingToDo("the base branch has these contents already"));
      case ProposalOutcome.BaseMoved o -> Optional.empty();
    };
  }

  private static String reason(GitHubException e, RepositoryName repository) {
    String kind =
        switch (e.kind()) {
          case NOT_FOUND -> " or its branch or directory is missing, or hidden from the token";
          case NO_RIGHTS -> " does not give the token the right to do it";
          case PROTECTED -> " has a rule that forbids it";
          case ARCHIVED -> " is archived";
          case EMPTY -> " has no commit yet";
          default -> " refused it";
        };
    return repository + kind + ": " + e.getMessage();
  }

  private static Manual manual(String reason) {
    return new Manual(reason, List.of());
  }
}

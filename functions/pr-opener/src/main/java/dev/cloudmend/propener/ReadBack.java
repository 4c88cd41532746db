package dev.cloudmend.propener;

import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.PullRequestLink;
import dev.cloudmend.model.PullRequestLink.Status;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.propener.Swept.Standing;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.Markdown;
import dev.cloudmend.pullrequests.PullRequestState;
import dev.cloudmend.pullrequests.PullRequests;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.OpenProposal;
import dev.cloudmend.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at one pull request, tells its incidents what became of it, and closes it when it may. */
final class ReadBack {

  private static final int MOST_SHOWN = 10;

  private final Store store;
  private final StopSwitch stop;
  private final Trail trail;
  private final boolean live;

  /**
   * Makes one.
   *
   * @param live whether pull requests may be closed
   */
  ReadBack(Store store, boolean live) {
    this.store = store;
    this.stop = new StopSwitch(store);
    this.trail = new Trail(store);
    this.live = live;
  }

  /** How a pull request stands, in the words of what is kept. */
  static Status status(PullRequestState pullRequest) {
    return switch (pullRequest.status()) {
      case OPEN -> pullRequest.isEdited() ? Status.EDITED : Status.OPEN;
      case MERGED -> Status.MERGED;
      case CLOSED -> Status.CLOSED;
    };
  }

  /**
   * Looks at one.
   *
   * @throws GitHubException when GitHub does not tell, or does not close it
   * @throws dev.cloudmend.store.StoreException when it could not be recorded; the next sweep goes
   *     on
   */
  Standing look(OpenProposal one, PullRequests pullRequests) {
    RepositoryName repository = RepositoryName.of(one.pullRequest().repository());
    PullRequestState now;
    try {
      now = pullRequests.read(repository, one.pullRequest().number());
    } catch (GitHubException e) {
      if (e.kind() != GitHubException.Kind.NOT_FOUND) {
        throw e;
      }
      return ended(
          one,
          Status.CLOSED,
          "GitHub does not show it any more: its repository is gone, or hidden from who asks");
    }
    if (status(now) == Status.OPEN && live) {
      List<IncidentRecord> resolved = resolved(one);
      if (!resolved.isEmpty() && stop.told().isEmpty()) {
        return withdraw(one, resolved, repository, pullRequests);
      }
    }
    return stands(one, now);
  }

  private Standing stands(OpenProposal one, PullRequestState now) {
    Status status = status(now);
    return switch (status) {
      case MERGED -> ended(one, status, "it was merged");
      case CLOSED ->
          ended(
              one,
              status,
              one.withdrawing()
                  ? "what it mends is resolved"
                  : "a person closed it without a merge");
      case OPEN, EDITED -> {
        PullRequestLink link = one.pullRequest().with(status);
        boolean isNew = status == Status.EDITED && one.pullRequest().status() != status;
        if (isNew) {
          tell(one, Trail.EDITED, link, "somebody else works on it");
        }
        store.proposals().looked(link, now.headSha());
        yield isNew ? Standing.EDITED : Standing.SAME;
      }
    };
  }

  private Standing ended(OpenProposal one, Status status, String reason) {
    boolean isMerged = status == Status.MERGED;
    boolean isOwn = one.withdrawing() && !isMerged;
    String kind = isMerged ? Trail.MERGED : isOwn ? Trail.WITHDRAWN : Trail.CLOSED;
    tell(one, kind, one.pullRequest().with(status), reason);
    if (!store.proposals().remove(one)) {
      store.proposals().looked(one.pullRequest().with(status), one.headSha());
    }
    return isMerged ? Standing.MERGED : isOwn ? Standing.WITHDRAWN : Standing.CLOSED;
  }

  private void tell(OpenProposal one, String kind, PullRequestLink link, String reason) {
    for (String incidentId : one.incidents()) {
      store
          .incidents()
          .find(incidentId)
          .ifPresent(record -> trail.changed(record, kind, link, reason));
    }
  }

  /** The intent and the mark come first: after a crash they tell that it was not a person. */
  private Standing withdraw(
      OpenProposal one,
      List<IncidentRecord> resolved,
      RepositoryName repository,
      PullRequests pullRequests) {
    if (!one.withdrawing()) {
      for (IncidentRecord record : resolved) {
        trail.intendsToClose(
            record.incident().incidentId(), record.incident().run().actor(), one.pullRequest());
      }
      if (!store.proposals().withdrawing(one)) {
        return Standing.SAME;
      }
    }
    PullRequestState now =
        pullRequests.close(repository, one.pullRequest().number(), comment(resolved));
    var marked =
        new OpenProposal(
            one.pullRequest(),
            one.headSha(),
            one.incidents(),
            one.fixedLive(),
            true,
            one.addedAt(),
            one.readAt());
    return stands(marked, now);
  }

  /**
   * The incidents that say that what it mends is resolved, one for each resource: the last of it,
   * since a check that passes closes no other. Empty where one does not say so, and where the live
   * resource is compliant only because Cloudmend mended it.
   */
  private List<IncidentRecord> resolved(OpenProposal one) {
    if (one.fixedLive()) {
      return List.of();
    }
    List<IncidentRecord> all =
        one.incidents().stream().flatMap(id -> store.incidents().find(id).stream()).toList();
    if (all.size() < one.incidents().size()) {
      return List.of();
    }
    Map<Optional<ResourceRef>, IncidentRecord> last =
        all.stream()
            .collect(
                Collectors.toMap(
                    record -> Optional.ofNullable(record.incident().finding().resource()),
                    Function.identity(),
                    BinaryOperator.maxBy(Comparator.comparing(IncidentRecord::openedAt))));
    return last.values().stream().allMatch(r -> r.outcome() == Outcome.ALREADY_COMPLIANT)
        ? List.copyOf(last.values())
        : List.of();
  }

  private static String comment(List<IncidentRecord> resolved) {
    String reasons =
        resolved.stream()
            .limit(MOST_SHOWN)
            .map(
                record ->
                    "- incident %s: %s"
                        .formatted(
                            Markdown.code(record.incident().incidentId()),
                            Markdown.text(
                                Optional.ofNullable(record.reason())
                                    .orElse("the live resource does not violate the control"))))
            .collect(Collectors.joining("\n"));
    int more = resolved.size() - MOST_SHOWN;
    return "Cloudmend closes this, because what it mends is resolved.\n\n"
        + reasons
        + (more > 0 ? "\n- … and %d more".formatted(more) : "")
        + "\n";
  }
}

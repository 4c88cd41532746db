package dev.cloudmend.propener;

import dev.cloudmend.function.IncidentState;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.ProposalPreview;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.pullrequests.Destination;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.pullrequests.PullRequestState;
import dev.cloudmend.pullrequests.RepositoryMapping;
import dev.cloudmend.pullrequests.RepositoryName;
import dev.cloudmend.sourcefixes.FixRequest;
import dev.cloudmend.sourcefixes.PassingException;
import dev.cloudmend.sourcefixes.SourceOutcome;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Proposes an incident's fix where its resource is declared.
 *
 * <p>Right before the first write the stop switch is asked and the intent goes into the audit
 * trail; without that nothing is written. A try that broke off is found again by the next one,
 * since the same fix has the same branch.
 */
public final class Opener {

  /** How often GitHub is waited for. */
  static final int MOST_WAITS = 5;

  /** GitHub counts by the hour, so a longer wait is none that it means. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final Duration USUAL_WAIT = Duration.ofSeconds(60);
  private static final int MOST_CANDIDATES = 5;

  private final RepositoryMapping mapping;
  private final GitHubAccess access;
  private final FixRequests requests;
  private final Store store;
  private final StopSwitch stop;
  private final Trail trail;
  private final Keeper keeper;
  private final boolean live;
  private final Clock clock;

  Opener(
      RepositoryMapping mapping,
      GitHubAccess access,
      FixRequests requests,
      Store store,
      boolean live,
      Clock clock) {
    this.mapping = mapping;
    this.access = access;
    this.requests = requests;
    this.store = store;
    this.stop = new StopSwitch(store);
    this.trail = new Trail(store);
    this.keeper = new Keeper(store, trail);
    this.live = live;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param plan what was about to be written, where anything was
   */
  private record Found(SourceOutcome outcome, Optional<ProposalPreview> plan) {
    String branch() {
      return plan.map(ProposalPreview::branch).orElse("");
    }
  }

  /**
   * Opens a pull request, brings one up to date, or finds one; in a dry run says what would be
   * opened.
   *
   * @return the state with its end, or with the time to wait for
   * @throws TryAgainException when GitHub or the secret is not to be had now
   * @throws dev.cloudmend.store.AuditUnavailableException when the intent could not be recorded;
   *     nothing was written
   */
  public IncidentState open(IncidentState state) {
    Decision decision = JsonFunction.required(state.decision(), "decision");
    var answers = new Answers(state, !live || decision.dryRun());
    if (!decision.goesToSource() || decision.mode() == Decision.Mode.ignore) {
      return answers.none(
          Outcome.BLOCKED, "rule '" + decision.rule() + "' does not let the fix go to the source");
    }
    Optional<String> stopped = answers.dry() ? Optional.empty() : stop.told();
    if (stopped.isPresent()) {
      return answers.none(Outcome.BLOCKED, stopped.get());
    }
    IncidentRecord record =
        JsonFunction.required(
            store.incidents().find(state.incidentId()).orElse(null), "stored incident");
    FixRequest request;
    try {
      request = requests.of(state, record);
    } catch (IllegalArgumentException e) {
      return answers.none(Outcome.MANUAL, "the branch of the finding: " + e.getMessage());
    }
    Optional<RepositoryName> repository =
        Optional.ofNullable(request.finding().resource())
            .flatMap((ResourceRef resource) -> mapping.of(resource, request.tags()))
            .map(Destination::repository);
    if (repository.isEmpty()) {
      return answers.none(Outcome.MANUAL, "no repository is configured for this resource");
    }
    return open(new Asked(state, record, request, repository.get(), answers));
  }

  private IncidentState open(Asked asked) {
    try {
      Connection connection = access.connection();
      Found found = ask(asked, connection);
      if (isRefusal(found.outcome())) {
        Optional<Connection> other = access.renewed(connection);
        if (other.isPresent()) {
          connection = other.get();
          found = ask(asked, connection);
        }
      }
      return answer(asked, found, connection);
    } catch (NoAccessException e) {
      return asked.answers().none(Outcome.MANUAL, String.valueOf(e.getMessage()));
    } catch (StoppedException e) {
      return asked.answers().none(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    } catch (PassingException e) {
      if (e.kind() == PassingException.Kind.RATE_LIMITED) {
        return waiting(asked, String.valueOf(e.getMessage()), e.retryAfter());
      }
      throw new TryAgainException(String.valueOf(e.getMessage()), e);
    } catch (GitHubException e) {
      if (e.kind() == GitHubException.Kind.RATE_LIMITED) {
        return waiting(asked, String.valueOf(e.getMessage()), e.retryAfter());
      }
      throw new TryAgainException(String.valueOf(e.getMessage()), e);
    }
  }

  private Found ask(Asked asked, Connection connection) {
    if (asked.dry()) {
      return new Found(connection.dryProposer().preview(asked.request()), Optional.empty());
    }
    var plan = new AtomicReference<Optional<ProposalPreview>>(Optional.empty());
    SourceOutcome outcome =
        connection
            .proposer()
            .propose(
                asked.request(),
                preview -> {
                  intend(asked, preview);
                  plan.set(Optional.of(preview));
                });
    return new Found(outcome, plan.get());
  }

  /** Where it throws, nothing is written. */
  private void intend(Asked asked, ProposalPreview preview) {
    stop.told()
        .ifPresent(
            told -> {
              throw new StoppedException(told);
            });
    trail.intends(asked.incidentId(), asked.actor(), preview);
  }

  /** A login that was rotated may be behind it; what is found in source has its candidates. */
  private static boolean isRefusal(SourceOutcome outcome) {
    return outcome instanceof SourceOutcome.Manual manual && manual.candidates().isEmpty();
  }

  private IncidentState answer(Asked asked, Found found, Connection connection) {
    Answers answers = asked.answers();
    return switch (found.outcome()) {
      case SourceOutcome.Opened o -> {
        keeper.written(asked, o.pullRequest(), found.branch(), Trail.OPENED, o.notes());
        yield answers.proposed(sentence("pull request opened: ", o.pullRequest(), o.notes()));
      }
      case SourceOutcome.Updated o -> {
        keeper.written(asked, o.pullRequest(), found.branch(), Trail.UPDATED, o.notes());
        yield answers.proposed(
            sentence("pull request brought up to date: ", o.pullRequest(), o.notes()));
      }
      case SourceOutcome.Unchanged o ->
          standing(asked, o.pullRequest(), List.of(), found, connection);
      case SourceOutcome.Planned o -> {
        store.incidents().previewed(asked.incidentId(), o.preview());
        yield answers.planned(
            "a live run would open a pull request in %s: %s"
                .formatted(o.preview().repository(), o.preview().title()));
      }
      case SourceOutcome.LeftAlone o ->
          o.pullRequest()
              .map(pullRequest -> left(asked, o.reason(), pullRequest, found, connection))
              .orElseGet(() -> answers.none(Outcome.MANUAL, o.reason()));
      case SourceOutcome.Manual o ->
          answers.none(Outcome.MANUAL, o.reason() + candidates(o.candidates()));
      case SourceOutcome.NothingToDo o ->
          answers.none(Outcome.MANUAL, o.reason() + "; apply the source");
      case SourceOutcome.Limited o -> answers.none(Outcome.BLOCKED, o.reason());
    };
  }

  private IncidentState left(
      Asked asked, String reason, PullRequestState pullRequest, Found found, Connection to) {
    String why = reason + " (" + pullRequest.url() + ")";
    return switch (pullRequest.status()) {
      case OPEN -> standing(asked, pullRequest, List.of(reason), found, to);
      case CLOSED -> asked.answers().none(Outcome.IGNORED, "a person closed it: " + why);
      case MERGED -> asked.answers().none(Outcome.MANUAL, why + "; apply the source");
    };
  }

  private IncidentState standing(
      Asked asked,
      PullRequestState pullRequest,
      List<String> notes,
      Found found,
      Connection connection) {
    keeper.found(
        asked, pullRequest, found.plan().map(ProposalPreview::branch), connection.pullRequests());
    return asked.answers().proposed(sentence("pull request open: ", pullRequest, notes));
  }

  private IncidentState waiting(Asked asked, String message, Optional<Duration> retryAfter) {
    IncidentState.Waiting waited = asked.state().waiting();
    if (waited != null && waited.times() >= MOST_WAITS) {
      String why = "GitHub took no request after %d waits: %s".formatted(waited.times(), message);
      return asked.answers().held().isPresent()
          ? asked.answers().none(Outcome.FAILED, why)
          : asked.state().failed(Outcome.FAILED, new Problem("propose", "RateLimited", why));
    }
    Duration wait = retryAfter.orElse(USUAL_WAIT);
    Instant until = clock.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    // Step Functions reads whole seconds in every form of the time; a moment too early is in vain.
    return asked.state().waits(until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
  }

  private static String sentence(String begin, PullRequestState pullRequest, List<String> notes) {
    return begin
        + pullRequest.url()
        + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
  }

  private static String candidates(List<String> candidates) {
    if (candidates.isEmpty()) {
      return "";
    }
    return "; candidates: "
        + String.join(", ", candidates.stream().limit(MOST_CANDIDATES).toList())
        + (candidates.size() > MOST_CANDIDATES
            ? " and %d more".formatted(candidates.size() - MOST_CANDIDATES)
            : "");
  }
}

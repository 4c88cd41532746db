package dev.cloudmend.propener;

import dev.cloudmend.model.Text;
import dev.cloudmend.pullrequests.GitHubException;
import dev.cloudmend.store.OpenProposal;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back the pull requests that were open, the one that was looked at longest ago first, and
 * closes those whose findings are resolved.
 */
public final class Sweep {

  /** How many are looked at in one sweep. */
  static final int MOST = 200;

  /** How long a sweep begins with further ones; each takes some requests. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final GitHubAccess access;
  private final Store store;
  private final ReadBack readBack;
  private final Clock clock;

  Sweep(GitHubAccess access, Store store, boolean live, Clock clock) {
    this.access = access;
    this.store = store;
    this.readBack = new ReadBack(store, live);
    this.clock = clock;
  }

  /**
   * Looks at them. Where GitHub takes no more requests, the others are left to the next sweep.
   *
   * @throws SweepException at its end, when some could not be read back
   * @throws dev.cloudmend.function.TryAgainException when the secret cannot be read now
   */
  public Swept sweep() {
    List<OpenProposal> all = store.proposals().all();
    if (all.isEmpty()) {
      return Swept.NONE;
    }
    var run = new Run(connection(all.size()));
    Instant end = clock.instant().plus(LONGEST);
    int begun = 0;
    for (OpenProposal one : all) {
      if (begun == MOST || clock.instant().isAfter(end) || !run.look(one)) {
        break;
      }
      begun++;
    }
    Swept swept = run.swept.leaving(all.size() - begun);
    if (swept.failed() > 0) {
      throw new SweepException(
          "%d of %d pull requests could not be read back; the first: %s"
              .formatted(swept.failed(), all.size(), run.firstFailure));
    }
    return swept;
  }

  private Connection connection(int waiting) {
    try {
      return access.connection();
    } catch (NoAccessException e) {
      throw new SweepException(
          "%d pull requests are not read back: %s".formatted(waiting, e.getMessage()));
    }
  }

  /** One sweep on its way. */
  private final class Run {

    private Connection connection;
    private boolean isRenewed;
    private Swept swept = Swept.NONE;
    private String firstFailure = "";

    private Run(Connection connection) {
      this.connection = connection;
    }

    /** False where GitHub takes no more requests. */
    private boolean look(OpenProposal one) {
      try {
        swept = swept.with(withLogin(one));
      } catch (GitHubException e) {
        if (e.kind() == GitHubException.Kind.RATE_LIMITED) {
          LOG.warn("the sweep ends early: {}", Text.shown(String.valueOf(e.getMessage())));
          return false;
        }
        failed(one, e);
      } catch (StoreException e) {
        failed(one, e);
      }
      return true;
    }

    private Swept.Standing withLogin(OpenProposal one) {
      try {
        return readBack.look(one, connection.pullRequests());
      } catch (GitHubException e) {
        if (e.kind() != GitHubException.Kind.NO_RIGHTS || isRenewed) {
          throw e;
        }
        isRenewed = true;
        Optional<Connection> other = access.renewed(connection);
        connection = other.orElseThrow(() -> e);
        return readBack.look(one, connection.pullRequests());
      }
    }

    private void failed(OpenProposal one, RuntimeException e) {
      String message =
          one.pullRequest().url() + ": " + Text.shown(String.valueOf(e.getMessage()), 500);
      LOG.warn("not read back: {}", message);
      if (swept.failed() == 0) {
        firstFailure = message;
      }
      swept = swept.withFailure();
      try {
        // Behind the others, or many such ones would keep the next sweeps from those.
        store.proposals().looked(one.pullRequest(), one.headSha());
      } catch (StoreException again) {
        LOG.warn("and that was not recorded: {}", again.getMessage());
      }
    }
  }
}

package dev.cloudmend.auditwriter;

import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.Text;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Closes the incidents of executions that ended before their incidents did.
 *
 * <p>A Catch of the state machine closes an incident whose step failed. None of them sees a state
 * that grew too large, a fault of the definition, an abort or the time-out of the whole execution;
 * then the incident would stay open for ever. What was closed is not closed again.
 */
public final class Closer {

  /** How long ago an execution may have ended for a sweep to look at it: three hourly sweeps. */
  static final Duration LOOKS_BACK = Duration.ofHours(3);

  /** With a version or an alias behind it an ARN would meet no event, which name the machine. */
  private static final Pattern STATE_MACHINE =
      Pattern.compile("arn:[^:]+:states:[^:]+:\\d{12}:stateMachine:[^:]+");

  private final Store store;
  private final Executions executions;
  private final List<String> stateMachines;
  private final Clock clock;
  private final Waker waker;
  private final Told told;

  /** Who is told what a closer does and sees. */
  interface Told {
    /** An incident was closed. */
    void closed(Closed closed);

    /** A sweep found the stop switch so. */
    void stopSwitch(boolean on);
  }

  /**
   * Makes a closer.
   *
   * @param stateMachines the ARNs of the state machines whose executions it may close; the first is
   *     the one that remediates
   * @param clock the time that a sweep looks back from
   * @throws ModelException when there is no state machine, or an ARN is none of one
   */
  Closer(Store store, Executions executions, List<String> stateMachines, Clock clock, Told told) {
    if (stateMachines.isEmpty()) {
      throw new ModelException(
          "cloudmend.state-machines names no state machine; expected ARNs, separated by commas");
    }
    for (String arn : stateMachines) {
      if (!STATE_MACHINE.matcher(arn).matches()) {
        throw new ModelException(
            "cloudmend.state-machines has '"
                + Text.shown(arn, 200)
                + "'; expected the ARN of a state machine without version or alias");
      }
    }
    this.store = store;
    this.executions = executions;
    this.stateMachines = List.copyOf(stateMachines);
    this.clock = clock;
    this.waker = new Waker(store, executions, stateMachines.getFirst(), clock);
    this.told = told;
  }

  /**
   * Closes what an execution left open, unless it runs on or succeeded.
   *
   * @param stateMachine the ARN of its state machine
   * @throws ModelException when that is none of the configured ones
   * @throws dev.cloudmend.store.StoreException when an incident could not be closed; then it is as
   *     it was, and the next sweep closes it
   */
  public Closings close(String stateMachine, EndedExecution execution) {
    if (!stateMachines.contains(stateMachine)) {
      throw new ModelException(
          "the state machine "
              + Text.shown(stateMachine, 200)
              + " is none of those in cloudmend.state-machines");
    }
    return Executions.isCutOff(execution.status()) ? close(execution) : Closings.NONE;
  }

  /**
   * Closes what the executions of all state machines left open that ended in the last three hours,
   * tells how the stop switch stands, and wakes what exemptions held back.
   *
   * @throws ExecutionsUnavailableException when Step Functions does not tell them, or does not
   *     start what is to be woken
   * @throws dev.cloudmend.store.StoreException as {@link #close} does
   */
  public Closings sweep() {
    told.stopSwitch(store.safety().stopped().isPresent());
    Instant since = clock.instant().minus(LOOKS_BACK);
    Closings closings = Closings.NONE;
    for (String stateMachine : stateMachines) {
      for (EndedExecution execution : executions.cutOffSince(stateMachine, since)) {
        closings = closings.plus(close(execution));
      }
    }
    return closings.plus(new Closings(0, 0, 0, waker.wake()));
  }

  private Closings close(EndedExecution execution) {
    int closed = 0;
    List<IncidentRecord> incidents = store.incidents().ofExecution(execution.arn());
    for (IncidentRecord found : incidents) {
      // Read again, because the ones before took their time.
      Optional<IncidentRecord> open =
          store
              .incidents()
              .find(found.incident().incidentId())
              .filter(r -> r.outcome() == null && r.executionId().equals(execution.arn()));
      if (open.isPresent()) {
        told.closed(new AuditWriter(store).abandon(open.get(), problem(execution)));
        closed++;
      }
    }
    return new Closings(1, closed, incidents.size() - closed, 0);
  }

  private static Problem problem(EndedExecution execution) {
    String error = Objects.requireNonNullElse(execution.error(), execution.status());
    String cause = Objects.requireNonNullElse(execution.cause(), "");
    Problem ownWords = Problem.ofError("execution", error, cause);
    String ended = "the execution ended " + execution.status() + " before this incident did";
    boolean saysMore = !ownWords.message().equals(execution.status());
    return new Problem(
        ownWords.step(),
        Text.shown(ownWords.type(), 200),
        saysMore ? ended + ": " + Text.shown(ownWords.message()) : ended);
  }
}

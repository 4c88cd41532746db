package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.store.Fix;
import dev.cloudmend.store.IncidentRecord;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Permission;
import dev.cloudmend.store.Stop;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import dev.cloudmend.store.Tripped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an order has to pass right before its first call: breaker, stop switch and budget. */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Store store;
  private final Limits limits;
  private final Breaker breaker;
  private final Clock clock;

  Gate(Store store, Limits limits, Breaker breaker, Clock clock) {
    this.store = store;
    this.limits = limits;
    this.breaker = breaker;
    this.clock = clock;
  }

  /** Whether an order may pass. */
  sealed interface Answer {

    /**
     * It may.
     *
     * @param window the window of the budget that it was counted in; empty where an earlier try was
     *     counted
     */
    record Passed(Optional<Instant> window) implements Answer {}

    /** It may not. */
    record Closed(Result.Refused refused) implements Answer {}
  }

  /** Asks for an order, under its resource's lease. */
  Answer ask(Order order) {
    Optional<IncidentRecord> record = store.incidents().find(order.incidentId());
    if (isResumed(order, record)) {
      return store
          .safety()
          .stopped()
          .<Answer>map(Gate::stopped)
          .orElseGet(() -> new Answer.Passed(Optional.empty()));
    }
    Change change = order.change();
    // Who agreed to this very change knows better, and a way back is no fix.
    if (!order.isAgreed() && order.kind().equals(Intent.APPLY)) {
      Optional<Tripped> tripped = Tripped.of(store.histories(), change, breaker, clock.instant());
      if (tripped.isPresent()) {
        return store
            .safety()
            .stopped()
            .map(Gate::stopped)
            .orElseGet(() -> tripped(order, record, tripped.get()));
      }
    }
    return switch (store
        .safety()
        .spend(change.target(), change.playbook(), limits, order.isAgreed())) {
      case Permission.Granted g -> new Answer.Passed(Optional.of(g.windowEnds()));
      case Permission.Stopped s -> stopped(s.stop());
      case Permission.OverBudget o ->
          closed(
              Outcome.AWAITING_APPROVAL,
              "the budget of %d live changes (%s) is used up until %s; %s"
                  .formatted(o.limit(), o.which(), o.windowEnds(), needsYes(change)));
    };
  }

  /**
   * Gives back what an order was counted, of which nothing was written. Where that fails, too much
   * stays counted until the window ends.
   */
  void giveBack(Order order, Answer.Passed passed) {
    Change change = order.change();
    try {
      passed
          .window()
          .ifPresent(
              window -> store.safety().refund(change.target(), change.playbook(), limits, window));
    } catch (StoreException e) {
      LOG.warn("the budget of {} was not given back: {}", order.incidentId(), e.getMessage());
    }
  }

  /** A retry of an order whose intent stands has passed already. */
  private static boolean isResumed(Order order, Optional<IncidentRecord> record) {
    return record
        .flatMap(r -> Optional.ofNullable(r.intent()))
        .filter(i -> !i.done() && i.hash().equals(order.change().hash()))
        .isPresent();
  }

  private Answer tripped(Order order, Optional<IncidentRecord> record, Tripped tripped) {
    Change change = order.change();
    ObjectNode data = Json.object();
    data.put("hash", change.hash());
    data.put("playbook", change.playbook());
    data.put("limit", breaker.fixes());
    data.put("window", breaker.window().toString());
    data.set("fixes", Json.toTree(tripped.fixes()));
    record.ifPresent(r -> data.put("brokenNowBy", Fix.brokenBy(r.incident().finding())));
    store.audit().append(order.incidentId(), "BREAKER", order.actor(), data);
    return closed(Outcome.AWAITING_APPROVAL, tripped.told() + "; " + needsYes(change));
  }

  private static String needsYes(Change change) {
    return "the fix needs a yes to its hash: --approve " + change.hash();
  }

  private static Answer stopped(Stop stop) {
    return closed(
        Outcome.BLOCKED,
        "stopped: %s switched live changes off at %s%s"
            .formatted(
                stop.by(), stop.at(), stop.reason().isEmpty() ? "" : " (" + stop.reason() + ")"));
  }

  private static Answer closed(Outcome outcome, String reason) {
    return new Answer.Closed(new Result.Refused(outcome, reason));
  }
}

package dev.cloudmend.remediator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.aws.AccountException;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsCommandLine;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.function.TryAgainException;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Breaker;
import dev.cloudmend.model.CanonicalJson;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Limits;
import dev.cloudmend.model.Outcome;
import dev.cloudmend.model.Problem;
import dev.cloudmend.model.Verification;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.store.Intent;
import dev.cloudmend.store.Store;
import dev.cloudmend.store.StoreException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes one agreed change: breaker, stop switch and budget, then the intent in the audit trail,
 * then the calls, then the reading back. The caller holds the resource's lease.
 */
final class ChangeRunner {

  private final TargetAccess access;
  private final Store store;
  private final Gate gate;
  private final Clock clock;

  ChangeRunner(TargetAccess access, Store store, Limits limits, Breaker breaker, Clock clock) {
    this.access = access;
    this.store = store;
    this.gate = new Gate(store, limits, breaker, clock);
    this.clock = clock;
  }

  /**
   * Runs an order.
   *
   * @throws TryAgainException when the account could not be entered now, or the service asked to
   *     slow down before anything of the change was written
   */
  Result run(Order order, Playbook playbook) {
    AwsWriter writer;
    try {
      // Before the budget and the intent: an account that is not to be reached costs neither.
      writer = access.writer(order.change().target().account());
    } catch (AccountException e) {
      return new Result.Refused(Outcome.BLOCKED, String.valueOf(e.getMessage()));
    } catch (AwsCallException e) {
      if (e.isPassing()) {
        throw new TryAgainException(String.valueOf(e.getMessage()), e);
      }
      return nothingDone(order.change(), e);
    }
    return switch (gate.ask(order)) {
      case Gate.Answer.Closed closed -> closed.refused();
      case Gate.Answer.Passed passed -> make(order, playbook, writer, passed);
    };
  }

  private Result make(Order order, Playbook playbook, AwsWriter writer, Gate.Answer.Passed passed) {
    Change change = order.change();
    try {
      store.audit().append(order.incidentId(), "INTENT", order.actor(), describe(order));
    } catch (StoreException e) {
      gate.giveBack(order, passed);
      throw e;
    }
    store
        .incidents()
        .intend(
            order.incidentId(), new Intent(change.hash(), order.kind(), clock.instant(), false));
    int done = 0;
    try {
      for (ApiCall call : change.apply()) {
        writer.write(call);
        done++;
      }
    } catch (AwsCallException e) {
      if (mayHaveHappened(e) && look(change, playbook, 1).holds()) {
        // The answer was lost, not the call.
        return verify(order, playbook, 1);
      }
      if (done == 0 && e.kind() == AwsCallException.Kind.THROTTLED) {
        // Ended before it is given back: in between too much is counted, never too little.
        store.incidents().intentDone(order.incidentId());
        gate.giveBack(order, passed);
        throw new TryAgainException(String.valueOf(e.getMessage()), e);
      }
      Result.Failed failed = stopped(order, playbook, writer, done, e);
      if (done == 0 && e.kind() != AwsCallException.Kind.UNREACHABLE) {
        gate.giveBack(order, passed);
      }
      return failed;
    }
    return verify(order, playbook, 1);
  }

  /** Reads back whether the change's own after-state holds. */
  Result verify(Order order, Playbook playbook, int reads) {
    Change change = order.change();
    Verification verification = look(change, playbook, reads);
    store.incidents().verified(order.incidentId(), verification);
    if (!verification.holds()) {
      return new Result.NotYet(verification);
    }
    ObjectNode data = Json.object();
    data.put("kind", order.kind());
    data.put("hash", change.hash());
    data.set("verification", Json.toTree(verification));
    store.audit().append(order.incidentId(), "VERIFIED", order.actor(), data);
    return new Result.Holds(verification);
  }

  /** Whether two states are the same, however their numbers and absent members are written. */
  static boolean same(JsonNode one, JsonNode other) {
    return CanonicalJson.of(one).equals(CanonicalJson.of(other));
  }

  /** The calls of a way back as lines that can be pasted. */
  static String commandLines(List<ApiCall> calls) {
    return calls.stream().map(AwsCommandLine::of).collect(Collectors.joining("\n"));
  }

  private AwsReader reader(Change change) {
    return access.reader(change.target().account());
  }

  private Verification look(Change change, Playbook playbook, int reads) {
    try {
      JsonNode observed = playbook.observe(change, reader(change));
      return new Verification(same(observed, change.after()), reads, change.after(), observed);
    } catch (AwsCallException e) {
      // A read that fails is counted too, or the looking would have no end.
      return new Verification(false, reads, change.after(), TextNode.valueOf(e.code()));
    }
  }

  private Result.Failed stopped(
      Order order, Playbook playbook, AwsWriter writer, int done, AwsCallException e) {
    Result.Failed failed =
        done == 0
            ? nothingDone(order.change(), e)
            : new HalfWay(reader(order.change()), writer).settle(order, playbook, done, e);
    ObjectNode data = Json.object();
    data.put("kind", order.kind());
    data.put("hash", order.change().hash());
    data.put("callsDone", done);
    data.set("error", Json.toTree(failed.problem()));
    store.audit().append(order.incidentId(), failed.outcome().name(), order.actor(), data);
    // Without an answer the call may still have an effect: then the intent stays open, so that a
    // later run knows it as its own.
    if (e.kind() != AwsCallException.Kind.UNREACHABLE) {
      store.incidents().intentDone(order.incidentId());
    }
    return failed;
  }

  /**
   * Whether the call may have had its effect all the same. A service's error counts too: when the
   * SDK sends a call again whose answer was lost, the service may say that there is nothing to do.
   */
  private static boolean mayHaveHappened(AwsCallException e) {
    return switch (e.kind()) {
      case UNREACHABLE, SERVICE, THROTTLED -> true;
      case REFUSED, INVALID_CALL, ACCESS_DENIED -> false;
    };
  }

  private static Result.Failed nothingDone(Change change, AwsCallException e) {
    String known =
        e.kind() == AwsCallException.Kind.UNREACHABLE
            ? "; no answer came, so it is not known whether it took effect"
                + HalfWay.toTakeItBack(change.undo())
            : "; nothing was changed";
    return new Result.Failed(
        Outcome.FAILED, new Problem("remediate", e.code(), e.getMessage() + known));
  }

  private static ObjectNode describe(Order order) {
    ObjectNode data = Json.object();
    data.put("kind", order.kind());
    data.set("change", Json.toTree(order.change()));
    return data;
  }
}

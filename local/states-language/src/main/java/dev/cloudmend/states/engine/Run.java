package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parts of the engine share while they run one execution. Owned by one thread. */
final class Run {

  /** As many events as Step Functions lets an execution have. */
  private static final int MAX_EVENTS = 25_000;

  final Execution execution;
  final Surroundings surroundings;
  final Mailbox mailbox = new Mailbox();
  final TaskThreads threads;

  private final Deque<Branch> ready = new ArrayDeque<>();

  /** Branches that something outside will move: the clock, a handler, or an answer. */
  private final Set<Branch> leaves = new LinkedHashSet<>();

  Run(Execution execution, Surroundings surroundings) {
    this.execution = execution;
    this.surroundings = surroundings;
    this.threads = new TaskThreads(mailbox, surroundings.clock());
    if (execution.root.frame != null) {
      collectLeaves(execution.root);
    }
  }

  private void collectLeaves(Branch branch) {
    if (branch.frame == null) {
      return;
    }
    if (branch.frame.activity instanceof Activity.Spread(Activity.Children children)) {
      children.branches.forEach(this::collectLeaves);
    } else {
      leaves.add(branch);
    }
  }

  Instant now() {
    return surroundings.clock().now();
  }

  /** Changes what a branch does, and keeps the lists of who is to be moved by whom. */
  void become(Branch branch, Activity activity) {
    forget(branch);
    branch.current().activity = activity;
    switch (activity) {
      case Activity.Ready r -> ready.add(branch);
      case Activity.Spread spread -> {}
      case Activity.Sleeping s -> leaves.add(branch);
      case Activity.Calling c -> leaves.add(branch);
      case Activity.AwaitingToken t -> leaves.add(branch);
    }
  }

  /** The branch is not to be moved any more; a handler that works for it is interrupted. */
  void forget(Branch branch) {
    leaves.remove(branch);
    ready.remove(branch);
    if (branch.frame != null && branch.frame.activity instanceof Activity.Calling(var call)) {
      threads.cancel(call.attempt);
    }
  }

  @Nullable Branch nextReady() {
    return ready.poll();
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  List<Branch> leaves() {
    return List.copyOf(leaves);
  }

  /** What expressions of a branch's state see, with the state's input as it came in. */
  Scope scope(Branch branch, @Nullable String token) {
    return new Scope(
        branch.current().input, ContextObject.of(execution, branch, token), surroundings.random());
  }

  /** Notes an event that follows the branch's last one; gives its number. */
  long event(Branch branch, String type, JsonNode details) {
    branch.lastEvent = event(branch.lastEvent, type, details);
    return branch.lastEvent;
  }

  long event(long previous, String type, JsonNode details) {
    long id = execution.history.size() + 1L;
    execution.history.add(new HistoryEvent(id, previous, now(), type, details));
    return id;
  }

  /** Whether another step would leave no room for the event that ends the execution. */
  boolean historyIsFull() {
    return execution.history.size() >= MAX_EVENTS - 3;
  }

  void succeed(JsonNode output) {
    ObjectNode details = JsonData.object();
    details.set("output", output);
    event(execution.root, "ExecutionSucceeded", details);
    execution.succeed(output, now());
  }

  void fail(Failure failure) {
    event(execution.root, "ExecutionFailed", failure.details());
    execution.fail(ExecutionStatus.FAILED, failure, now());
  }

  void timeOut() {
    event(execution.root, "ExecutionTimedOut", JsonData.object());
    execution.fail(ExecutionStatus.TIMED_OUT, null, now());
  }

  void abort(Failure reason) {
    event(execution.root, "ExecutionAborted", reason.details());
    execution.fail(ExecutionStatus.ABORTED, reason, now());
  }
}

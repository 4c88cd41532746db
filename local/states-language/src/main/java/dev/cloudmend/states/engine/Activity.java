package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a branch does in its state. */
sealed interface Activity {

  /** It is to begin, or begin again. */
  record Ready() implements Activity {}

  /**
   * It lets time pass.
   *
   * @param retry whether the state begins again then, or a Wait state ends
   */
  record Sleeping(Instant until, boolean retry) implements Activity {}

  /** A task's handler is at work. */
  record Calling(Call call) implements Activity {}

  /** A task's handler is done; the task ends with an answer for its token. */
  record AwaitingToken(Call call) implements Activity {}

  /** Branches of a Parallel or Map state are under way. */
  record Spread(Children children) implements Activity {}

  /** One attempt of a task. */
  final class Call {
    final long attempt;
    final @Nullable String token;
    final @Nullable Instant deadline;
    final int heartbeatSeconds;
    @Nullable Instant heartbeatDeadline;

    /**
     * Describes an attempt.
     *
     * @param heartbeatSeconds longest time between heartbeats, 0 for no limit
     */
    Call(long attempt, @Nullable String token, @Nullable Instant deadline, int heartbeatSeconds) {
      this.attempt = attempt;
      this.token = token;
      this.deadline = deadline;
      this.heartbeatSeconds = heartbeatSeconds;
    }

    void beat(Instant now) {
      if (heartbeatSeconds > 0) {
        heartbeatDeadline = now.plusSeconds(heartbeatSeconds);
      }
    }

    /** The earlier of the two times at which the task fails; null for never. */
    @Nullable Instant expiry() {
      if (deadline == null || (heartbeatDeadline != null && heartbeatDeadline.isBefore(deadline))) {
        return heartbeatDeadline;
      }
      return deadline;
    }

    boolean lacksHeartbeat() {
      return heartbeatDeadline != null && heartbeatDeadline.equals(expiry());
    }
  }

  /** The branches of a Parallel state, or the iterations of a Map that have begun. */
  final class Children {
    final List<Branch> branches;

    /** What the state works with; ItemSelector reads from it. */
    final JsonNode effectiveInput;

    /** The array that a Map goes through, empty for Parallel. */
    final ArrayNode items;

    final int concurrency;
    final int total;
    final long startedEvent;
    int ended;

    Children(
        List<Branch> branches,
        JsonNode effectiveInput,
        ArrayNode items,
        int concurrency,
        int total,
        long startedEvent) {
      this.branches = branches;
      this.effectiveInput = effectiveInput;
      this.items = items;
      this.concurrency = concurrency;
      this.total = total;
      this.startedEvent = startedEvent;
    }

    int running() {
      return branches.size() - ended;
    }
  }
}

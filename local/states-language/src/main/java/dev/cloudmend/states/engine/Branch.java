package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.definition.Program;
import dev.cloudmend.states.definition.State;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of execution: the machine itself, a branch of a Parallel state, an iteration of a Map.
 *
 * <p>It is in a state ({@link Frame}), has ended with an output, or has not begun.
 */
final class Branch {

  final Program program;
  final @Nullable Branch parent;

  /** Position among the parent's branches. */
  final int index;

  /** The context object's Map.Item, where this is an iteration. */
  final @Nullable JsonNode item;

  /** The event that the next one of this branch follows. */
  long lastEvent;

  @Nullable Frame frame;
  @Nullable JsonNode output;

  Branch(Program program, @Nullable Branch parent, int index, @Nullable JsonNode item) {
    this.program = program;
    this.parent = parent;
    this.index = index;
    this.item = item;
  }

  /** The state the branch is in; only for a branch that has begun and not ended. */
  Frame current() {
    return Objects.requireNonNull(frame);
  }

  /** The Map.Item that this branch sees: its own, or that of the nearest Map around it. */
  @Nullable JsonNode visibleItem() {
    for (Branch branch = this; branch != null; branch = branch.parent) {
      if (branch.item != null) {
        return branch.item;
      }
    }
    return null;
  }

  /** A state while a branch is in it. */
  static final class Frame {

    final State state;
    final JsonNode input;
    final Instant entered;
    final long enteredEvent;

    /** How often each retrier has tried again. */
    final int[] attempts;

    Activity activity = new Activity.Ready();

    Frame(State state, JsonNode input, Instant entered, long enteredEvent) {
      this.state = state;
      this.input = input;
      this.entered = entered;
      this.enteredEvent = enteredEvent;
      this.attempts = new int[state.retriers().size()];
    }

    int retries() {
      int sum = 0;
      for (int count : attempts) {
        sum += count;
      }
      return sum;
    }
  }
}

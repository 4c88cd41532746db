package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.definition.Program;
import dev.cloudmend.states.definition.State;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.JsonData;
import java.util.ArrayList;

/** Parallel and Map states: starts their branches, gathers outputs, ends all when one fails. */
final class FanOut {

  /** As many iterations as the service runs at once in an inline Map. */
  private static final int MAX_CONCURRENCY = 40;

  private final Run run;
  private final Steps steps;

  FanOut(Run run, Steps steps) {
    this.run = run;
    this.steps = steps;
  }

  /** The program that a branch of a state runs. */
  static Program program(State state, int index) {
    return switch (state) {
      case State.Parallel parallel -> parallel.branches().get(index);
      case State.Map map -> map.processor();
      default -> throw new IllegalArgumentException(state.type() + " has no branches");
    };
  }

  void begin(Branch branch, State.Parallel parallel, Scope scope) {
    JsonNode input = Steps.checked(parallel.flow().effectiveInput(scope), parallel.name());
    int count = parallel.branches().size();
    long started = run.event(branch, "ParallelStateStarted", JsonData.object());
    spread(branch, input, JsonData.array(), count, count, started);
  }

  void begin(Branch branch, State.Map map, Scope scope) {
    JsonNode input = map.flow().select(scope);
    Scope selected = scope.withInput(input);
    JsonNode items =
        map.itemsPath()
            .read(input, scope.context())
            .orElseThrow(() -> noArray(map, "leads to no value"));
    if (!(items instanceof ArrayNode array)) {
      throw noArray(map, "must point to array");
    }
    int limit = map.maxConcurrency().resolve(selected, "MaxConcurrencyPath", 0);
    int concurrency = limit == 0 ? MAX_CONCURRENCY : Math.min(limit, MAX_CONCURRENCY);
    long started =
        run.event(branch, "MapStateStarted", JsonData.object().put("length", array.size()));
    spread(branch, input, array, concurrency, array.size(), started);
  }

  private static EvaluationException noArray(State.Map map, String problem) {
    return new EvaluationException(
        ErrorNames.RUNTIME, "Reference path \"%s\" %s.".formatted(map.itemsPath(), problem));
  }

  private void spread(
      Branch branch, JsonNode input, ArrayNode items, int concurrency, int total, long started) {
    var children =
        new Activity.Children(new ArrayList<>(), input, items, concurrency, total, started);
    run.become(branch, new Activity.Spread(children));
    goOn(branch, children);
  }

  /** Starts as many branches as may run, or ends the state when all have ended. */
  private void goOn(Branch branch, Activity.Children children) {
    State state = branch.current().state;
    if (children.ended == children.total) {
      run.event(branch, state.type() + "StateSucceeded", JsonData.object());
      ArrayNode outputs = JsonData.array();
      children.branches.forEach(child -> outputs.add(child.output));
      steps.complete(branch, outputs);
      return;
    }
    while (children.branches.size() < children.total && children.running() < children.concurrency) {
      start(branch, children, state);
    }
  }

  private void start(Branch branch, Activity.Children children, State state) {
    int index = children.branches.size();
    JsonNode input = children.effectiveInput;
    ObjectNode item = null;
    if (state instanceof State.Map map) {
      item = JsonData.object().put("Index", index);
      item.set("Value", children.items.get(index));
      input = iterationInput(branch, children, map, item);
    }
    var child = new Branch(program(state, index), branch, index, item);
    children.branches.add(child);
    child.lastEvent = children.startedEvent;
    if (item != null) {
      run.event(child, "MapIterationStarted", iteration(child, state));
    }
    steps.enter(child, child.program.startAt(), input);
  }

  private JsonNode iterationInput(
      Branch branch, Activity.Children children, State.Map map, ObjectNode item) {
    if (map.itemSelector().isEmpty()) {
      return children.items.get(item.path("Index").intValue());
    }
    ObjectNode context = ContextObject.of(run.execution, branch, null);
    Scope scope =
        run.scope(branch, null)
            .withInput(children.effectiveInput)
            .withContext(ContextObject.withItem(context, item));
    return Steps.checked(map.itemSelector().get().fill(scope), map.name());
  }

  void childEnded(Branch parent, Branch child) {
    State state = parent.current().state;
    Activity.Children children = children(parent);
    children.ended++;
    if (state instanceof State.Map) {
      run.event(child, "MapIterationSucceeded", iteration(child, state));
    }
    parent.lastEvent = child.lastEvent;
    steps.attempt(parent, () -> goOn(parent, children));
  }

  void childFailed(Branch parent, Branch child, Failure failure) {
    State state = parent.current().state;
    if (state instanceof State.Map) {
      run.event(child, "MapIterationFailed", iteration(child, state));
    }
    child.frame = null;
    parent.lastEvent = child.lastEvent;
    abandon(parent);
    run.event(parent, state.type() + "StateFailed", JsonData.object());
    steps.fail(parent, failure);
  }

  /** Ends every branch of a state that is still under way, and those inside it. */
  private void abandon(Branch parent) {
    State state = parent.current().state;
    for (Branch child : children(parent).branches) {
      if (child.frame == null) {
        continue;
      }
      run.forget(child);
      if (child.frame.activity instanceof Activity.Spread) {
        abandon(child);
      }
      run.event(child, child.current().state.type() + "StateAborted", JsonData.object());
      if (state instanceof State.Map) {
        run.event(child, "MapIterationAborted", iteration(child, state));
      }
      child.frame = null;
    }
  }

  /** Ends what is still under way when the state itself fails, for example in its ItemSelector. */
  void abandonAll(Branch branch) {
    if (branch.current().activity instanceof Activity.Spread) {
      abandon(branch);
    }
  }

  private static Activity.Children children(Branch branch) {
    return ((Activity.Spread) branch.current().activity).children();
  }

  private static ObjectNode iteration(Branch child, State state) {
    return JsonData.object().put("name", state.name()).put("index", child.index);
  }
}

package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.definition.Catcher;
import dev.cloudmend.states.definition.Retrier;
import dev.cloudmend.states.definition.State;
import dev.cloudmend.states.intrinsics.Expression;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.JsonData;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a branch into a state, through it, out of it with its output or its error. */
final class Steps {

  private final Run run;
  private final TaskSteps tasks;
  private final FanOut fanOut;

  Steps(Run run) {
    this.run = run;
    this.tasks = new TaskSteps(run, this);
    this.fanOut = new FanOut(run, this);
  }

  TaskSteps tasks() {
    return tasks;
  }

  void enter(Branch branch, String stateName, JsonNode input) {
    State state = branch.program.state(stateName);
    ObjectNode details = JsonData.object();
    details.put("name", stateName);
    details.set("input", input);
    long event = run.event(branch, state.type() + "StateEntered", details);
    branch.frame = new Branch.Frame(state, input, run.now(), event);
    run.become(branch, new Activity.Ready());
  }

  /** Begins the work of the state that the branch is in, for the first time or as a retry. */
  void begin(Branch branch) {
    attempt(
        branch,
        () -> {
          Scope scope = run.scope(branch, null);
          switch (branch.current().state) {
            case State.Pass pass ->
                complete(
                    branch,
                    pass.result()
                        .orElseGet(() -> checked(pass.flow().effectiveInput(scope), pass.name())));
            case State.Succeed succeed -> complete(branch, succeed.flow().select(scope));
            case State.Choice choice -> choose(branch, choice, scope);
            case State.Wait wait -> await(branch, wait, scope);
            case State.Fail fail -> failBranch(branch, failure(fail, scope));
            case State.Task task -> tasks.begin(branch, task);
            case State.Parallel parallel -> fanOut.begin(branch, parallel, scope);
            case State.Map map -> fanOut.begin(branch, map, scope);
          }
        });
  }

  private void choose(Branch branch, State.Choice choice, Scope scope) {
    JsonNode selected = choice.flow().select(scope);
    Scope inner = scope.withInput(selected);
    String next =
        choice.rules().stream()
            .filter(rule -> rule.condition().holds(inner))
            .findFirst()
            .map(State.Choice.Rule::next)
            .or(choice::otherwise)
            .orElseThrow(
                () ->
                    new EvaluationException(
                        ErrorNames.NO_CHOICE_MATCHED,
                        "No rule of the Choice state '%s' holds, and it has no Default"
                            .formatted(choice.name())));
    leave(branch, output(branch, selected), Optional.of(next));
  }

  private void await(Branch branch, State.Wait wait, Scope scope) {
    Scope inner = scope.withInput(wait.flow().select(scope));
    Instant until = wait.until().end(inner, branch.current().entered);
    if (until.isAfter(run.now())) {
      run.become(branch, new Activity.Sleeping(until, false));
    } else {
      complete(branch, inner.input());
    }
  }

  private static Failure failure(State.Fail fail, Scope scope) {
    return new Failure(
        text(fail.error(), scope, "ErrorPath"), text(fail.cause(), scope, "CausePath"), false);
  }

  private static @Nullable String text(Optional<Expression> expression, Scope scope, String field) {
    if (expression.isEmpty()) {
      return null;
    }
    JsonNode value = expression.get().evaluate(scope, field);
    if (!value.isTextual()) {
      throw new EvaluationException(ErrorNames.RUNTIME, field + " must lead to a string");
    }
    return value.textValue();
  }

  /** A sleeping branch has slept enough. */
  void wake(Branch branch, Activity.Sleeping sleeping) {
    if (sleeping.retry()) {
      run.become(branch, new Activity.Ready());
      return;
    }
    attempt(
        branch,
        () -> complete(branch, branch.current().state.flow().select(run.scope(branch, null))));
  }

  /** The state's work is done: its result becomes the output, and the branch goes on. */
  void complete(Branch branch, JsonNode result) {
    attempt(branch, () -> leave(branch, output(branch, result), next(branch.current().state)));
  }

  private JsonNode output(Branch branch, JsonNode result) {
    State state = branch.current().state;
    return checked(state.flow().output(run.scope(branch, null), result), state.name());
  }

  private static Optional<String> next(State state) {
    return switch (state) {
      case State.Pass pass -> pass.next();
      case State.Task task -> task.next();
      case State.Wait wait -> wait.next();
      case State.Parallel parallel -> parallel.next();
      case State.Map map -> map.next();
      case State.Choice choice -> Optional.empty();
      case State.Succeed succeed -> Optional.empty();
      case State.Fail fail -> Optional.empty();
    };
  }

  /** The state did not work: it is tried again, or the error is caught, or the branch fails. */
  void fail(Branch branch, Failure failure) {
    run.forget(branch);
    fanOut.abandonAll(branch);
    Branch.Frame frame = branch.current();
    Optional<Duration> delay = retry(frame, failure);
    if (delay.isPresent()) {
      run.become(branch, new Activity.Sleeping(run.now().plus(delay.get()), true));
      return;
    }
    Optional<Catcher> catcher =
        frame.state.catchers().stream().filter(c -> failure.matches(c.errorEquals())).findFirst();
    if (catcher.isEmpty()) {
      failBranch(branch, failure);
      return;
    }
    JsonNode output;
    try {
      output = caught(frame, catcher.get(), failure);
    } catch (EvaluationException e) {
      failBranch(branch, Failure.of(e).in(frame.state.name(), frame.enteredEvent));
      return;
    }
    leave(branch, output, Optional.of(catcher.get().next()));
  }

  /** The wait before the next attempt, when the first retrier for the failure allows one. */
  private Optional<Duration> retry(Branch.Frame frame, Failure failure) {
    for (int i = 0; i < frame.attempts.length; i++) {
      Retrier retrier = frame.state.retriers().get(i);
      if (failure.matches(retrier.errorEquals())) {
        if (frame.attempts[i] >= retrier.maxAttempts()) {
          return Optional.empty();
        }
        return Optional.of(
            retrier.delay(frame.attempts[i]++, run.surroundings.random().generator()));
      }
    }
    return Optional.empty();
  }

  private static JsonNode caught(Branch.Frame frame, Catcher catcher, Failure failure) {
    JsonNode output =
        catcher
            .resultPath()
            .map(path -> path.assign(frame.input, failure.output()))
            .orElse(frame.input);
    return checked(output, frame.state.name());
  }

  private void leave(Branch branch, JsonNode output, Optional<String> next) {
    State state = branch.current().state;
    ObjectNode details = JsonData.object();
    details.put("name", state.name());
    details.set("output", output);
    run.event(branch, state.type() + "StateExited", details);
    run.forget(branch);
    if (next.isPresent()) {
      enter(branch, next.get(), output);
      return;
    }
    branch.frame = null;
    branch.output = output;
    if (branch.parent == null) {
      run.succeed(output);
    } else {
      fanOut.childEnded(branch.parent, branch);
    }
  }

  private void failBranch(Branch branch, Failure failure) {
    run.forget(branch);
    if (branch.parent == null) {
      run.fail(failure);
    } else {
      fanOut.childFailed(branch.parent, branch, failure);
    }
  }

  /** Does a step; data that cannot be worked out fails the state. */
  void attempt(Branch branch, Runnable step) {
    Branch.Frame frame = branch.current();
    try {
      step.run();
    } catch (EvaluationException e) {
      fail(branch, Failure.of(e).in(frame.state.name(), frame.enteredEvent));
    }
  }

  /** The value itself, unless it is larger than state data may be. */
  static JsonNode checked(JsonNode value, String state) {
    if (JsonData.exceedsLimit(value)) {
      throw new EvaluationException(
          ErrorNames.DATA_LIMIT_EXCEEDED, String.valueOf(Failure.tooLarge(state).cause()));
    }
    return value;
  }
}

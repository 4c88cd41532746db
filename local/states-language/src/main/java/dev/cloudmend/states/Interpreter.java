package dev.cloudmend.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.ExecutionStore;
import dev.cloudmend.states.durable.InMemoryExecutionStore;
import dev.cloudmend.states.engine.Execution;
import dev.cloudmend.states.engine.InterpreterClock;
import dev.cloudmend.states.engine.Message;
import dev.cloudmend.states.engine.Surroundings;
import dev.cloudmend.states.engine.TaskHandler;
import dev.cloudmend.states.engine.TaskToken;
import dev.cloudmend.states.intrinsics.RandomSource;
import dev.cloudmend.states.paths.JsonData;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs executions of state machines.
 *
 * <p>{@link #start} runs an execution on the calling thread until it ends, or until every branch
 * that is left waits for a task token. Then the execution lies in the {@link ExecutionStore}, and
 * any interpreter with the same store and handlers, also of another process, goes on with it when
 * {@link #sendTaskSuccess} or {@link #sendTaskFailure} brings an answer. Times that run out while
 * nobody runs an execution are noticed by {@link #tick} or the next answer.
 *
 * <p>With an executor of its own ({@link Builder#executor}) executions run there, and every method
 * returns as soon as what was asked for is stored; what it returns is then an execution under way.
 *
 * <p>Safe for use by several threads. A handler may answer for its own task's token.
 */
public final class Interpreter {

  private static final Pattern MACHINE_ARN =
      Pattern.compile(
          "(arn:[a-z0-9-]+:states:[a-z0-9-]*:\\d*):stateMachine:([A-Za-z0-9_.+!@()=-]{1,80})");
  private static final Pattern EXECUTION_NAME = Pattern.compile("[A-Za-z0-9_.+!@()=-]{1,80}");

  private final Surroundings surroundings;
  private final Executions executions;

  private Interpreter(Surroundings surroundings, Executions executions) {
    this.surroundings = surroundings;
    this.executions = executions;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts an execution.
   *
   * @param stateMachineArn {@code arn:PARTITION:states:REGION:ACCOUNT:stateMachine:NAME}
   * @param executionName unique for the machine, 1 to 80 characters
   * @return the execution when it has ended or waits for tokens
   * @throws ExecutionRequestException when the execution is there already, or something given is
   *     not valid
   */
  public ExecutionResult start(
      StateMachineDefinition definition,
      String stateMachineArn,
      String executionName,
      JsonNode input) {
    String arn = executionArn(stateMachineArn, executionName);
    for (String integration : definition.integrations()) {
      if (surroundings.handlers().apply(integration).isEmpty()) {
        throw new ExecutionRequestException(
            "InvalidDefinition",
            "%s calls '%s', which nothing here handles".formatted(definition.name(), integration));
      }
    }
    requireSize(input, "InvalidExecutionInput", "The input");
    return executions.begin(
        Execution.create(
            definition,
            arn,
            stateMachineArn,
            executionName,
            input.deepCopy(),
            surroundings.clock().now()));
  }

  /** The ARN that {@link #start} gives an execution. */
  public static String executionArn(String stateMachineArn, String executionName) {
    var matcher = MACHINE_ARN.matcher(stateMachineArn);
    if (!matcher.matches()) {
      throw new ExecutionRequestException(
          "InvalidArn",
          "'" + stateMachineArn + "' is not arn:PARTITION:states:REGION:ACCOUNT:stateMachine:NAME");
    }
    if (!EXECUTION_NAME.matcher(executionName).matches()) {
      throw new ExecutionRequestException(
          "InvalidName",
          "An execution's name must have 1 to 80 letters, digits or -_.+!@()=: '"
              + executionName
              + "'");
    }
    return matcher.group(1) + ":execution:" + matcher.group(2) + ":" + executionName;
  }

  /**
   * Ends a waiting task with its result, and runs the execution on.
   *
   * @return the execution when it has ended or waits again. While this interpreter is still at work
   *     on it, the execution as it was stored last
   * @throws ExecutionRequestException InvalidToken, TaskDoesNotExist when there is no such
   *     execution, TaskTimedOut when no task waits for the token any more
   */
  public ExecutionResult sendTaskSuccess(String token, JsonNode output) {
    requireSize(output, "InvalidOutput", "The output");
    return answer(new Message.Success(token, output.deepCopy(), new CompletableFuture<>()));
  }

  /** Ends a waiting task with an error; otherwise as {@link #sendTaskSuccess}. */
  public ExecutionResult sendTaskFailure(
      String token, @Nullable String error, @Nullable String cause) {
    return answer(
        new Message.Refusal(token, new Message.TaskError(error, cause), new CompletableFuture<>()));
  }

  /** Says that a waiting task is still at work; otherwise as {@link #sendTaskSuccess}. */
  public ExecutionResult sendTaskHeartbeat(String token) {
    return answer(new Message.Heartbeat(token, new CompletableFuture<>()));
  }

  /** The execution as it was stored last; nothing when there is none. */
  public Optional<ExecutionResult> describe(String executionArn) {
    return executions.find(executionArn);
  }

  /** ARNs of all executions in the store, in no particular order. */
  public List<String> list() {
    return executions.all();
  }

  /**
   * Ends an execution as ABORTED. One that has ended stays as it is.
   *
   * @throws ExecutionRequestException ExecutionDoesNotExist, or ExecutionBusy while another process
   *     runs it
   */
  public ExecutionResult stop(String executionArn, @Nullable String error, @Nullable String cause) {
    var message = new Message.Stop(new Message.TaskError(error, cause), new CompletableFuture<>());
    Optional<ExecutionResult> result = executions.deliver(executionArn, message);
    if (result.isPresent() && result.get().status().isFinal()) {
      return result.get();
    }
    message.accepted().join();
    return executions.atRest(executionArn);
  }

  /**
   * Looks after executions that nobody runs: ends tasks and executions whose time is up, and fails
   * executions whose process died.
   *
   * @return those that changed
   */
  public List<ExecutionResult> tick() {
    return executions.tick();
  }

  private ExecutionResult answer(Message.Answer answer) {
    String arn =
        TaskToken.executionOf(answer.token())
            .orElseThrow(
                () -> new ExecutionRequestException("InvalidToken", "The task token is not one"));
    if (executions.find(arn).isEmpty()) {
      throw new ExecutionRequestException(
          "TaskDoesNotExist", "There is no execution that the task token could be for");
    }
    Optional<ExecutionResult> result = executions.deliver(arn, answer);
    if (!answer.accepted().join()) {
      throw new ExecutionRequestException(
          "TaskTimedOut", "No task waits for the token: it was answered, timed out or was ended");
    }
    return result.or(() -> executions.find(arn)).orElseThrow();
  }

  private static void requireSize(JsonNode value, String code, String what) {
    if (JsonData.exceedsLimit(value)) {
      throw new ExecutionRequestException(
          code, what + " has more than " + JsonData.MAX_PAYLOAD_BYTES + " bytes");
    }
  }

  /** Puts an interpreter together. */
  public static final class Builder {

    private Function<String, Optional<TaskHandler>> handlers = integration -> Optional.empty();
    private InterpreterClock clock = InterpreterClock.system();
    private ExecutionStore store = new InMemoryExecutionStore();
    private RandomSource random = RandomSource.secure();
    private Duration patience = Duration.ofSeconds(10);
    private Executor executor = Runnable::run;
    private Consumer<ExecutionResult> listener = result -> {};
    private Duration longestSleep = ChronoUnit.FOREVER.getDuration();

    private Builder() {}

    /** Handlers by integration, for example {@code lambda:invoke}. Without any, no Task can run. */
    public Builder tasks(Map<String, TaskHandler> byIntegration) {
      Map<String, TaskHandler> copy = Map.copyOf(byIntegration);
      return tasks(integration -> Optional.ofNullable(copy.get(integration)));
    }

    /** Looks handlers up by integration. */
    public Builder tasks(Function<String, Optional<TaskHandler>> lookup) {
      handlers = lookup;
      return this;
    }

    /** The machine's clock unless another is given. */
    public Builder clock(InterpreterClock value) {
      clock = value;
      return this;
    }

    /** The process's memory unless another is given. */
    public Builder executionStore(ExecutionStore value) {
      store = value;
      return this;
    }

    /** Unpredictable unless another is given; task tokens rest on it. */
    public Builder random(RandomSource value) {
      random = value;
      return this;
    }

    /** How long to wait for another process to let go of an execution; 10 seconds unless given. */
    public Builder patience(Duration value) {
      patience = value;
      return this;
    }

    /** Where executions run; the calling thread unless given. */
    public Builder executor(Executor value) {
      executor = value;
      return this;
    }

    /**
     * Told of each execution that begins, before its first step, and of each that has ended, after
     * it was stored. Called on the thread that does so.
     */
    public Builder listener(Consumer<ExecutionResult> value) {
      listener = value;
      return this;
    }

    /**
     * An execution in which nothing happens for longer than this lies in the store meanwhile, and
     * {@link Interpreter#tick} goes on with it. Without it, waits and retries are waited for.
     */
    public Builder longestSleep(Duration value) {
      longestSleep = value;
      return this;
    }

    /** The interpreter. */
    public Interpreter build() {
      var surroundings = new Surroundings(handlers, clock, random, longestSleep);
      return new Interpreter(
          surroundings, new Executions(surroundings, store, patience, executor, listener));
    }
  }
}

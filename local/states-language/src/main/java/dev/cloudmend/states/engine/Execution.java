package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An execution with everything that is known of it. It belongs to one thread at a time; {@link
 * #toJson} and {@link #fromJson} carry it to another interpreter.
 */
public final class Execution {

  private static final int FORMAT = 1;

  final StateMachineDefinition definition;
  final Branch root;

  /** Written by the thread that runs the execution; others may look at it meanwhile. */
  final List<HistoryEvent> history = Collections.synchronizedList(new ArrayList<>());

  private final String arn;
  private final String stateMachineArn;
  private final String name;
  private final JsonNode input;
  private final Instant startTime;

  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private @Nullable Instant stopTime;
  private @Nullable JsonNode output;
  private @Nullable String error;
  private @Nullable String cause;

  private Execution(
      StateMachineDefinition definition,
      String arn,
      String stateMachineArn,
      String name,
      JsonNode input,
      Instant startTime,
      @Nullable JsonNode rootNode) {
    this.definition = definition;
    this.arn = arn;
    this.stateMachineArn = stateMachineArn;
    this.name = name;
    this.input = input;
    this.startTime = startTime;
    this.root =
        rootNode == null
            ? new Branch(definition.program(), null, 0, null)
            : BranchCodec.fromJson(rootNode, definition.program(), null);
  }

  /** An execution that has not begun. */
  public static Execution create(
      StateMachineDefinition definition,
      String arn,
      String stateMachineArn,
      String name,
      JsonNode input,
      Instant startTime) {
    return new Execution(definition, arn, stateMachineArn, name, input, startTime, null);
  }

  /** An execution from its record. */
  public static Execution fromJson(JsonNode node) {
    var execution =
        new Execution(
            StateMachineDefinition.parse(
                node.path("definitionName").asText(), node.path("definition").asText()),
            node.path("executionArn").asText(),
            node.path("stateMachineArn").asText(),
            node.path("name").asText(),
            node.path("input"),
            Instant.parse(node.path("startTime").asText()),
            node.get("root"));
    execution.status = ExecutionStatus.valueOf(node.path("status").asText());
    execution.stopTime = text(node, "stopTime").map(Instant::parse).orElse(null);
    execution.output = node.get("output");
    execution.error = text(node, "error").orElse(null);
    execution.cause = text(node, "cause").orElse(null);
    node.path("history").forEach(event -> execution.history.add(HistoryEvent.fromJson(event)));
    return execution;
  }

  /** The execution's record. Where its branches are is part of it only while it waits. */
  public JsonNode toJson() {
    ObjectNode node = JsonData.object();
    node.put("format", FORMAT);
    node.put("executionArn", arn);
    node.put("stateMachineArn", stateMachineArn);
    node.put("name", name);
    node.put("status", status.name());
    node.put("startTime", startTime.toString());
    if (stopTime != null) {
      node.put("stopTime", stopTime.toString());
    }
    node.set("input", input);
    if (output != null) {
      node.set("output", output);
    }
    if (error != null) {
      node.put("error", error);
    }
    if (cause != null) {
      node.put("cause", cause);
    }
    node.put("definitionName", definition.name());
    node.put("definition", definition.json());
    if (status == ExecutionStatus.WAITING) {
      node.set("root", BranchCodec.toJson(root));
    }
    ArrayNode events = node.putArray("history");
    history.forEach(event -> events.add(event.toJson()));
    return node;
  }

  public StateMachineDefinition definition() {
    return definition;
  }

  public String arn() {
    return arn;
  }

  public String stateMachineArn() {
    return stateMachineArn;
  }

  /** The execution's own name, the last part of its ARN. */
  public String name() {
    return name;
  }

  public JsonNode input() {
    return input;
  }

  public Instant startTime() {
    return startTime;
  }

  /** When it ended. */
  public Optional<Instant> stopTime() {
    return Optional.ofNullable(stopTime);
  }

  public ExecutionStatus status() {
    return status;
  }

  /** What it gave, when it succeeded. */
  public Optional<JsonNode> output() {
    return Optional.ofNullable(output);
  }

  /** The error name, when it failed with one. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Why it failed, when that is known. */
  public Optional<String> cause() {
    return Optional.ofNullable(cause);
  }

  /** Everything that happened so far, in order. */
  public List<HistoryEvent> history() {
    return List.copyOf(history);
  }

  void status(ExecutionStatus now) {
    status = now;
  }

  void succeed(JsonNode result, Instant at) {
    output = result;
    end(ExecutionStatus.SUCCEEDED, at);
  }

  void fail(ExecutionStatus how, @Nullable Failure failure, Instant at) {
    if (failure != null) {
      error = failure.error();
      cause = failure.cause();
    }
    end(how, at);
  }

  /** Ends an execution whose process died while it was at work; what its tasks did is not known. */
  public void lost(Instant at) {
    var failure =
        new Failure(
            ErrorNames.RUNTIME,
            "The process that ran the execution ended before the execution did",
            false);
    long last = history.size();
    history.add(new HistoryEvent(last + 1, last, at, "ExecutionFailed", failure.details()));
    fail(ExecutionStatus.FAILED, failure, at);
  }

  private void end(ExecutionStatus how, Instant at) {
    status = how;
    stopTime = at;
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).map(JsonNode::textValue);
  }
}

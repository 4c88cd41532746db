package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.engine.ExecutionStatus;
import dev.cloudmend.states.engine.HistoryEvent;
import dev.cloudmend.states.paths.JsonData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;

/**
 * Executions as the API shows them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">
 *     DescribeExecution</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">
 *     HistoryEvent</a>
 */
final class ExecutionViews {

  private static final Set<String> DATA = Set.of("input", "output", "parameters");

  private ExecutionViews() {}

  /** The API does not tell apart who waits and who works. */
  static String status(ExecutionResult execution) {
    return execution.status() == ExecutionStatus.WAITING
        ? ExecutionStatus.RUNNING.name()
        : execution.status().name();
  }

  /** Seconds since 1970, with milliseconds. */
  static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }

  static ObjectNode summary(ExecutionResult execution) {
    ObjectNode view =
        Json.object()
            .put("executionArn", execution.executionArn())
            .put("stateMachineArn", execution.stateMachineArn())
            .put("name", execution.name())
            .put("status", status(execution))
            .put("startDate", seconds(execution.startTime()));
    execution.stopTime().ifPresent(time -> view.put("stopDate", seconds(time)));
    qualifier(execution, view);
    return view;
  }

  static ObjectNode description(ExecutionResult execution, boolean withData) {
    ObjectNode view = summary(execution);
    view.putObject("inputDetails").put("included", withData);
    if (withData) {
      view.put("input", JsonData.write(execution.input()));
    }
    execution
        .output()
        .ifPresent(
            output -> {
              view.putObject("outputDetails").put("included", withData);
              if (withData) {
                view.put("output", JsonData.write(output));
              }
            });
    execution.error().ifPresent(error -> view.put("error", error));
    execution.cause().ifPresent(cause -> view.put("cause", cause));
    view.put("redriveCount", 0);
    return view;
  }

  /** An execution is known by the ARN that it was started with, as its definition's name. */
  private static void qualifier(ExecutionResult execution, ObjectNode view) {
    MachineArn asked = MachineArn.parse(execution.definitionName());
    if (asked.isVersion()) {
      view.put("stateMachineVersionArn", asked.toString());
    } else if (asked.isAlias()) {
      view.put("stateMachineAliasArn", asked.toString());
    }
  }

  static ObjectNode event(HistoryEvent event, boolean withData) {
    ObjectNode view =
        Json.object()
            .put("timestamp", seconds(event.timestamp()))
            .put("type", event.type())
            .put("id", event.id())
            .put("previousEventId", event.previousEventId());
    if (event.details().isEmpty() && !event.type().startsWith("Execution")) {
      return view;
    }
    ObjectNode details = view.putObject(detailsName(event.type()));
    for (var entry : event.details().properties()) {
      if (!DATA.contains(entry.getKey())) {
        details.set(entry.getKey(), entry.getValue());
      } else if (withData) {
        details.put(entry.getKey(), JsonData.write(entry.getValue()));
        if (!entry.getKey().equals("parameters")) {
          details.putObject(entry.getKey() + "Details").put("truncated", false);
        }
      }
    }
    return view;
  }

  private static String detailsName(String type) {
    if (type.endsWith("StateEntered")) {
      return "stateEnteredEventDetails";
    }
    if (type.endsWith("StateExited")) {
      return "stateExitedEventDetails";
    }
    return Character.toLowerCase(type.charAt(0)) + type.substring(1) + "EventDetails";
  }
}

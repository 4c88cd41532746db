package dev.cloudmend.local.cost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.engine.HistoryEvent;
import java.nio.charset.StandardCharsets;

/**
 * How many bytes Step Functions logs of an execution at level ALL without execution data.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html">Logging</a>
 */
final class StepFunctionsLog {

  /** What CloudWatch adds to each log event. */
  private static final int OF_A_LOG_EVENT = 26;

  private StepFunctionsLog() {}

  static long bytes(ExecutionResult result) {
    return result.history().stream()
        .map(event -> line(result.executionArn(), event).toString())
        .mapToLong(line -> OF_A_LOG_EVENT + line.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  private static ObjectNode line(String executionArn, HistoryEvent event) {
    ObjectNode line = Json.object();
    line.put("id", String.valueOf(event.id()));
    line.put("type", event.type());
    ObjectNode details = line.putObject("details");
    event
        .details()
        .properties()
        .forEach(
            detail -> {
              if (detail.getValue().isValueNode()) {
                details.set(detail.getKey(), detail.getValue());
              }
            });
    line.put("redrive_count", "0");
    line.put("previous_event_id", String.valueOf(event.previousEventId()));
    line.put("event_timestamp", String.valueOf(event.timestamp().toEpochMilli()));
    line.put("execution_arn", executionArn);
    return line;
  }
}

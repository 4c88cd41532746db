package dev.cloudmend.endpoint.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.ExecutionResult;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The event that tells of an execution's beginning and end.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html">Step
 *     Functions Execution Status Change</a>
 */
final class StatusChange {

  /** Input and output together, in bytes; with more the event carries neither. */
  private static final int MOST_DATA = 248 * 1024;

  private StatusChange() {}

  static ObjectNode event(ExecutionResult execution, Instant now) {
    MachineArn machine = MachineArn.parse(execution.stateMachineArn());
    ObjectNode event =
        Json.object()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", "Step Functions Execution Status Change")
            .put("source", "aws.states")
            .put("account", machine.account())
            .put("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", machine.region());
    event.putArray("resources").add(execution.executionArn());
    event.set("detail", detail(execution));
    return event;
  }

  private static ObjectNode detail(ExecutionResult execution) {
    String input = JsonData.write(execution.input());
    Optional<String> output = execution.output().map(JsonData::write);
    boolean included =
        input.getBytes(UTF_8).length + output.orElse("").getBytes(UTF_8).length <= MOST_DATA;
    ObjectNode detail =
        Json.object()
            .put("executionArn", execution.executionArn())
            .put("stateMachineArn", execution.stateMachineArn())
            .put("name", execution.name())
            .put("status", ExecutionViews.status(execution))
            .put("startDate", execution.startTime().toEpochMilli())
            .put("stopDate", execution.stopTime().map(Instant::toEpochMilli).orElse(null))
            .put("input", included ? input : null)
            .put("output", included ? output.orElse(null) : null)
            .put("error", execution.error().orElse(null))
            .put("cause", execution.cause().orElse(null));
    detail.putObject("inputDetails").put("included", included);
    if (output.isPresent()) {
      detail.putObject("outputDetails").put("included", included);
    } else {
      detail.putNull("outputDetails");
    }
    return detail;
  }
}

package dev.cloudmend.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.paths.JsonData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the context object, {@code $$}. There is no Execution.RoleArn: nothing here has a role.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">
 *     Context object</a>
 */
final class ContextObject {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ContextObject() {}

  static ObjectNode of(Execution execution, Branch branch, @Nullable String token) {
    ObjectNode context = JsonData.object();
    context
        .putObject("Execution")
        .put("Id", execution.arn())
        .put("Name", execution.name())
        .put("StartTime", time(execution.startTime()))
        .put("RedriveCount", 0)
        .set("Input", execution.input());
    String machine = execution.stateMachineArn();
    context
        .putObject("StateMachine")
        .put("Id", machine)
        .put("Name", machine.substring(machine.lastIndexOf(':') + 1));
    Branch.Frame frame = branch.current();
    context
        .putObject("State")
        .put("Name", frame.state.name())
        .put("EnteredTime", time(frame.entered))
        .put("RetryCount", frame.retries());
    JsonNode item = branch.visibleItem();
    if (item != null) {
      context.putObject("Map").set("Item", item);
    }
    if (token != null) {
      context.putObject("Task").put("Token", token);
    }
    return context;
  }

  /** The context object with another Map.Item, as ItemSelector sees it. */
  static ObjectNode withItem(ObjectNode context, JsonNode item) {
    ObjectNode copy = JsonData.object();
    copy.setAll(context);
    copy.putObject("Map").set("Item", item);
    return copy;
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }
}

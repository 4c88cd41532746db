package dev.cloudmend.auditwriter;

import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Lambda function {@code closer}. */
public final class CloserHandler extends JsonFunction<CloserHandler.Input, Closings> {

  /**
   * EventBridge's "Step Functions Execution Status Change", or {@code {"action": "sweep"}}.
   *
   * @param action {@code sweep}; absent in an event
   * @param source in an event: {@code aws.states}
   * @param detail in an event: the execution
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html">Automating
   *     Step Functions event delivery with EventBridge</a>
   */
  public record Input(@Nullable String action, @Nullable String source, @Nullable Detail detail) {}

  /**
   * What the event says of the execution.
   *
   * @param executionArn the execution
   * @param stateMachineArn its state machine, without version or alias
   * @param status such as {@code TIMED_OUT}
   * @param error the name of the error, where one ended it
   * @param cause what the error says
   */
  public record Detail(
      @Nullable String executionArn,
      @Nullable String stateMachineArn,
      @Nullable String status,
      @Nullable String error,
      @Nullable String cause) {}

  private final Closer closer = bean(Closer.class);

  public CloserHandler() {
    this(Map.of());
  }

  public CloserHandler(Map<String, Object> settings) {
    super(Input.class, settings);
  }

  @Override
  protected Closings handle(Input input) {
    if (input.action() != null) {
      if (!input.action().equals("sweep")) {
        throw new ModelException(
            "the action '" + Text.shown(input.action(), 100) + "' is not known; expected sweep");
      }
      return closer.sweep();
    }
    Detail detail = input.detail();
    if (!"aws.states".equals(input.source()) || detail == null) {
      throw new ModelException(
          "expected {\"action\": \"sweep\"}, or an event of source aws.states with a detail");
    }
    return closer.close(
        told(detail.stateMachineArn(), "stateMachineArn"),
        new EndedExecution(
            told(detail.executionArn(), "executionArn"),
            told(detail.status(), "status"),
            detail.error(),
            detail.cause()));
  }

  @Override
  protected String correlationOf(Input input) {
    return input.detail() == null || input.detail().executionArn() == null
        ? "sweep"
        : input.detail().executionArn();
  }

  private static String told(@Nullable String value, String name) {
    if (value == null) {
      throw new ModelException("the event has no detail." + name);
    }
    return value;
  }
}

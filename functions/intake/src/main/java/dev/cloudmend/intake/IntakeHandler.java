package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.function.JsonFunction;
import dev.cloudmend.model.RunOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Lambda function {@code intake}. */
public final class IntakeHandler extends JsonFunction<IntakeHandler.Input, Resources> {

  /**
   * The state machine's input.
   *
   * @param event the EventBridge event
   * @param run what the person who started the run asks for
   */
  public record Input(ObjectNode event, @Nullable RunOptions run) {}

  private final Intake intake = bean(Intake.class);

  public IntakeHandler() {
    this(Map.of());
  }

  public IntakeHandler(Map<String, Object> settings) {
    super(Input.class, settings);
  }

  @Override
  protected Resources handle(Input input) {
    RunOptions run = input.run();
    return intake.read(input.event(), run == null ? RunOptions.NONE : run);
  }

  @Override
  protected String correlationOf(Input input) {
    return input.event().path("id").asText("");
  }
}

package dev.cloudmend.states;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudmend.states.definition.StateMachineDefinition;
import dev.cloudmend.states.durable.FileExecutionStore;
import dev.cloudmend.states.engine.ExecutionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherProcessTest {

  private static final String MACHINE =
      """
      {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemProcessor": {"StartAt": "Ask",
        "States": {"Ask": {"Type": "Task", "Next": "Label",
          "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Parameters": {"token.$": "$$.Task.Token"}},
          "Label": {"Type": "Pass", "Parameters": {"answer.$": "$",
            "entered.$": "$$.Map.Item.Value"}, "End": true}}}, "End": true}}}
      """;

  @TempDir Path folder;
  private final AtomicReference<String> token = new AtomicReference<>("");
  private Interpreter interpreter = Interpreter.builder().build();
  private String execution = "";

  @BeforeEach
  void startAnExecutionThatWaits() {
    interpreter =
        Interpreter.builder()
            .tasks(
                Map.of(
                    "sqs:sendMessage",
                    (integration, parameters) -> {
                      token.set(parameters.path("token").asText());
                      return parameters;
                    }))
            .executionStore(new FileExecutionStore(folder))
            .patience(Duration.ofMillis(50))
            .build();
    var waiting =
        interpreter.start(
            StateMachineDefinition.parse(MACHINE), Machine.ARN, "shared", json("[\"x\"]"));
    assertThat(waiting.status()).isEqualTo(ExecutionStatus.WAITING);
    execution = waiting.executionArn();
  }

  @Test
  void anotherProcessGoesOnWithAnExecution() throws Exception {
    Process other = OtherProcess.start("answer", folder.toString(), token.get());

    assertThat(OtherProcess.firstLine(other))
        .isEqualTo("SUCCEEDED [{\"answer\":1,\"entered\":\"x\"}]");
    assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(interpreter.describe(execution).orElseThrow().status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void whatAnotherProcessRunsIsLeftAloneUntilItLetsGo() throws Exception {
    Process other = OtherProcess.start("hold", folder.toString(), execution);
    try {
      assertThat(OtherProcess.firstLine(other)).isEqualTo("held");

      assertThatThrownBy(() -> interpreter.sendTaskSuccess(token.get(), json("2")))
          .isInstanceOfSatisfying(
              ExecutionRequestException.class,
              e -> assertThat(e.code()).isEqualTo("ExecutionBusy"));
      assertThat(interpreter.tick()).isEmpty();
    } finally {
      // Killed, as a crash would: the operating system gives the lock back.
      other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    assertThat(interpreter.sendTaskSuccess(token.get(), json("2")).status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }
}

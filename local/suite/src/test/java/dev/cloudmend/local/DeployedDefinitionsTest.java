package dev.cloudmend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.definition.StateMachineDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graphs of the deployed state machines. That each state is reached, parsing checks. */
class DeployedDefinitionsTest {

  private static final ProjectFiles FILES = ProjectFiles.ofLauncher();

  @ParameterizedTest
  @ValueSource(strings = {"remediation", "undo"})
  void everyStateIsReachedAndEveryPathCanEnd(String machine) {
    String text = FILES.stateMachine(machine, Suite.DEPLOYED);

    assertThatCode(() -> StateMachineDefinition.parse(machine, text)).doesNotThrowAnyException();
    assertThat(withoutEnd(Json.parse(text))).isEmpty();
  }

  @Test
  void aCircleWithoutAWayOutIsFoundAlsoInsideAMap() {
    JsonNode machine =
        Json.parse(
            """
            {"StartAt": "Look", "States": {
              "Look": {"Type": "Choice", "Choices": [{"Next": "Each"}], "Default": "Wait"},
              "Wait": {"Type": "Wait", "Seconds": 1, "Next": "Again"},
              "Again": {"Type": "Pass", "Next": "Wait"},
              "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Here", "States": {
                "Here": {"Type": "Pass", "Next": "There"},
                "There": {"Type": "Pass", "Next": "Here"}}}}}}
            """);

    assertThat(withoutEnd(machine)).containsExactlyInAnyOrder("Wait", "Again", "Here", "There");
  }

  /** The states from which no end of their machine can be reached. */
  private static List<String> withoutEnd(JsonNode machine) {
    JsonNode states = machine.path("States");
    Set<String> ending = new HashSet<>();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Map.Entry<String, JsonNode> state : states.properties()) {
        if (ends(state.getValue()) || next(state.getValue()).stream().anyMatch(ending::contains)) {
          grew |= ending.add(state.getKey());
        }
      }
    }
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, JsonNode> state : states.properties()) {
      if (!ending.contains(state.getKey())) {
        left.add(state.getKey());
      }
      left.addAll(withoutEnd(state.getValue().path("ItemProcessor")));
      state.getValue().path("Branches").forEach(branch -> left.addAll(withoutEnd(branch)));
    }
    return left;
  }

  private static boolean ends(JsonNode state) {
    return state.path("End").asBoolean()
        || Set.of("Succeed", "Fail").contains(state.path("Type").asText());
  }

  private static List<String> next(JsonNode state) {
    List<String> names = new ArrayList<>();
    names.add(state.path("Next").asText());
    names.add(state.path("Default").asText());
    // A Catch alone would be a way out of any circle: it does not count.
    state.path("Choices").forEach(choice -> names.add(choice.path("Next").asText()));
    return names;
  }
}

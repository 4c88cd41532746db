package dev.cloudmend.endpoint.states;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.states.definition.DefinitionException;
import dev.cloudmend.states.definition.DefinitionProblem;
import dev.cloudmend.states.definition.StateMachineDefinition;
import java.util.List;

/**
 * Says what is wrong with a definition. What the interpreter does not support counts as wrong: it
 * would fail at its first execution here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html">
 *     ValidateStateMachineDefinition</a>
 */
final class DefinitionChecks {

  private static final int MOST = 100;

  private DefinitionChecks() {}

  static ObjectNode check(ObjectNode request) {
    List<DefinitionProblem> problems = problems(request.path("definition").asText());
    int asked = request.path("maxResults").asInt(0);
    int most = asked > 0 ? Math.min(asked, MOST) : MOST;
    ObjectNode answer = Json.object().put("result", problems.isEmpty() ? "OK" : "FAIL");
    ArrayNode diagnostics = answer.putArray("diagnostics");
    for (DefinitionProblem problem : problems.stream().limit(most).toList()) {
      ObjectNode diagnostic =
          diagnostics
              .addObject()
              .put("severity", "ERROR")
              .put("code", code(problem))
              .put("message", problem.message());
      if (!problem.pointer().isEmpty()) {
        diagnostic.put("location", problem.pointer());
      }
    }
    return answer.put("truncated", problems.size() > most);
  }

  private static List<DefinitionProblem> problems(String definition) {
    try {
      StateMachineDefinition.parse(definition);
      return List.of();
    } catch (DefinitionException e) {
      return e.problems();
    }
  }

  private static String code(DefinitionProblem problem) {
    return problem.pointer().isEmpty() ? "INVALID_JSON_DESCRIPTION" : "SCHEMA_VALIDATION_FAILED";
  }
}

package dev.cloudmend.states.definition;

import java.util.Set;
import java.util.TreeSet;

/**
 * A state machine that was read and found sound.
 *
 * @param name what messages call it, for example its file's name
 * @param json the text it was read from
 * @param program its states
 * @see <a href="https://states-language.net/spec.html">The Amazon States Language</a>
 */
public record StateMachineDefinition(String name, String json, Program program) {

  /**
   * Reads a definition, {@code QueryLanguage} JSONPath.
   *
   * @throws DefinitionException with every problem: not JSON, unknown or unsupported fields,
   *     missing transitions, unknown targets, states that cannot be reached, no end
   */
  public static StateMachineDefinition parse(String name, String json) {
    return new StateMachineDefinition(name, json, DefinitionParser.parse(name, json));
  }

  /** Reads a definition that messages call "state machine". */
  public static StateMachineDefinition parse(String json) {
    return parse("state machine", json);
  }

  /** Service integrations that its Task states call, for example {@code lambda:invoke}. */
  public Set<String> integrations() {
    Set<String> integrations = new TreeSet<>();
    collect(program, integrations);
    return integrations;
  }

  private static void collect(Program program, Set<String> integrations) {
    for (State state : program.states().values()) {
      switch (state) {
        case State.Task task -> integrations.add(task.resource().integration());
        case State.Parallel parallel -> parallel.branches().forEach(b -> collect(b, integrations));
        case State.Map map -> collect(map.processor(), integrations);
        default -> {}
      }
    }
  }

  @Override
  public String toString() {
    return "StateMachineDefinition[" + name + "]";
  }
}

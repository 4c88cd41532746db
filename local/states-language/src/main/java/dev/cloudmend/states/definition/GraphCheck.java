package dev.cloudmend.states.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that every transition leads somewhere, that every state can be reached, and the end. */
final class GraphCheck {

  private final FieldReader machine;
  private final Set<String> declared;

  /**
   * @param machine the object with StartAt and States
   * @param declared the names in States, also of states that could not be read
   */
  GraphCheck(FieldReader machine, Set<String> declared) {
    this.machine = machine;
    this.declared = declared;
  }

  void check(Program program, List<DefinitionProblem> problems) {
    if (!declared.contains(program.startAt())) {
      machine.problem("StartAt", "there is no state '" + program.startAt() + "'");
    }
    program
        .states()
        .forEach(
            (name, state) ->
                targets(state)
                    .forEach(
                        (field, target) -> {
                          if (!declared.contains(target)) {
                            problems.add(
                                new DefinitionProblem(
                                    at(name) + field, "there is no state '" + target + "'"));
                          }
                        }));
    // What an unreadable state leads to is not known, so nothing can be said about the rest.
    if (program.states().size() == declared.size() && declared.contains(program.startAt())) {
      checkReach(program, problems);
    }
  }

  private void checkReach(Program program, List<DefinitionProblem> problems) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(program.startAt()));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (declared.contains(name) && reached.add(name)) {
        open.addAll(targets(program.state(name)).values());
      }
    }
    for (String name : program.states().keySet()) {
      if (!reached.contains(name)) {
        problems.add(new DefinitionProblem(at(name), "cannot be reached from StartAt"));
      }
    }
    if (reached.stream().noneMatch(name -> ends(program.state(name)))) {
      problems.add(new DefinitionProblem(machine.pointer("States"), "no state ends the machine"));
    }
  }

  private String at(String state) {
    return machine.pointer("States") + "/" + FieldReader.escape(state);
  }

  private static boolean ends(State state) {
    return switch (state) {
      case State.Succeed succeed -> true;
      case State.Fail fail -> true;
      case State.Choice choice -> false;
      default -> next(state).isEmpty();
    };
  }

  private static Optional<String> next(State state) {
    return switch (state) {
      case State.Pass pass -> pass.next();
      case State.Task task -> task.next();
      case State.Wait wait -> wait.next();
      case State.Parallel parallel -> parallel.next();
      case State.Map map -> map.next();
      case State.Choice choice -> choice.otherwise();
      case State.Succeed succeed -> Optional.empty();
      case State.Fail fail -> Optional.empty();
    };
  }

  /** Pointer inside the state, and the name it holds. */
  private static Map<String, String> targets(State state) {
    Map<String, String> targets = new LinkedHashMap<>();
    next(state)
        .ifPresent(name -> targets.put(state instanceof State.Choice ? "/Default" : "/Next", name));
    if (state instanceof State.Choice choice) {
      for (int i = 0; i < choice.rules().size(); i++) {
        targets.put("/Choices/" + i + "/Next", choice.rules().get(i).next());
      }
    }
    for (int i = 0; i < state.catchers().size(); i++) {
      targets.put("/Catch/" + i + "/Next", state.catchers().get(i).next());
    }
    return targets;
  }
}

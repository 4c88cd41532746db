package dev.cloudmend.states.definition;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot be used. The message lists every problem with its JSON pointer. */
public final class DefinitionException extends RuntimeException {

  private final transient List<DefinitionProblem> problems;

  DefinitionException(String name, List<DefinitionProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining("", name + " is not a usable state machine:", "")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem that was found, in the order of the document. */
  public List<DefinitionProblem> problems() {
    return problems;
  }
}

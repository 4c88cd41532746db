package dev.cloudmend.states.definition;

/**
 * One thing that is wrong with a definition.
 *
 * @param pointer JSON pointer (RFC 6901) of the place, empty for the whole document
 * @param message what is wrong there and what was expected
 */
public record DefinitionProblem(String pointer, String message) {

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "(document)" : pointer) + ": " + message;
  }
}

package dev.cloudmend.intake;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import java.util.List;

/**
 * An event that cannot be read. The message is the problems as a JSON array, so that the state
 * machine's cause can be read by programs; the state machine keeps the event by this class's name.
 */
public final class UnreadableEventException extends ModelException {

  private final List<EventProblem> problems;

  public UnreadableEventException(List<EventProblem> problems) {
    super(Json.write(problems));
    this.problems = List.copyOf(problems);
  }

  public List<EventProblem> problems() {
    return problems;
  }

  /**
   * One thing that is wrong with an event.
   *
   * @param pointer where, as a JSON pointer into the event
   * @param message what is wrong
   * @param expected what should be there
   */
  public record EventProblem(String pointer, String message, String expected) {}
}

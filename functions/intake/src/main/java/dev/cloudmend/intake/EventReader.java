package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.intake.UnreadableEventException.EventProblem;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads members of an event and collects what is wrong with them, so that a sender can mend all at
 * once.
 */
final class EventReader {

  private static final Set<String> EVERYWHERE = Set.of("global", "aws-global");

  private final ObjectNode event;
  private final List<EventProblem> problems = new ArrayList<>();

  EventReader(ObjectNode event) {
    this.event = event;
  }

  /** The text at a pointer, bounded; empty where there is none. */
  Optional<String> text(String pointer) {
    JsonNode node = event.at(pointer);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      problem(pointer, "is " + kind(node), "a string");
      return Optional.empty();
    }
    return Optional.of(node.textValue()).filter(t -> !t.isBlank()).map(Text::bounded);
  }

  /** The text at a pointer that has to be there; empty, and a problem, where it is not. */
  Optional<String> required(String pointer, String expected) {
    int before = problems.size();
    Optional<String> text = text(pointer);
    if (text.isEmpty() && problems.size() == before) {
      problem(pointer, event.at(pointer).isMissingNode() ? "is missing" : "is empty", expected);
    }
    return text;
  }

  /** A resource's name or id, which has to be there and whole: a cut one would name another. */
  Optional<String> identifier(String pointer, String expected) {
    int length = event.at(pointer).asText("").length();
    if (length > Text.LONGEST) {
      problem(pointer, "has " + length + " characters", "at most " + Text.LONGEST);
      return Optional.empty();
    }
    return required(pointer, expected);
  }

  /** What a parser makes of the text at a pointer; a problem where the parser refuses it. */
  <T> Optional<T> parsed(String pointer, String expected, Function<String, T> parser) {
    JsonNode node = event.at(pointer);
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(node.textValue()));
    } catch (ModelException | java.time.DateTimeException e) {
      problem(pointer, String.valueOf(e.getMessage()), expected);
      return Optional.empty();
    }
  }

  /**
   * The account id at a pointer, which has to be there: what names no account cannot be told from
   * what speaks of another.
   */
  Optional<String> account(String pointer) {
    required(pointer, "an account id, twelve digits");
    return parsed(pointer, "twelve digits", Arn::checkAccount);
  }

  /** The region at a pointer; empty where there is none or the sender means all of them. */
  Optional<String> region(String pointer) {
    return text(pointer)
        .filter(region -> !EVERYWHERE.contains(region))
        .flatMap(region -> parsed(pointer, "a region such as us-east-1", Arn::checkRegion));
  }

  /** How many elements the list at a pointer has; 0, and a problem, where they are none or more. */
  int size(String pointer, String expected, int most) {
    JsonNode list = event.at(pointer);
    if (!list.isArray()) {
      problem(pointer, list.isMissingNode() ? "is missing" : "is " + kind(list), expected);
      return 0;
    }
    if (list.isEmpty()) {
      problem(pointer, "is empty", expected);
      return 0;
    }
    if (list.size() > most) {
      problem(pointer, "has " + list.size() + " elements", "at most " + most);
      return 0;
    }
    return list.size();
  }

  void problem(String pointer, String message, String expected) {
    problems.add(new EventProblem(pointer, Text.shown(message, 400), expected));
  }

  List<EventProblem> problems() {
    return List.copyOf(problems);
  }

  ObjectNode event() {
    return event;
  }

  /**
   * Ends the reading.
   *
   * @throws UnreadableEventException when anything was wrong
   */
  void finish() {
    if (!problems.isEmpty()) {
      throw new UnreadableEventException(problems);
    }
  }

  private static String kind(JsonNode node) {
    return "a " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }
}

package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.YamlDocument.Place;
import dev.cloudmend.configuration.YamlFile.TextPlace;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns the events of the YAML parser into a tree and the places of its values.
 *
 * <p>Events rather than composed nodes: an alias is seen as such, and a nest that is too deep is
 * refused before anything recurses into it.
 */
final class YamlReader {

  private static final int DEEPEST = 32;
  private static final int SHOWN = 80;
  private static final int LONGEST_MESSAGE = 300;
  private static final String ONE_DOCUMENT = "exactly one YAML document";

  private final String file;
  private final String text;
  private final Map<String, Place> places = new HashMap<>();
  private final List<ConfigurationProblem> problems = new ArrayList<>();
  private Iterator<Event> events = List.<Event>of().iterator();

  YamlReader(String file, String text) {
    this.file = file;
    this.text = text;
  }

  YamlDocument read() {
    if (text.getBytes(StandardCharsets.UTF_8).length > YamlFile.MOST_BYTES) {
      return YamlFile.tooLarge(file);
    }
    JsonNode tree = MissingNode.getInstance();
    try {
      events = new Parse(YamlScalar.SETTINGS).parseString(text).iterator();
      tree = documents();
    } catch (TooDeepException e) {
      return unreadable(place(e.at), "is nested too deep", "at most " + DEEPEST + " levels");
    } catch (MarkedYamlEngineException e) {
      TextPlace at = place(e.getProblemMark().or(e::getContextMark));
      return unreadable(at, Text.shown(e.getProblem(), LONGEST_MESSAGE) + began(e), "YAML 1.2");
    } catch (ReaderException e) {
      return unreadable(
          firstUnprintable(),
          "the character U+%04X may not stand in YAML".formatted(e.getCodePoint()),
          "printable characters; an escape such as \"\\u%04x\" in double quotes"
              .formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      String why = Text.shown(String.valueOf(e.getMessage()), SHOWN);
      return unreadable(new TextPlace(1, 1), "is not readable: " + why, "YAML 1.2");
    }
    return new YamlDocument(file, tree, places, problems);
  }

  private YamlDocument unreadable(TextPlace at, String message, String expected) {
    problems.add(new ConfigurationProblem(file, at.line(), at.column(), "", message, expected));
    return new YamlDocument(file, MissingNode.getInstance(), Map.of(), problems);
  }

  private JsonNode documents() {
    JsonNode tree = MissingNode.getInstance();
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          documents++;
          if (documents == 2) {
            problem(event, "", "another document begins", ONE_DOCUMENT);
          }
        }
        case Scalar, SequenceStart, MappingStart, Alias -> {
          if (documents == 1) {
            tree = value(event, event, "", 1);
          }
        }
        default -> {}
      }
    }
    if (documents == 0 || (tree.isNull() && problems.isEmpty())) {
      // A file that lost its content must not read as "nothing is configured".
      problems.add(
          new ConfigurationProblem(file, 1, 1, "", "is empty", ONE_DOCUMENT + ", at least {}"));
      return MissingNode.getInstance();
    }
    return tree;
  }

  private JsonNode value(Event event, Event key, String pointer, int depth) {
    TextPlace at = place(event.getStartMark());
    TextPlace keyAt = place(key.getStartMark());
    Optional<String> written =
        event instanceof ScalarEvent scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    places.put(pointer, new Place(at.line(), at.column(), keyAt.line(), keyAt.column(), written));
    if (event instanceof AliasEvent) {
      problem(event, pointer, "an alias (*) may not stand here", "the value itself");
      return NullNode.getInstance();
    }
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent start -> start.getTag();
          default -> Optional.empty();
        };
    if (tag.isPresent()) {
      problem(event, pointer, "the tag " + shown(tag.get()) + " may not stand here", "no tag");
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, pointer);
    }
    if (depth > DEEPEST) {
      throw new TooDeepException(event);
    }
    return event instanceof SequenceStartEvent ? sequence(pointer, depth) : mapping(pointer, depth);
  }

  private ArrayNode sequence(String pointer, int depth) {
    ArrayNode array = Json.mapper().createArrayNode();
    Event next = events.next();
    while (next.getEventId() != Event.ID.SequenceEnd) {
      array.add(value(next, next, Pointers.element(pointer, array.size()), depth + 1));
      next = events.next();
    }
    return array;
  }

  private ObjectNode mapping(String pointer, int depth) {
    ObjectNode object = Json.object();
    Event key = events.next();
    while (key.getEventId() != Event.ID.MappingEnd) {
      if (!(key instanceof ScalarEvent scalar)) {
        problem(key, pointer, "a key is not text", "text as a key");
        skip(key);
        skip(events.next());
      } else {
        member(object, scalar, pointer, depth);
      }
      key = events.next();
    }
    return object;
  }

  private void member(ObjectNode object, ScalarEvent key, String pointer, int depth) {
    String name = key.getValue();
    String member = Pointers.member(pointer, name);
    if (key.getTag().isPresent() || !YamlScalar.isText(key)) {
      problem(key, member, "the key " + shown(name) + " is not text", "text; quote it");
    }
    Event value = events.next();
    Place first = places.get(member);
    if (first != null) {
      problem(key, member, "stands twice; first in line " + first.keyLine(), "each key only once");
      skip(value);
      return;
    }
    object.set(name, value(value, key, member, depth + 1));
  }

  private JsonNode scalar(ScalarEvent scalar, String pointer) {
    Optional<JsonNode> value = YamlScalar.value(scalar);
    if (value.isEmpty()) {
      String number = "the number " + shown(scalar.getValue());
      problem(scalar, pointer, number + " is out of bounds", "text; quote it");
    }
    return value.orElse(NullNode.getInstance());
  }

  /** Passes over a value whose first event was taken. */
  private void skip(Event first) {
    int open = first instanceof CollectionStartEvent ? 1 : 0;
    while (open > 0) {
      Event event = events.next();
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> {
          open++;
          if (open > DEEPEST) {
            throw new TooDeepException(event);
          }
        }
        case SequenceEnd, MappingEnd -> open--;
        default -> {}
      }
    }
  }

  private void problem(Event event, String pointer, String message, String expected) {
    TextPlace at = place(event.getStartMark());
    problems.add(
        new ConfigurationProblem(file, at.line(), at.column(), pointer, message, expected));
  }

  private static String shown(String value) {
    return "'" + Text.shown(value, SHOWN) + "'";
  }

  private static TextPlace place(Optional<Mark> mark) {
    return mark.map(m -> new TextPlace(m.getLine() + 1, m.getColumn() + 1))
        .orElse(new TextPlace(1, 1));
  }

  private static String began(MarkedYamlEngineException e) {
    if (e.getContext() == null || e.getContextMark().isEmpty()) {
      return "";
    }
    TextPlace at = place(e.getContextMark());
    return ", " + e.getContext() + " that began at " + at.line() + ":" + at.column();
  }

  private TextPlace firstUnprintable() {
    int at = 0;
    while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return TextPlace.after(text.substring(0, at));
  }

  /** Ends the reading: in an endless nest the parser takes the longer the deeper it is. */
  private static final class TooDeepException extends RuntimeException {

    private final transient Optional<Mark> at;

    TooDeepException(Event event) {
      super(null, null, false, false);
      at = event.getStartMark();
    }
  }
}

package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.intrinsics.PayloadTemplate;
import dev.cloudmend.states.paths.PathSyntaxException;
import dev.cloudmend.states.paths.ReferencePath;
import dev.cloudmend.states.paths.ValuePath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object of a definition, notes what is wrong with each, and at the end
 * which fields nobody asked for.
 */
final class FieldReader {

  private static final String JSONATA = "belongs to JSONata, which is not supported";
  private static final String DISTRIBUTED = "belongs to distributed Map, which is not supported";

  private static final Map<String, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry("Arguments", JSONATA),
          Map.entry("Output", JSONATA),
          Map.entry("Items", JSONATA),
          Map.entry("Condition", JSONATA),
          Map.entry("Assign", "variables (Assign) are not supported"),
          Map.entry("Credentials", "Credentials are not supported"),
          Map.entry("ItemReader", DISTRIBUTED),
          Map.entry("ItemBatcher", DISTRIBUTED),
          Map.entry("ResultWriter", DISTRIBUTED),
          Map.entry("Label", DISTRIBUTED),
          Map.entry("ToleratedFailureCount", DISTRIBUTED),
          Map.entry("ToleratedFailureCountPath", DISTRIBUTED),
          Map.entry("ToleratedFailurePercentage", DISTRIBUTED),
          Map.entry("ToleratedFailurePercentagePath", DISTRIBUTED));

  private final ObjectNode object;
  private final String pointer;
  private final List<DefinitionProblem> problems;
  private final Set<String> asked = new HashSet<>();

  FieldReader(ObjectNode object, String pointer, List<DefinitionProblem> problems) {
    this.object = object;
    this.pointer = pointer;
    this.problems = problems;
    text("Comment");
    text("QueryLanguage")
        .filter(language -> !language.equals("JSONPath"))
        .ifPresent(language -> problem("QueryLanguage", language + " is not supported"));
  }

  String pointer(String field) {
    return pointer + "/" + escape(field);
  }

  /** A reference token of a JSON pointer. */
  static String escape(String field) {
    return field.replace("~", "~0").replace("/", "~1");
  }

  void problem(String field, String message) {
    problems.add(new DefinitionProblem(pointer(field), message));
  }

  /** Notes something that is wrong with the object as a whole. */
  void problem(String message) {
    problems.add(new DefinitionProblem(pointer, message));
  }

  boolean has(String field) {
    return object.has(field);
  }

  Optional<JsonNode> value(String field) {
    asked.add(field);
    return Optional.ofNullable(object.get(field));
  }

  Optional<String> text(String field) {
    return typed(field, "a string", node -> node.isTextual() ? node.textValue() : null);
  }

  Optional<String> requiredText(String field) {
    require(field);
    return text(field);
  }

  Optional<ObjectNode> object(String field) {
    return typed(field, "an object", node -> node instanceof ObjectNode o ? o : null);
  }

  Optional<ArrayNode> array(String field) {
    return typed(field, "an array", node -> node instanceof ArrayNode a ? a : null);
  }

  void require(String field) {
    asked.add(field);
    if (!has(field)) {
      problem("'" + field + "' is missing");
    }
  }

  OptionalInt integer(String field, int least, int most) {
    Optional<Integer> value =
        typed(
            field,
            "a whole number from " + least + " to " + most,
            node ->
                node.isIntegralNumber()
                        && node.canConvertToInt()
                        && node.intValue() >= least
                        && node.intValue() <= most
                    ? node.intValue()
                    : null);
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** A number in the definition, or a path to one under the same name with {@code Path}. */
  Optional<WholeNumber> integerOrPath(String field, int least, int most) {
    OptionalInt fixed = integer(field, least, most);
    Optional<ValuePath> path = referencePath(field + "Path");
    if (has(field) && has(field + "Path")) {
      problem(field, "cannot stand beside '" + field + "Path'");
    }
    return path.<WholeNumber>map(WholeNumber.At::new)
        .or(() -> fixed.stream().<WholeNumber>mapToObj(WholeNumber.Fixed::new).findFirst());
  }

  /** A path that names one value at most, of the input or the context object. */
  Optional<ValuePath> referencePath(String field) {
    return parsed(
        field,
        text -> {
          ValuePath path = ValuePath.parse(text);
          if (!ReferencePath.isReference(text)) {
            throw new PathSyntaxException("must name one value, but is '" + text + "'");
          }
          return path;
        });
  }

  <T> Optional<T> parsed(String field, Function<String, T> parser) {
    return text(field)
        .flatMap(
            text -> {
              try {
                return Optional.of(parser.apply(text));
              } catch (PathSyntaxException e) {
                problem(field, e.reason());
                return Optional.empty();
              }
            });
  }

  /** Like {@link #parsed}, for fields where JSON null has a meaning: then it is empty. */
  <T> Optional<T> nullable(String field, T unlessPresent, Function<String, T> parser) {
    asked.add(field);
    JsonNode node = object.get(field);
    if (node == null) {
      return Optional.of(unlessPresent);
    }
    return node.isNull() ? Optional.empty() : parsed(field, parser);
  }

  Optional<PayloadTemplate> template(String field) {
    return value(field)
        .map(
            node ->
                PayloadTemplate.parse(
                    node,
                    pointer(field),
                    (at, message) -> problems.add(new DefinitionProblem(at, message))));
  }

  /** A reader for each object of an array, by position; other elements are noted. */
  Map<Integer, FieldReader> objects(String field) {
    var readers = new LinkedHashMap<Integer, FieldReader>();
    ArrayNode elements = array(field).orElse(null);
    for (int i = 0; elements != null && i < elements.size(); i++) {
      if (elements.get(i) instanceof ObjectNode element) {
        readers.put(i, new FieldReader(element, pointer(field) + "/" + i, problems));
      } else {
        problems.add(new DefinitionProblem(pointer(field) + "/" + i, "must be an object"));
      }
    }
    return readers;
  }

  FieldReader child(String field, ObjectNode node) {
    return new FieldReader(node, pointer(field), problems);
  }

  ObjectNode node() {
    return object;
  }

  /** Notes every field that nobody asked for. */
  void finish() {
    object
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!asked.contains(field)) {
                problem(field, UNSUPPORTED.getOrDefault(field, "is not a field that belongs here"));
              }
            });
  }

  private <T> Optional<T> typed(
      String field, String expected, Function<JsonNode, @Nullable T> reader) {
    Optional<JsonNode> node = value(field);
    Optional<T> result = node.flatMap(present -> Optional.ofNullable(reader.apply(present)));
    if (node.isPresent() && result.isEmpty()) {
      problem(field, "must be " + expected);
    }
    return result;
  }
}

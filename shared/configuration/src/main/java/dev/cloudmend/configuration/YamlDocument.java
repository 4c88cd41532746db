package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A YAML 1.2 file as a JSON tree that knows the line and column of every value.
 *
 * <p>Of YAML it takes what JSON can say: one document, text as keys, no aliases, no tags, no key
 * twice. Reading never throws: what is wrong is a problem, given by {@link #check}.
 */
public final class YamlDocument {

  private static final Place START = new Place(1, 1, 1, 1, Optional.empty());

  private final String file;
  private final JsonNode tree;
  private final Map<String, Place> places;
  private final List<ConfigurationProblem> unreadable;

  YamlDocument(
      String file,
      JsonNode tree,
      Map<String, Place> places,
      List<ConfigurationProblem> unreadable) {
    this.file = file;
    this.tree = tree;
    this.places = Map.copyOf(places);
    this.unreadable = List.copyOf(unreadable);
  }

  /**
   * Where a value stands.
   *
   * @param line of the value, from 1
   * @param column of the value, from 1
   * @param keyLine of its key; of the value itself where it has none
   * @param keyColumn of its key; of the value itself where it has none
   * @param written a scalar as it is written, without quotes: {@code 012} where the tree has 12
   */
  record Place(int line, int column, int keyLine, int keyColumn, Optional<String> written) {}

  /** Reads a file; one that is not there or cannot be read is a problem too. */
  public static YamlDocument read(Path file) {
    return YamlFile.read(file);
  }

  /**
   * Reads a text.
   *
   * @param file the name that problems give
   */
  public static YamlDocument read(String file, String text) {
    return new YamlReader(file, text).read();
  }

  /** The tree; a missing node where nothing could be read. */
  public JsonNode tree() {
    return tree;
  }

  /**
   * All that is wrong with the file: what could not be read, and what does not fit the schema.
   *
   * @param schema a resource on the class path, such as {@code
   *     /dev/cloudmend/configuration/policy.schema.json}: JSON Schema 2020-12, with an {@code $id}
   * @return the problems in the order of the file
   */
  public List<ConfigurationProblem> check(String schema) {
    var problems = new ArrayList<>(unreadable);
    if (!tree.isMissingNode()) {
      // A value that could not be read stands in the tree as null, and the schema would say so.
      Set<String> said =
          unreadable.stream().map(ConfigurationProblem::pointer).collect(Collectors.toSet());
      SchemaCheck.of(schema, this).stream()
          .filter(problem -> !said.contains(problem.pointer()))
          .forEach(problems::add);
    }
    return inOrder(problems);
  }

  /**
   * A problem with a value.
   *
   * @param pointer its JSON pointer; where nothing stands there, the problem is given the place of
   *     what it is missing in
   */
  public ConfigurationProblem problem(String pointer, String message, String expected) {
    Place place = place(pointer);
    return new ConfigurationProblem(file, place.line(), place.column(), pointer, message, expected);
  }

  /** A problem with the key of a value. */
  public ConfigurationProblem problemOfKey(String pointer, String message, String expected) {
    Place place = place(pointer);
    return new ConfigurationProblem(
        file, place.keyLine(), place.keyColumn(), pointer, message, expected);
  }

  /** The line of a value, from 1. */
  public int line(String pointer) {
    return place(pointer).line();
  }

  /** A scalar as it is written in the file, without quotes. */
  public Optional<String> written(String pointer) {
    return Optional.ofNullable(places.get(pointer)).flatMap(Place::written);
  }

  /** Problems of one file in its order. */
  static List<ConfigurationProblem> inOrder(List<ConfigurationProblem> problems) {
    return problems.stream()
        .sorted(
            Comparator.comparingInt(ConfigurationProblem::lineNumber)
                .thenComparingInt(ConfigurationProblem::column))
        .toList();
  }

  private Place place(String pointer) {
    String at = pointer;
    while (true) {
      Place place = places.get(at);
      if (place != null) {
        return place;
      }
      int end = at.lastIndexOf('/');
      if (end < 0) {
        return START;
      }
      at = at.substring(0, end);
    }
  }
}

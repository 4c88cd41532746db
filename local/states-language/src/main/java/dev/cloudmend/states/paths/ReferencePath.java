package dev.cloudmend.states.paths;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that names exactly one place, so that a value can be put there: {@code $.a['b c'][0]}.
 *
 * @see <a href="https://states-language.net/spec.html#ref-paths">Reference Paths</a>
 */
public final class ReferencePath {

  /** The whole document. */
  public static final ReferencePath ROOT = new ReferencePath("$", List.of());

  private static final Pattern STEP =
      Pattern.compile(
          "\\.([^.\\[\\]()*,:;@?&!'\"\\\\\\s]+)"
              + "|\\['((?:[^'\\\\]|\\\\.)+)'\\]"
              + "|\\[\"((?:[^\"\\\\]|\\\\.)+)\"\\]"
              + "|\\[(\\d{1,9})\\]");

  private sealed interface Step {}

  private record Field(String name) implements Step {
    @Override
    public String toString() {
      return "." + name;
    }
  }

  private record Index(int position) implements Step {
    @Override
    public String toString() {
      return "[" + position + "]";
    }
  }

  private final String text;
  private final List<Step> steps;

  private ReferencePath(String text, List<Step> steps) {
    this.text = text;
    this.steps = steps;
  }

  /**
   * Reads a reference path.
   *
   * @throws PathSyntaxException when it is none, for example because of a wildcard
   */
  public static ReferencePath parse(String text) {
    if (!text.startsWith("$") || text.startsWith("$$")) {
      throw new PathSyntaxException(
          "a reference path must begin with one $, but is '" + text + "'");
    }
    var steps = new ArrayList<Step>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new PathSyntaxException(
            "a reference path names one place only (no wildcard, slice, filter or function): '"
                + text
                + "'");
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    return new ReferencePath(text, List.copyOf(steps));
  }

  /** Whether a text is a reference path of the input or of the context object. */
  public static boolean isReference(String text) {
    try {
      parse(text.startsWith("$$") ? text.substring(1) : text);
      return true;
    } catch (PathSyntaxException e) {
      return false;
    }
  }

  /**
   * Puts a value into a copy of a document. Missing parents are created as objects.
   *
   * @throws EvaluationException {@code States.ResultPathMatchFailure} when a parent is there but
   *     cannot hold it
   */
  public JsonNode assign(JsonNode document, JsonNode value) {
    return assign(document.deepCopy(), 0, value);
  }

  private JsonNode assign(JsonNode node, int depth, JsonNode value) {
    if (depth == steps.size()) {
      return value;
    }
    switch (steps.get(depth)) {
      case Field(String name) when node instanceof ObjectNode object -> {
        JsonNode child = object.get(name);
        object.set(name, assign(child == null ? JsonData.object() : child, depth + 1, value));
      }
      case Index(int position) when node instanceof ArrayNode array && position < array.size() ->
          array.set(position, assign(array.get(position), depth + 1, value));
      default ->
          throw new EvaluationException(
              ErrorNames.RESULT_PATH_MATCH_FAILURE,
              "Unable to apply Reference Path %s to the state's input: %s cannot hold %s"
                  .formatted(text, place(depth), steps.get(depth)));
    }
    return node;
  }

  @Override
  public String toString() {
    return text;
  }

  private String place(int depth) {
    var place = new StringBuilder("$");
    steps.subList(0, depth).forEach(place::append);
    return place.toString();
  }

  private static Step step(Matcher matcher) {
    if (matcher.group(4) != null) {
      return new Index(Integer.parseInt(matcher.group(4)));
    }
    if (matcher.group(1) != null) {
      return new Field(matcher.group(1));
    }
    String quoted = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
    return new Field(quoted.replaceAll("\\\\(.)", "$1"));
  }
}

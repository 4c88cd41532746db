package dev.cloudmend.states.paths;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Optional;

/**
 * A JSONPath that reads a state's input ({@code $…}) or the context object ({@code $$…}).
 *
 * <p>A definite path that meets nothing gives nothing; an indefinite one gives an array of what it
 * meets, as Step Functions does. Functions such as {@code length()} are not part of the language,
 * although the library underneath knows some.
 */
public final class ValuePath {

  /** The whole input. */
  public static final ValuePath WHOLE_INPUT = parse("$");

  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new NodeProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  private final String text;
  private final boolean fromContext;
  private final JsonPath compiled;

  private ValuePath(String text, boolean fromContext, JsonPath compiled) {
    this.text = text;
    this.fromContext = fromContext;
    this.compiled = compiled;
  }

  /**
   * Compiles a path.
   *
   * @throws PathSyntaxException when it is none, or uses what the States Language does not have
   */
  public static ValuePath parse(String text) {
    if (!text.startsWith("$")) {
      throw new PathSyntaxException("a path must begin with $, but is " + quote(text));
    }
    boolean fromContext = text.startsWith("$$");
    String path = fromContext ? text.substring(1) : text;
    if (path.length() > 1 && path.charAt(1) != '.' && path.charAt(1) != '[') {
      throw new PathSyntaxException(
          "after $ a path goes on with . or [ (variables are not supported): " + quote(text));
    }
    refuseFunctions(path, text);
    try {
      return new ValuePath(text, fromContext, JsonPath.compile(path));
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw new PathSyntaxException("is not a JSONPath: " + quote(text) + ": " + e.getMessage());
    }
  }

  /**
   * Reads the value that the path names.
   *
   * @return nothing when a definite path meets nothing
   */
  public Optional<JsonNode> read(JsonNode input, JsonNode context) {
    JsonNode root = fromContext ? context : input;
    if (compiled.getPath().equals("$")) {
      return Optional.of(root);
    }
    if (!root.isContainerNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(compiled.read(root, CONFIGURATION));
    } catch (PathNotFoundException e) {
      return Optional.empty();
    } catch (JsonPathException e) {
      throw new EvaluationException(
          ErrorNames.RUNTIME, "The JSONPath '" + text + "' could not be applied");
    }
  }

  /** Whether the path names one value at most: no wildcard, slice, filter or deep scan. */
  public boolean isDefinite() {
    return compiled.isDefinite();
  }

  @Override
  public String toString() {
    return text;
  }

  private static void refuseFunctions(String path, String text) {
    int filterDepth = 0;
    char quote = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[' && (filterDepth > 0 || path.startsWith("[?", i))) {
        filterDepth++;
      } else if (c == ']' && filterDepth > 0) {
        filterDepth--;
      } else if (c == '(' && filterDepth == 0) {
        throw new PathSyntaxException("functions are not supported in a path: " + quote(text));
      }
    }
  }

  private static String quote(String text) {
    return "'" + text + "'";
  }
}

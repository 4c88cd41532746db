package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.PathSyntaxException;
import dev.cloudmend.states.paths.ValuePath;
import java.util.List;
import java.util.function.Supplier;

/** A value that is worked out when a state runs: a path or an intrinsic function. */
public sealed interface Expression {

  /**
   * Works the value out.
   *
   * @param field the definition's field that asks, for the message
   * @throws EvaluationException when the value cannot be had
   */
  JsonNode evaluate(Scope scope, String field);

  /**
   * Reads the value of a field whose name ends in {@code .$}.
   *
   * @throws PathSyntaxException when it is neither a path nor a known intrinsic function
   */
  static Expression parse(String text) {
    if (text.startsWith("$")) {
      return new Path(ValuePath.parse(text));
    }
    if (text.startsWith("States.")) {
      return IntrinsicParser.parse(text);
    }
    throw new PathSyntaxException(
        "must be a path ($…) or an intrinsic function (States.…), but is '" + text + "'");
  }

  /** A path into the input or the context object. */
  record Path(ValuePath path) implements Expression {

    @Override
    public JsonNode evaluate(Scope scope, String field) {
      return path.read(scope.input(), scope.context())
          .orElseThrow(
              () ->
                  new EvaluationException(
                      ErrorNames.RUNTIME,
                      "The JSONPath '%s' specified for the field '%s' could not be found in the input"
                          .formatted(path, field)));
    }
  }

  /** A constant argument of an intrinsic function. */
  record Constant(JsonNode value) implements Expression {

    @Override
    public JsonNode evaluate(Scope scope, String field) {
      return value;
    }
  }

  /** The template of {@code States.Format}, taken apart: {@code texts} lie around the places. */
  record Template(List<String> texts) implements Expression {

    int places() {
      return texts.size() - 1;
    }

    @Override
    public JsonNode evaluate(Scope scope, String field) {
      return TextNode.valueOf(String.join("{}", texts));
    }
  }

  /** An intrinsic function with its arguments. */
  record Call(String text, IntrinsicFunction function, List<Expression> arguments)
      implements Expression {

    @Override
    public JsonNode evaluate(Scope scope, String field) {
      if (function == IntrinsicFunction.FORMAT) {
        return format(scope, field);
      }
      return attempt(
          () ->
              function.apply(
                  arguments.stream().map(a -> a.evaluate(scope, field)).toList(), scope.random()));
    }

    private JsonNode format(Scope scope, String field) {
      return attempt(
          () -> {
            List<String> texts =
                switch (arguments.getFirst()) {
                  case Template template -> template.texts();
                  case Expression other -> FormatFunction.split(other.evaluate(scope, field));
                };
            return FormatFunction.join(
                texts, arguments.stream().skip(1).map(a -> a.evaluate(scope, field)).toList());
          });
    }

    private JsonNode attempt(Supplier<JsonNode> work) {
      try {
        return work.get();
      } catch (IntrinsicException e) {
        throw new EvaluationException(
            ErrorNames.INTRINSIC_FAILURE,
            "The function '%s' had the following error: %s".formatted(text, e.getMessage()));
      }
    }
  }
}

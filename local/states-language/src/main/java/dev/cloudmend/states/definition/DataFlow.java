package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.intrinsics.PayloadTemplate;
import dev.cloudmend.states.intrinsics.Scope;
import dev.cloudmend.states.paths.ErrorNames;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.JsonData;
import dev.cloudmend.states.paths.ReferencePath;
import dev.cloudmend.states.paths.ValuePath;
import java.util.Optional;

/**
 * The way of data through a state: InputPath, Parameters, (the state's work), ResultSelector,
 * ResultPath, OutputPath.
 *
 * @param inputPath empty for JSON null, which stands for an empty object
 * @param resultPath empty for JSON null, which drops the result
 * @param outputPath empty for JSON null, which stands for an empty object
 * @see <a href="https://states-language.net/spec.html#filters">Input and Output Processing</a>
 */
public record DataFlow(
    Optional<ValuePath> inputPath,
    Optional<PayloadTemplate> parameters,
    Optional<PayloadTemplate> resultSelector,
    Optional<ReferencePath> resultPath,
    Optional<ValuePath> outputPath) {

  /** Everything passes as it is. */
  public static final DataFlow PLAIN =
      new DataFlow(
          Optional.of(ValuePath.WHOLE_INPUT),
          Optional.empty(),
          Optional.empty(),
          Optional.of(ReferencePath.ROOT),
          Optional.of(ValuePath.WHOLE_INPUT));

  /** The part of the state's input that InputPath selects. */
  public JsonNode select(Scope scope) {
    return read(inputPath, scope, "InputPath");
  }

  /** What the state works with: Parameters filled from the selected input. */
  public JsonNode effectiveInput(Scope scope) {
    JsonNode selected = select(scope);
    return parameters.map(template -> template.fill(scope.withInput(selected))).orElse(selected);
  }

  /**
   * The state's output.
   *
   * @param scope the state's input as it came in, which ResultPath adds to
   * @param result what the state's work gave
   */
  public JsonNode output(Scope scope, JsonNode result) {
    JsonNode selected =
        resultSelector.map(template -> template.fill(scope.withInput(result))).orElse(result);
    JsonNode combined =
        resultPath.map(path -> path.assign(scope.input(), selected)).orElse(scope.input());
    return read(outputPath, scope.withInput(combined), "OutputPath");
  }

  private static JsonNode read(Optional<ValuePath> path, Scope scope, String field) {
    if (path.isEmpty()) {
      return JsonData.object();
    }
    return path.get()
        .read(scope.input(), scope.context())
        .orElseThrow(
            () ->
                new EvaluationException(
                    ErrorNames.RUNTIME,
                    "Invalid path '%s' in %s: there is no value".formatted(path.get(), field)));
  }
}

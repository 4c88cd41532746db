package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.claude.AnswerReader;
import dev.cloudmend.claude.AnswerText;
import dev.cloudmend.claude.Prompt;
import dev.cloudmend.claude.ToolSchema;
import dev.cloudmend.claude.UnusableAnswerException;
import dev.cloudmend.claude.redaction.Redaction;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import java.util.ArrayList;
import java.util.List;

/** Reads the input of the tool, which has to keep to the tool's own schema. */
final class ToolAnswerReader implements AnswerReader<Diagnosis> {

  private final ToolSchema schema;
  private final String target;
  private final AnswerText texts;

  /**
   * @param target the one target that the answer may name, redacted as it was sent
   */
  ToolAnswerReader(Prompt.Tool tool, String target, Redaction redaction) {
    this.schema = new ToolSchema(tool);
    this.target = target;
    this.texts = new AnswerText(redaction);
  }

  @Override
  public Diagnosis read(JsonNode input) {
    schema.check(input);
    if (!input.path("target").textValue().equals(target)) {
      throw new UnusableAnswerException(
          "the answer is about another target than the one asked for");
    }
    return new Diagnosis(
        Origin.CLAUDE,
        text(input, "rootCause"),
        text(input, "impact"),
        text(input, "explanation"),
        list(input, "couldBreak"),
        list(input, "needs"),
        Confidence.valueOf(input.path("confidence").textValue()),
        list(input, "confidenceReasons"),
        input.path("suggestedPlaybook").textValue(),
        null,
        null);
  }

  private String text(JsonNode input, String member) {
    return texts.shown(input.path(member).textValue(), member, DiagnosisTool.LONGEST_TEXT);
  }

  private List<String> list(JsonNode input, String member) {
    var shown = new ArrayList<String>();
    for (JsonNode element : input.path(member)) {
      shown.add(texts.shown(element.textValue(), member, DiagnosisTool.LONGEST_ITEM));
    }
    return shown;
  }
}

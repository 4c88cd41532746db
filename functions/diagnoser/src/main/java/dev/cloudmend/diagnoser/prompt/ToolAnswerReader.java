package dev.cloudmend.diagnoser.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.cloudmend.model.Diagnosis;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.model.Diagnosis.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the input of the tool, which has to keep to the tool's own schema. */
final class ToolAnswerReader implements AnswerReader {

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029&&[^\\n]]");
  private static final Pattern LINE_END = Pattern.compile("\\r\\n?");

  private final JsonSchema schema;
  private final String target;
  private final Redaction redaction;

  /**
   * @param target the one target that the answer may name, redacted as it was sent
   */
  ToolAnswerReader(Prompt.Tool tool, String target, Redaction redaction) {
    this.schema = SCHEMAS.getSchema(tool.schema());
    this.target = target;
    this.redaction = redaction;
  }

  @Override
  public Diagnosis read(JsonNode input) {
    checkShape(input);
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

  private void checkShape(JsonNode input) {
    Set<ValidationMessage> faults = schema.validate(input);
    if (faults.isEmpty()) {
      return;
    }
    // The names of unknown members are the answer's own text: only the schema's are told.
    var told = new TreeSet<String>();
    for (ValidationMessage fault : faults) {
      String rule = fault.getSchemaLocation().getFragment().toString();
      told.add(rule.isEmpty() ? fault.getType() : rule);
    }
    throw new UnusableAnswerException(
        "the answer does not keep to the tool's schema: "
            + String.join(", ", told.stream().limit(5).toList()));
  }

  private String text(JsonNode input, String member) {
    return shown(input.path(member).textValue(), member, DiagnosisTool.LONGEST_TEXT);
  }

  private List<String> list(JsonNode input, String member) {
    var texts = new ArrayList<String>();
    for (JsonNode element : input.path(member)) {
      texts.add(shown(element.textValue(), member, DiagnosisTool.LONGEST_ITEM));
    }
    return texts;
  }

  private String shown(String text, String member, int longest) {
    if (UNPRINTABLE.matcher(text).replaceAll("").isBlank()) {
      throw new UnusableAnswerException("the answer's " + member + " is blank");
    }
    String restored = LINE_END.matcher(redaction.restore(text)).replaceAll("\n");
    String printable =
        UNPRINTABLE
            .matcher(restored)
            .replaceAll(
                m -> Matcher.quoteReplacement("\\u%04x".formatted(m.group().codePointAt(0))))
            .strip();
    return printable.length() <= longest
        ? printable
        : printable.substring(0, Kind.endOfCut(printable, longest - 1)) + "…";
  }
}

package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import java.util.TreeSet;

/** The schema of a tool, which a model's input to it may fail to keep to. */
public final class ToolSchema {

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonSchema schema;

  public ToolSchema(Prompt.Tool tool) {
    this.schema = SCHEMAS.getSchema(tool.schema());
  }

  /**
   * Checks an input.
   *
   * @throws UnusableAnswerException when it does not keep to the schema
   */
  public void check(JsonNode input) {
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
}

package dev.cloudmend.states.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.paths.JsonData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads machines: the whole one, the branches of Parallel, the processors of Map. */
final class DefinitionParser {

  private static final int MAX_NAME = 80;

  private final List<DefinitionProblem> problems;
  private final Set<String> names = new HashSet<>();
  private final StateParser states = new StateParser(this);

  private DefinitionParser(List<DefinitionProblem> problems) {
    this.problems = problems;
  }

  static Program parse(String name, String json) {
    var problems = new ArrayList<DefinitionProblem>();
    Optional<Program> program =
        document(json, problems)
            .flatMap(
                object -> {
                  var reader = new FieldReader(object, "", problems);
                  reader
                      .text("Version")
                      .filter(version -> !version.equals("1.0"))
                      .ifPresent(v -> reader.problem("Version", "must be \"1.0\""));
                  OptionalInt timeout =
                      reader.integer("TimeoutSeconds", 1, TaskResource.MAX_SECONDS);
                  return new DefinitionParser(problems).program(reader, timeout);
                });
    if (!problems.isEmpty() || program.isEmpty()) {
      throw new DefinitionException(name, problems);
    }
    return program.get();
  }

  private static Optional<ObjectNode> document(String json, List<DefinitionProblem> problems) {
    try {
      JsonNode node = JsonData.parse(json);
      if (node instanceof ObjectNode object) {
        return Optional.of(object);
      }
      problems.add(new DefinitionProblem("", "must be a JSON object"));
    } catch (JsonProcessingException e) {
      String where =
          Optional.ofNullable(e.getLocation())
              .map(at -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
              .orElse("");
      problems.add(
          new DefinitionProblem("", "is not JSON" + where + ": " + e.getOriginalMessage()));
    }
    return Optional.empty();
  }

  /** Reads StartAt and States; nothing when either is not there. */
  Optional<Program> program(FieldReader reader, OptionalInt timeoutSeconds) {
    Optional<String> startAt = reader.requiredText("StartAt");
    reader.require("States");
    Optional<ObjectNode> object = reader.object("States");
    reader.finish();
    if (object.isEmpty()) {
      return Optional.empty();
    }
    String at = reader.pointer("States");
    if (object.get().isEmpty()) {
      problems.add(new DefinitionProblem(at, "must hold at least one state"));
      return Optional.empty();
    }
    Map<String, State> parsed = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.get().properties()) {
      String pointer = at + "/" + FieldReader.escape(entry.getKey());
      checkName(entry.getKey(), pointer);
      if (entry.getValue() instanceof ObjectNode state) {
        states
            .parse(entry.getKey(), new FieldReader(state, pointer, problems))
            .ifPresent(s -> parsed.put(entry.getKey(), s));
      } else {
        problems.add(new DefinitionProblem(pointer, "must be an object"));
      }
    }
    if (startAt.isEmpty()) {
      return Optional.empty();
    }
    Set<String> declared = new HashSet<>();
    object.get().fieldNames().forEachRemaining(declared::add);
    var program = new Program(startAt.get(), parsed, timeoutSeconds);
    new GraphCheck(reader, declared).check(program, problems);
    return Optional.of(program);
  }

  private void checkName(String name, String pointer) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      problems.add(
          new DefinitionProblem(
              pointer, "a state's name must have 1 to " + MAX_NAME + " characters"));
    }
    if (!names.add(name)) {
      problems.add(
          new DefinitionProblem(pointer, "another state of the machine has the same name"));
    }
  }
}

package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.intrinsics.Expression;
import dev.cloudmend.states.intrinsics.PayloadTemplate;
import dev.cloudmend.states.paths.PathSyntaxException;
import dev.cloudmend.states.paths.ReferencePath;
import dev.cloudmend.states.paths.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one state. */
final class StateParser {

  private enum Field {
    PARAMETERS,
    RESULT_SELECTOR,
    RESULT_PATH
  }

  private final DefinitionParser machines;

  StateParser(DefinitionParser machines) {
    this.machines = machines;
  }

  /** Nothing when the state cannot be built; then its problems were noted. */
  Optional<State> parse(String name, FieldReader reader) {
    Optional<State> state =
        reader
            .requiredText("Type")
            .flatMap(
                type ->
                    switch (type) {
                      case "Pass" -> Optional.of(pass(name, reader));
                      case "Task" -> task(name, reader);
                      case "Choice" -> choice(name, reader);
                      case "Wait" -> waiting(name, reader);
                      case "Succeed" -> Optional.of(new State.Succeed(name, flow(reader)));
                      case "Fail" -> Optional.of(fail(name, reader));
                      case "Parallel" -> parallel(name, reader);
                      case "Map" -> map(name, reader);
                      default -> {
                        reader.problem(
                            "Type",
                            "must be Task, Pass, Choice, Wait, Succeed, Fail, Parallel or Map");
                        yield Optional.<State>empty();
                      }
                    });
    if (reader.has("Type") && state.isPresent()) {
      reader.finish();
    }
    return state;
  }

  private State pass(String name, FieldReader reader) {
    return new State.Pass(
        name,
        flow(reader, Field.PARAMETERS, Field.RESULT_PATH),
        next(reader),
        reader.value("Result"));
  }

  private Optional<State> task(String name, FieldReader reader) {
    reader.require("Resource");
    Optional<TaskResource> resource = reader.parsed("Resource", TaskResource::parse);
    Optional<WholeNumber> timeout =
        reader.integerOrPath("TimeoutSeconds", 1, TaskResource.MAX_SECONDS);
    Optional<WholeNumber> heartbeat =
        reader.integerOrPath("HeartbeatSeconds", 1, TaskResource.MAX_SECONDS);
    if (timeout.orElse(null) instanceof WholeNumber.Fixed(int longest)
        && heartbeat.orElse(null) instanceof WholeNumber.Fixed(int between)
        && between >= longest) {
      reader.problem("HeartbeatSeconds", "must be smaller than TimeoutSeconds");
    }
    if (heartbeat.isPresent() && resource.isPresent() && !resource.get().waitForTaskToken()) {
      reader.problem("HeartbeatSeconds", "is supported with .waitForTaskToken only");
    }
    DataFlow flow = flow(reader, Field.values());
    Optional<String> next = next(reader);
    List<Retrier> retriers = ErrorHandlingParser.retriers(reader);
    List<Catcher> catchers = ErrorHandlingParser.catchers(reader);
    return finished(
        reader,
        resource.map(
            r -> new State.Task(name, flow, next, r, timeout, heartbeat, retriers, catchers)));
  }

  private Optional<State> choice(String name, FieldReader reader) {
    DataFlow flow = flow(reader);
    Optional<String> otherwise = reader.text("Default");
    Optional<List<State.Choice.Rule>> rules = ChoiceParser.rules(reader);
    return finished(reader, rules.map(r -> new State.Choice(name, flow, r, otherwise)));
  }

  private Optional<State> waiting(String name, FieldReader reader) {
    Optional<WaitTime> seconds =
        reader.integerOrPath("Seconds", 0, TaskResource.MAX_SECONDS).map(WaitTime.After::new);
    Optional<WaitTime> moment =
        reader.parsed(
            "Timestamp",
            text ->
                new WaitTime.Moment(
                    Timestamps.parse(text)
                        .orElseThrow(
                            () ->
                                new PathSyntaxException(
                                    "must be " + Operator.Kind.TIMESTAMP.description()))));
    Optional<WaitTime> path = reader.referencePath("TimestampPath").map(WaitTime.MomentAt::new);
    long given =
        List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath").stream()
            .filter(reader::has)
            .count();
    if (given != 1) {
      reader.problem("needs exactly one of Seconds, SecondsPath, Timestamp, TimestampPath");
    }
    DataFlow flow = flow(reader);
    Optional<String> next = next(reader);
    return finished(
        reader,
        seconds.or(() -> moment).or(() -> path).map(u -> new State.Wait(name, flow, next, u)));
  }

  private State fail(String name, FieldReader reader) {
    return new State.Fail(
        name, DataFlow.PLAIN, textOrPath(reader, "Error"), textOrPath(reader, "Cause"));
  }

  private Optional<State> parallel(String name, FieldReader reader) {
    DataFlow flow = flow(reader, Field.values());
    Optional<String> next = next(reader);
    List<Retrier> retriers = ErrorHandlingParser.retriers(reader);
    List<Catcher> catchers = ErrorHandlingParser.catchers(reader);
    reader.require("Branches");
    Map<Integer, FieldReader> readers = reader.objects("Branches");
    var branches = new ArrayList<Program>();
    readers.forEach(
        (i, branch) -> machines.program(branch, OptionalInt.empty()).ifPresent(branches::add));
    if (reader.has("Branches") && readers.isEmpty()) {
      reader.problem("Branches", "must hold at least one branch");
    }
    boolean whole = branches.size() == readers.size() && !branches.isEmpty();
    return finished(
        reader,
        whole
            ? Optional.of(
                new State.Parallel(name, flow, next, List.copyOf(branches), retriers, catchers))
            : Optional.empty());
  }

  private Optional<State> map(String name, FieldReader reader) {
    DataFlow flow = flow(reader, Field.RESULT_SELECTOR, Field.RESULT_PATH);
    Optional<String> next = next(reader);
    List<Retrier> retriers = ErrorHandlingParser.retriers(reader);
    List<Catcher> catchers = ErrorHandlingParser.catchers(reader);
    ValuePath items = reader.referencePath("ItemsPath").orElse(ValuePath.WHOLE_INPUT);
    Optional<PayloadTemplate> selector = either(reader, "ItemSelector", "Parameters");
    WholeNumber concurrency =
        reader
            .integerOrPath("MaxConcurrency", 0, TaskResource.MAX_SECONDS)
            .orElse(new WholeNumber.Fixed(0));
    Optional<Program> processor = processor(reader);
    return finished(
        reader,
        processor.map(
            program ->
                new State.Map(
                    name, flow, next, items, selector, program, concurrency, retriers, catchers)));
  }

  private Optional<Program> processor(FieldReader reader) {
    String field = reader.has("Iterator") ? "Iterator" : "ItemProcessor";
    if (reader.has("Iterator") && reader.has("ItemProcessor")) {
      reader.problem("Iterator", "is the old name of ItemProcessor; only one can be there");
      reader.object("ItemProcessor");
    }
    reader.require(field);
    return reader
        .object(field)
        .flatMap(
            object -> {
              FieldReader child = reader.child(field, object);
              child.object("ProcessorConfig").ifPresent(config -> inline(child, config));
              return machines.program(child, OptionalInt.empty());
            });
  }

  private static void inline(FieldReader processor, ObjectNode config) {
    FieldReader reader = processor.child("ProcessorConfig", config);
    reader
        .text("Mode")
        .filter(mode -> !mode.equals("INLINE"))
        .ifPresent(mode -> reader.problem("Mode", "mode " + mode + " is not supported"));
    reader.finish();
  }

  private static Optional<PayloadTemplate> either(FieldReader reader, String now, String before) {
    if (reader.has(now) && reader.has(before)) {
      reader.problem(before, "is the old name of " + now + "; only one can be there");
    }
    Optional<PayloadTemplate> old = reader.template(before);
    return reader.template(now).or(() -> old);
  }

  private static Optional<Expression> textOrPath(FieldReader reader, String field) {
    if (reader.has(field) && reader.has(field + "Path")) {
      reader.problem(field, "cannot stand beside '" + field + "Path'");
    }
    Optional<Expression> path = reader.parsed(field + "Path", Expression::parse);
    Optional<Expression> text =
        reader.text(field).map(TextNode::valueOf).map(Expression.Constant::new);
    return text.or(() -> path);
  }

  private static DataFlow flow(FieldReader reader, Field... fields) {
    List<Field> allowed = List.of(fields);
    return new DataFlow(
        reader.nullable("InputPath", ValuePath.WHOLE_INPUT, ValuePath::parse),
        allowed.contains(Field.PARAMETERS) ? reader.template("Parameters") : Optional.empty(),
        allowed.contains(Field.RESULT_SELECTOR)
            ? reader.template("ResultSelector")
            : Optional.empty(),
        allowed.contains(Field.RESULT_PATH)
            ? reader.nullable("ResultPath", ReferencePath.ROOT, ReferencePath::parse)
            : Optional.of(ReferencePath.ROOT),
        reader.nullable("OutputPath", ValuePath.WHOLE_INPUT, ValuePath::parse));
  }

  private static Optional<String> next(FieldReader reader) {
    Optional<String> next = reader.text("Next");
    boolean end =
        reader.value("End").map(node -> node.isBoolean() && node.booleanValue()).orElse(false);
    if (reader.has("End") && !end) {
      reader.problem("End", "must be true where it is given");
    }
    if (reader.has("Next") == reader.has("End")) {
      reader.problem("needs exactly one of Next and End");
    }
    return next;
  }

  /** Also where a state cannot be built, its unknown fields are to be noted. */
  private static Optional<State> finished(FieldReader reader, Optional<? extends State> state) {
    if (state.isEmpty()) {
      reader.finish();
    }
    return state.map(s -> s);
  }
}

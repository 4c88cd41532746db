package dev.cloudmend.terraform.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.BooleanValue;
import dev.cloudmend.terraform.hcl.Expression.Call;
import dev.cloudmend.terraform.hcl.Expression.Conditional;
import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.NullValue;
import dev.cloudmend.terraform.hcl.Expression.NumberValue;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Parenthesised;
import dev.cloudmend.terraform.hcl.Expression.Quoted;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.ObjectEntry;
import dev.cloudmend.terraform.hcl.Step;
import dev.cloudmend.terraform.hcl.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evaluates what can be evaluated without a state: literals, lists and objects of them, variables
 * and local values that come to one. What it does not know it does not guess.
 */
final class Evaluation {

  /** Deeper than anybody nests by hand; a variable that leads back to itself ends here. */
  private static final int DEEPEST = 40;

  private static final Set<String> AS_IT_IS = Set.of("toset", "tolist", "tobool", "tostring");

  private final Module module;
  private final List<String> way;
  private final int depth;

  Evaluation(Module module) {
    this(module, List.of(), 0);
  }

  private Evaluation(Module module, List<String> way, int depth) {
    this.module = module;
    this.way = way;
    this.depth = depth;
  }

  Value of(HclFile file, Expression expression) {
    if (depth > DEEPEST) {
      return new Value.Unknown("it leads through more than " + DEEPEST + " names");
    }
    return switch (expression) {
      case NullValue none -> new Value.Unset();
      case BooleanValue flag -> known(file, flag, Json.object().booleanNode(flag.value()));
      case NumberValue number -> known(file, number, Json.parse(number.text()));
      case Parenthesised inner -> deeper().of(file, inner.inner());
      case Quoted quoted -> template(file, quoted, quoted.parts());
      case Heredoc heredoc ->
          heredoc
              .string()
              .<Value>map(text -> known(file, heredoc, TextNode.valueOf(text)))
              .orElseGet(() -> template(file, heredoc, heredoc.parts()));
      case Tuple tuple -> tuple(file, tuple);
      case ObjectValue object -> object(file, object);
      case Conditional choice -> choice(file, choice);
      case Call call -> call(file, call);
      case Reference reference -> reference(reference);
      default -> new Value.Unknown("it is computed: " + file.text(expression.span()));
    };
  }

  private Value template(HclFile file, Expression whole, List<Template> parts) {
    var text = new StringBuilder();
    for (Template part : parts) {
      switch (part) {
        case Template.Text literal -> text.append(literal.value());
        case Template.Interpolation inner -> {
          Value value = deeper().of(file, inner.value());
          Optional<String> known = value.text();
          if (known.isEmpty()) {
            return value instanceof Value.Unknown unknown
                ? unknown
                : new Value.Unknown("a part of a text is no text");
          }
          if (parts.size() == 1) {
            return value;
          }
          text.append(known.get());
        }
        case Template.Directive directive -> {
          return new Value.Unknown("it is made by a template directive");
        }
      }
    }
    return known(file, whole, TextNode.valueOf(text.toString()));
  }

  private Value tuple(HclFile file, Tuple tuple) {
    ArrayNode all = Json.mapper().createArrayNode();
    for (Expression element : tuple.elements()) {
      switch (deeper().of(file, element)) {
        case Value.Known known -> all.add(known.value());
        case Value.Unset unset -> all.addNull();
        case Value.Unknown unknown -> {
          return unknown;
        }
      }
    }
    return known(file, tuple, all);
  }

  private Value object(HclFile file, ObjectValue object) {
    ObjectNode all = Json.object();
    for (ObjectEntry entry : object.entries()) {
      Optional<String> name = entry.name();
      if (name.isEmpty()) {
        return new Value.Unknown("a key is computed");
      }
      switch (deeper().of(file, entry.value())) {
        case Value.Known known -> all.set(name.get(), known.value());
        case Value.Unset unset -> all.putNull(name.get());
        case Value.Unknown unknown -> {
          return unknown;
        }
      }
    }
    return known(file, object, all);
  }

  private Value choice(HclFile file, Conditional choice) {
    Optional<String> condition = deeper().of(file, choice.condition()).text();
    return condition.isEmpty()
        ? new Value.Unknown("it depends on " + file.text(choice.condition().span()))
        : deeper().of(file, condition.get().equals("true") ? choice.then() : choice.otherwise());
  }

  private Value call(HclFile file, Call call) {
    if (call.arguments().size() == 1 && !call.expanded()) {
      Value argument = deeper().of(file, call.arguments().getFirst());
      if (AS_IT_IS.contains(call.name())) {
        return argument;
      }
      if (call.name().equals("jsonencode") && argument instanceof Value.Known known) {
        return known(file, call, TextNode.valueOf(Json.write(known.value())));
      }
    }
    return new Value.Unknown("it is computed by " + call.name() + "()");
  }

  private Value reference(Reference reference) {
    List<String> names = reference.names();
    boolean whole = names.size() == reference.steps().size() + 1;
    if (names.size() < 2 || !(names.getFirst().equals("var") || names.getFirst().equals("local"))) {
      return new Value.Unknown("it is known at apply only: " + String.join(".", names));
    }
    Value value = names.getFirst().equals("var") ? variable(names.get(1)) : local(names.get(1));
    if (names.size() == 2 && whole) {
      return value;
    }
    return whole ? member(value, names.subList(2, names.size())) : indexed(reference);
  }

  private static Value indexed(Reference reference) {
    return new Value.Unknown(
        "it is one of several: "
            + Step.names(reference.root(), reference.steps()).getLast()
            + " with an index");
  }

  private static Value member(Value object, List<String> path) {
    if (!(object instanceof Value.Known known)) {
      return object;
    }
    JsonNode at = known.value();
    for (String name : path) {
      at = at.path(name);
    }
    if (at.isMissingNode() || at.isNull()) {
      return new Value.Unset();
    }
    // Only a part of what is written there is meant: to edit the whole would change more.
    return new Value.Known(at, List.of());
  }

  private Value local(String name) {
    return module
        .local(name)
        .map(given -> through("local." + name).of(given.file(), given.it()))
        .orElseGet(() -> new Value.Unknown("there is no local." + name));
  }

  private Value variable(String name) {
    List<ModuleCall> callers = module.project().callers(module);
    if (callers.isEmpty()) {
      return ofRoot(name);
    }
    var values = new ArrayList<Value>();
    for (ModuleCall caller : callers) {
      values.add(
          caller
              .argument(name)
              .map(
                  given ->
                      new Evaluation(caller.module(), with(way(name), caller.place()), depth + 1)
                          .of(caller.file(), given.value()))
              .orElseGet(() -> ofDefault(name)));
    }
    return Values.common(values, "var." + name);
  }

  /** A root module's variables come from files; one that only some runs are given is not known. */
  private Value ofRoot(String name) {
    Optional<Value> given = Optional.empty();
    for (HclFile file : module.variableFiles()) {
      var attribute = file.body().attribute(name);
      if (attribute.isEmpty()) {
        continue;
      }
      String fileName = file.path().substring(file.path().lastIndexOf('/') + 1);
      if (!fileName.equals("terraform.tfvars") && !fileName.endsWith(".auto.tfvars")) {
        return new Value.Unknown(
            "var." + name + " depends on whether " + file.path() + " is given");
      }
      // terraform.tfvars comes first, and the others by name: the last one counts.
      if (given.isEmpty() || !fileName.equals("terraform.tfvars")) {
        given = Optional.of(through("var." + name).of(file, attribute.get().value()));
      }
    }
    return given.orElseGet(() -> ofDefault(name));
  }

  private Value ofDefault(String name) {
    return module
        .variable(name)
        .<Value>map(
            declared ->
                declared
                    .it()
                    .attribute("default")
                    .map(d -> through("var." + name).of(declared.file(), d.value()))
                    .orElseGet(() -> new Value.Unknown("var." + name + " has no default")))
        .orElseGet(() -> new Value.Unknown("var." + name + " is not declared"));
  }

  private Value.Known known(HclFile file, Expression expression, JsonNode value) {
    return new Value.Known(value, List.of(new Origin(file, expression, way)));
  }

  private Evaluation deeper() {
    return new Evaluation(module, way, depth + 1);
  }

  private Evaluation through(String name) {
    return new Evaluation(module, with(way, name), depth + 1);
  }

  private List<String> way(String variable) {
    return with(way, "var." + variable);
  }

  private static List<String> with(List<String> way, String name) {
    var longer = new ArrayList<>(way);
    longer.add(name);
    return List.copyOf(longer);
  }
}

package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.BodyItem;
import dev.cloudmend.terraform.hcl.Edits;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Origin;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The smallest edits that rules ask for; where none is certain, the reason. */
public final class Remedies {

  private Remedies() {}

  /**
   * Sets an argument, where its value is written out: in place, in a variable's default or file, or
   * in a module's call.
   *
   * @param body the resource's own body, or that of a block in it
   * @param expression as {@link HclText} prints it
   */
  public static Remedy set(ResourceBlock resource, Body body, String argument, String expression) {
    Optional<Remedy> ignored = ignored(resource, body, argument);
    if (ignored.isPresent()) {
      return ignored.get();
    }
    Optional<Attribute> there = body.attribute(argument);
    if (there.isEmpty() || there.get().value() instanceof Expression.NullValue) {
      return edit(resource, edits -> edits.set(body, argument, expression));
    }
    return switch (resource.value(body, argument)) {
      case Value.Known known when known.origins().isEmpty() ->
          none(argument, "it is a part of a value that is used elsewhere too");
      case Value.Known known -> atOrigins(resource, known.origins(), expression);
      case Value.Unset unset ->
          none(argument, "it comes to null by " + text(resource, there.get().value()));
      case Value.Unknown unknown -> none(argument, unknown.reason());
    };
  }

  /** Adds a nested block at the end of a body. */
  public static Remedy addBlock(ResourceBlock resource, Body body, String type, String block) {
    return ignored(resource, body, type)
        .orElseGet(() -> edit(resource, edits -> edits.addBlock(body, block)));
  }

  /** Removes an argument or a nested block. */
  public static Remedy remove(ResourceBlock resource, Body body, BodyItem item) {
    String name = item instanceof Attribute attribute ? attribute.name() : ((Block) item).type();
    return ignored(resource, body, name)
        .orElseGet(() -> edit(resource, edits -> edits.remove(item)));
  }

  /** Any other edits of the resource's own file. */
  public static Remedy edit(ResourceBlock resource, Consumer<Edits> change) {
    return new Remedy.Edit(
        List.of(new Remedy.FileEdit(resource.file(), change)),
        resource.module().project().reached(resource.module()),
        List.of());
  }

  /**
   * Declares a resource right after another one, as often as that one is declared.
   *
   * @param type the new resource's type
   * @param reference the argument that speaks of the other one, such as {@code bucket}
   * @param attribute the other one's attribute that it gets, such as {@code id}
   * @param rest the new resource's other arguments and blocks, as {@link HclText} prints them
   */
  public static Remedy sibling(
      ResourceBlock of, String type, String reference, String attribute, String rest) {
    return sibling(
        of,
        type,
        one -> HclText.arguments(Map.of(reference, one + "." + attribute)) + "\n\n" + rest);
  }

  /**
   * As {@link #sibling(ResourceBlock, String, String, String, String)}, with a body of one's own.
   *
   * @param body what stands in the new resource, given the expression for the other one
   */
  public static Remedy sibling(ResourceBlock of, String type, Function<String, String> body) {
    String address = of.address();
    String repeated = "";
    String one = address;
    var arguments = new LinkedHashMap<String, String>();
    Optional<Attribute> repetition = of.repetition();
    if (repetition.isPresent()) {
      boolean counted = repetition.get().name().equals("count");
      arguments.put(counted ? "count" : "for_each", counted ? "length(" + address + ")" : address);
      one = counted ? address + "[count.index]" : "each.value";
    }
    // Or it would go into the account and region of another provider.
    of.block()
        .attribute("provider")
        .ifPresent(provider -> arguments.put("provider", text(of, provider.value())));
    if (!arguments.isEmpty()) {
      repeated = HclText.arguments(arguments) + "\n\n";
    }
    String block =
        HclText.block(
            "resource", List.of(type, freeName(of, type)), repeated + body.apply(one).strip());
    return edit(of, edits -> edits.insertAfter(of.block(), block));
  }

  /** The same remedy, with something that a reviewer has to know. */
  public static Remedy warning(Remedy remedy, String warning) {
    return switch (remedy) {
      case Remedy.Edit edit -> {
        var warnings = new ArrayList<>(edit.warnings());
        warnings.add(warning);
        yield new Remedy.Edit(edit.edits(), edit.reaches(), warnings);
      }
      case Remedy.None none -> none;
    };
  }

  private static Remedy atOrigins(ResourceBlock resource, List<Origin> origins, String expression) {
    var edits = new ArrayList<Remedy.FileEdit>();
    var reaches = new ArrayList<String>();
    for (Origin origin : origins) {
      edits.add(
          new Remedy.FileEdit(origin.file(), e -> e.replace(origin.expression(), expression)));
      if (!origin.isInPlace()) {
        reaches.add(
            "%s:%d by %s"
                .formatted(origin.file().path(), origin.line(), String.join(" by ", origin.by())));
        reaches.addAll(otherUses(resource, origin.by().getFirst()));
      }
    }
    reaches.addAll(resource.module().project().reached(resource.module()));
    return new Remedy.Edit(edits, reaches.stream().distinct().toList(), List.of());
  }

  /** Where else in the module a variable or local value is used: all that changes with it. */
  private static List<String> otherUses(ResourceBlock resource, String name) {
    return resource.module().resources().stream()
        .filter(other -> !other.equals(resource))
        .filter(other -> Mentions.in(other.block().body(), name) > 0)
        .map(other -> name + " in " + other.address() + " too")
        .toList();
  }

  /** Terraform does not apply a change of what it is told to ignore. */
  private static Optional<Remedy> ignored(ResourceBlock resource, Body body, String name) {
    String top =
        resource.block().body().blocks().stream()
            .filter(inner -> inner.span().contains(body.span()))
            .map(inner -> inner.is("dynamic") ? inner.labelValues().getFirst() : inner.type())
            .findFirst()
            .orElse(name);
    return resource.ignoresChangesOf(top)
        ? Optional.of(
            new Remedy.None(
                "lifecycle.ignore_changes of "
                    + resource.address()
                    + " names "
                    + top
                    + ": Terraform would not apply the edit"))
        : Optional.empty();
  }

  private static Remedy none(String argument, String reason) {
    return new Remedy.None(argument + " is not edited: " + reason);
  }

  private static String text(ResourceBlock resource, Expression expression) {
    return resource.file().text(expression.span());
  }

  private static String freeName(ResourceBlock of, String type) {
    List<String> taken = of.module().resources(type).stream().map(ResourceBlock::name).toList();
    String name = of.name();
    for (int i = 2; taken.contains(name); i++) {
      name = of.name() + "_" + i;
    }
    return name;
  }
}

package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes one edit somewhere in a file. */
final class RandomEdits {

  /** The edits that make a state true, so that a second time changes nothing. */
  static final int SETTING = 8;

  private static final int ALL = 13;

  private final HclFile file;
  private final Random random;
  private final List<Body> bodies = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final List<Expression> expressions = new ArrayList<>();

  private RandomEdits(HclFile file, Random random) {
    this.file = file;
    this.random = random;
    collect(file.body());
  }

  static Edits any(HclFile file, Random random) {
    return new RandomEdits(file, random).edit(random.nextInt(ALL));
  }

  /** One edit of a kind below {@link #SETTING}, always at the first place that fits. */
  static Edits first(int kind, HclFile file) {
    return new RandomEdits(file, new FirstOnly()).edit(kind);
  }

  private Edits edit(int kind) {
    Edits edits = file.edit();
    switch (kind) {
      case 0, 1 -> pick(attributes).ifPresent(it -> edits.replace(it.value(), value()));
      case 2, 3 ->
          pick(bodies).ifPresent(it -> edits.set(it, pick("new", "a_much_longer_name"), value()));
      case 4 -> pick(bodies).ifPresent(it -> edits.addBlock(it, block()));
      case 5 -> pick(blocks).ifPresent(it -> edits.insertAfter(it, block()));
      case 6 ->
          pick(of(ObjectValue.class))
              .ifPresent(it -> edits.setEntry(it, pick("key", "new key"), value()));
      case 7 ->
          pick(of(Heredoc.class))
              .ifPresent(it -> edits.replaceContent(it, "one\n  ${two}\n\nthree\n"));
      case 8 -> pick(blocks).ifPresent(edits::remove);
      case 9 -> pick(attributes).ifPresent(edits::remove);
      case 10 ->
          pick(of(Tuple.class))
              .ifPresent(it -> pick(it.elements()).ifPresent(each -> edits.remove(it, each)));
      case 11 ->
          pick(of(ObjectValue.class))
              .ifPresent(it -> pick(it.entries()).ifPresent(each -> edits.remove(it, each)));
      default -> pick(of(Tuple.class)).ifPresent(it -> edits.addElement(it, value()));
    }
    return edits;
  }

  private String value() {
    return pick(
        "true",
        "\"" + "wide".repeat(8) + "\"",
        "[\n  \"a\",\n  \"b\",\n]",
        HclText.object(Map.of("Statement", "1")),
        "aws_kms_key.a.arn");
  }

  private static String block() {
    return HclText.block(
        "rule", List.of("x"), "enabled = true\n\nnested {\n  text = <<-EOT\n    a\n  EOT\n}");
  }

  private void collect(Body body) {
    bodies.add(body);
    for (Attribute attribute : body.attributes()) {
      attributes.add(attribute);
      collect(attribute.value());
    }
    for (Block block : body.blocks()) {
      blocks.add(block);
      collect(block.body());
    }
  }

  private void collect(Expression expression) {
    expressions.add(expression);
    if (!(expression instanceof Heredoc)) {
      expression.children().forEach(this::collect);
    }
  }

  private <T> List<T> of(Class<T> type) {
    return expressions.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <T> Optional<T> pick(List<T> choices) {
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(choices.get(random.nextInt(choices.size())));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static final class FirstOnly extends Random {
    private static final long serialVersionUID = 1;

    @Override
    public int nextInt(int bound) {
      return 0;
    }
  }
}

package dev.cloudmend.terraform.project;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.HclFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code resource} or {@code data} block.
 *
 * @param module the module that declares it
 * @param file the file that it stands in
 */
public record ResourceBlock(Module module, HclFile file, Block block) {

  public String type() {
    return block.labelValues().getFirst();
  }

  public String name() {
    return block.labelValues().get(1);
  }

  /** Its address within its module, such as {@code aws_s3_bucket.logs}. */
  public String address() {
    return (block.type().equals("data") ? "data." : "") + type() + "." + name();
  }

  /** The line of its first word, from 1. */
  public int line() {
    return file.position(block.span().start()).line();
  }

  /** The value of an attribute of the block itself. */
  public Value value(String attribute) {
    return value(block.body(), attribute);
  }

  /** The value of an attribute of the block or of a block in it. */
  public Value value(Body body, String attribute) {
    return body.attribute(attribute)
        .<Value>map(there -> module.value(file, there.value()))
        .orElseGet(Value.Unset::new);
  }

  /**
   * The bodies of the nested blocks of a type, those that a {@code dynamic} block makes too: its
   * {@code content}.
   */
  public List<Body> nested(String type) {
    return nested(block.body(), type);
  }

  /** As {@link #nested(String)}, of a block in it. */
  public static List<Body> nested(Body body, String type) {
    return body.blocks().stream()
        .flatMap(
            inner -> {
              if (inner.is(type)) {
                return Stream.of(inner.body());
              }
              return inner.is("dynamic", type)
                  ? inner.blocks("content").stream().map(Block::body)
                  : Stream.of();
            })
        .toList();
  }

  /** Whether there is more than one, or none, of it: then siblings have to follow. */
  public Optional<Attribute> repetition() {
    return block.attribute("count").or(() -> block.attribute("for_each"));
  }

  /**
   * Whether Terraform does not look at an attribute or nested block of this name again: an edit
   * would change nothing.
   */
  public boolean ignoresChangesOf(String name) {
    return block.blocks("lifecycle").stream()
        .flatMap(lifecycle -> lifecycle.attribute("ignore_changes").stream())
        .map(Attribute::value)
        .anyMatch(ignored -> ignores(ignored, name));
  }

  /** Whether an expression speaks of this resource. */
  public boolean isMeantBy(Expression expression) {
    List<String> own =
        block.type().equals("data") ? List.of("data", type(), name()) : List.of(type(), name());
    return expression.references().stream()
        .map(Reference::names)
        .anyMatch(names -> names.size() >= own.size() && names.subList(0, own.size()).equals(own));
  }

  private static boolean ignores(Expression ignored, String name) {
    return switch (ignored) {
      case Reference all when all.steps().isEmpty() && all.root().equals("all") -> true;
      case Expression.Tuple names ->
          names.elements().stream()
              .anyMatch(
                  element ->
                      element instanceof Reference one
                          ? one.root().equals(name)
                          : element.string().filter(name::equals).isPresent());
      default -> false;
    };
  }
}

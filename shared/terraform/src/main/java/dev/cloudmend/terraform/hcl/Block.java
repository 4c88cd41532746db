package dev.cloudmend.terraform.hcl;

import java.util.List;
import java.util.Optional;

/**
 * A block: {@code type "label" ... { body }}.
 *
 * @param span from the type to the closing brace
 * @param header from the type to the opening brace, inclusive
 * @param oneLine whether both braces stand on one line
 */
public record Block(
    Span span, Span header, String type, List<Label> labels, Body body, boolean oneLine)
    implements BodyItem {

  public Block {
    labels = List.copyOf(labels);
  }

  /** The labels without quotes. */
  public List<String> labelValues() {
    return labels.stream().map(Label::value).toList();
  }

  /** Whether it has this type and begins with these labels. */
  public boolean is(String wantedType, String... first) {
    return type.equals(wantedType)
        && first.length <= labels.size()
        && labelValues().subList(0, first.length).equals(List.of(first));
  }

  /** {@link Body#attribute} of its body. */
  public Optional<Attribute> attribute(String name) {
    return body.attribute(name);
  }

  /** {@link Body#blocks(String, String...)} of its body. */
  public List<Block> blocks(String wantedType, String... first) {
    return body.blocks(wantedType, first);
  }
}

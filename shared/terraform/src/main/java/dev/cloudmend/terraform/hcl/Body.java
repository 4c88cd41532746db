package dev.cloudmend.terraform.hcl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Attributes and blocks in the order of the source.
 *
 * @param span what lies between the braces of a block, or the whole file without a byte order mark
 */
public record Body(Span span, List<BodyItem> items) {

  public Body {
    items = List.copyOf(items);
  }

  /** The attributes, in the order of the source; their names differ. */
  public List<Attribute> attributes() {
    return only(Attribute.class).toList();
  }

  /** The blocks of every type, in the order of the source. */
  public List<Block> blocks() {
    return only(Block.class).toList();
  }

  /** The attribute of this name. */
  public Optional<Attribute> attribute(String name) {
    return only(Attribute.class).filter(attribute -> attribute.name().equals(name)).findFirst();
  }

  /** The blocks of this type whose first labels are these. */
  public List<Block> blocks(String type, String... labels) {
    return only(Block.class).filter(block -> block.is(type, labels)).toList();
  }

  private <T extends BodyItem> Stream<T> only(Class<T> type) {
    return items.stream().filter(type::isInstance).map(type::cast);
  }
}

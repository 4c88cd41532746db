package dev.cloudmend.terraform.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the statements of an {@code aws_iam_policy_document} as the JSON that it makes of them. */
final class PolicyBlocks {

  private PolicyBlocks() {}

  static List<PolicyStatement> statements(ResourceBlock data) {
    return data.block().blocks("statement").stream().map(block -> statement(data, block)).toList();
  }

  /** Whether all its own statements are written out. */
  static boolean isWhole(ResourceBlock data) {
    return data.block().blocks("dynamic", "statement").isEmpty();
  }

  /** The other documents that it takes in; a list that is computed is one expression. */
  static List<Expression> others(ResourceBlock data) {
    return Stream.of(
            "source_policy_documents", "override_policy_documents", "source_json", "override_json")
        .flatMap(name -> data.block().attribute(name).stream())
        .flatMap(
            attribute ->
                attribute.value() instanceof Expression.Tuple tuple
                    ? tuple.elements().stream()
                    : Stream.of(attribute.value()))
        .toList();
  }

  private static PolicyStatement statement(ResourceBlock data, Block block) {
    Body body = block.body();
    Value effect = data.value(body, "effect");
    return new PolicyStatement(
        data.file(),
        block.span(),
        data.value(body, "sid"),
        effect instanceof Value.Unset ? known(TextNode.valueOf("Allow")) : effect,
        gathered(data, block, "principals", "type", Optional.empty(), "identifiers"),
        data.value(body, "actions"),
        data.value(body, "resources"),
        gathered(data, block, "condition", "test", Optional.of("variable"), "values"));
  }

  /** Blocks as an object by one key or two. */
  private static Value gathered(
      ResourceBlock data,
      Block statement,
      String type,
      String key,
      Optional<String> second,
      String values) {
    if (!statement.blocks("dynamic", type).isEmpty()) {
      return new Value.Unknown("it is made by a dynamic block");
    }
    List<Block> blocks = statement.blocks(type);
    if (blocks.isEmpty()) {
      return new Value.Unset();
    }
    ObjectNode all = Json.object();
    for (Block block : blocks) {
      Optional<String> name = data.value(block.body(), key).text();
      Optional<String> inner =
          second.flatMap(attribute -> data.value(block.body(), attribute).text());
      if (name.isEmpty()
          || (second.isPresent() && inner.isEmpty())
          || !(data.value(block.body(), values) instanceof Value.Known known)) {
        return new Value.Unknown("a part of it is known at apply only");
      }
      ObjectNode at = inner.isPresent() ? all.withObjectProperty(name.get()) : all;
      at.withArrayProperty(inner.orElse(name.get())).addAll(elements(known));
    }
    return known(all);
  }

  private static List<JsonNode> elements(Value.Known known) {
    return PolicyStatement.texts(known.value()).stream().<JsonNode>map(TextNode::valueOf).toList();
  }

  private static Value known(JsonNode node) {
    return new Value.Known(node, List.of());
  }
}

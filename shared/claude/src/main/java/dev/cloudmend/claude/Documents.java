package dev.cloudmend.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.document.DocumentVisitor;

/** JSON trees to the SDK's documents and back, numbers as they are written. */
final class Documents {

  private Documents() {}

  /** The document, members in the same order: the cache of prompts goes by what is sent. */
  static Document of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Document> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
        yield Document.fromMap(members);
      }
      case ARRAY -> Document.fromList(node.valueStream().map(Documents::of).toList());
      case STRING -> Document.fromString(node.textValue());
      case NUMBER -> Document.fromNumber(node.asText());
      case BOOLEAN -> Document.fromBoolean(node.booleanValue());
      case NULL, MISSING -> Document.fromNull();
      case BINARY, POJO ->
          throw new IllegalArgumentException("a " + node.getNodeType() + " node is no JSON");
    };
  }

  static JsonNode toJson(Document document) {
    return document.accept(TO_JSON);
  }

  private static final DocumentVisitor<JsonNode> TO_JSON =
      new DocumentVisitor<>() {

        @Override
        public JsonNode visitNull() {
          return NullNode.getInstance();
        }

        @Override
        public JsonNode visitBoolean(Boolean value) {
          return BooleanNode.valueOf(value);
        }

        @Override
        public JsonNode visitString(String value) {
          return TextNode.valueOf(value);
        }

        @Override
        public JsonNode visitNumber(SdkNumber value) {
          // The parser keeps 1e999999999 short; made an integer it would fill the memory.
          return Json.parse(value.stringValue());
        }

        @Override
        public JsonNode visitMap(Map<String, Document> members) {
          ObjectNode object = Json.object();
          members.forEach((name, value) -> object.set(name, value.accept(this)));
          return object;
        }

        @Override
        public JsonNode visitList(List<Document> elements) {
          ArrayNode array = Json.mapper().createArrayNode();
          elements.forEach(element -> array.add(element.accept(this)));
          return array;
        }
      };
}

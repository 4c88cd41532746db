package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.states.paths.JsonData;
import dev.cloudmend.states.paths.PathSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * JSON in which fields named {@code "x.$"} are replaced by a field {@code "x"} with the value of a
 * path or an intrinsic function. Used by Parameters, ItemSelector and ResultSelector.
 *
 * @see <a href="https://states-language.net/spec.html#payload-template">Payload Template</a>
 */
public final class PayloadTemplate {

  private static final String DYNAMIC = ".$";

  private sealed interface Part {}

  private record Fixed(JsonNode value) implements Part {}

  private record Dynamic(String field, Expression expression) implements Part {}

  private record Fields(Map<String, Part> parts) implements Part {}

  private record Elements(List<Part> parts) implements Part {}

  private final Part root;

  private PayloadTemplate(Part root) {
    this.root = root;
  }

  /**
   * Reads a template.
   *
   * @param pointer the JSON pointer of the template, for problems
   * @param problems takes pointer and message of whatever is wrong
   */
  public static PayloadTemplate parse(
      JsonNode template, String pointer, BiConsumer<String, String> problems) {
    return new PayloadTemplate(part(template, pointer, problems));
  }

  /** Fills the template. */
  public JsonNode fill(Scope scope) {
    return fill(root, scope);
  }

  private static JsonNode fill(Part part, Scope scope) {
    return switch (part) {
      case Fixed fixed -> fixed.value();
      case Dynamic dynamic -> dynamic.expression().evaluate(scope, dynamic.field());
      case Fields fields -> {
        ObjectNode object = JsonData.object();
        fields.parts().forEach((name, value) -> object.set(name, fill(value, scope)));
        yield object;
      }
      case Elements elements -> {
        ArrayNode array = JsonData.array();
        elements.parts().forEach(element -> array.add(fill(element, scope)));
        yield array;
      }
    };
  }

  private static Part part(JsonNode node, String pointer, BiConsumer<String, String> problems) {
    if (node instanceof ObjectNode object) {
      return fields(object, pointer, problems);
    }
    if (node instanceof ArrayNode array) {
      var elements = new ArrayList<Part>();
      for (int i = 0; i < array.size(); i++) {
        elements.add(part(array.get(i), pointer + "/" + i, problems));
      }
      return new Elements(List.copyOf(elements));
    }
    return new Fixed(node);
  }

  private static Part fields(
      ObjectNode object, String pointer, BiConsumer<String, String> problems) {
    var parts = new LinkedHashMap<String, Part>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey();
      String at = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
      boolean dynamic = key.endsWith(DYNAMIC);
      String name = dynamic ? key.substring(0, key.length() - DYNAMIC.length()) : key;
      Part value =
          dynamic
              ? dynamic(key, field.getValue(), at, problems)
              : part(field.getValue(), at, problems);
      if (parts.put(name, value) != null) {
        problems.accept(at, "'%s' and '%s.$' cannot both be there".formatted(name, name));
      }
    }
    return new Fields(parts);
  }

  private static Part dynamic(
      String key, JsonNode value, String pointer, BiConsumer<String, String> problems) {
    if (!value.isTextual()) {
      problems.accept(pointer, "must be a string: a path or an intrinsic function");
      return new Fixed(value);
    }
    try {
      return new Dynamic(key, Expression.parse(value.textValue()));
    } catch (PathSyntaxException e) {
      problems.accept(pointer, e.reason());
      return new Fixed(value);
    }
  }
}

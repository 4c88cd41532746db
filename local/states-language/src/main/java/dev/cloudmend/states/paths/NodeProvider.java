package dev.cloudmend.states.paths;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;

/**
 * Lets Jayway read JSON trees as they are.
 *
 * <p>The provider it extends answers null for an index past the end, where Step Functions fails,
 * and turns scalars into Java values, which would lose the form of numbers.
 */
final class NodeProvider extends JacksonJsonNodeJsonProvider {

  @Override
  public Object getArrayIndex(Object array, int index) {
    JsonNode element = ((ArrayNode) array).get(index);
    if (element == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return element;
  }

  @Override
  public Object getMapValue(Object object, String key) {
    JsonNode value = ((ObjectNode) object).get(key);
    return value == null ? UNDEFINED : value;
  }
}

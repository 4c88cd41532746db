package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.cloudmend.states.paths.JsonData;
import java.util.List;

/** Intrinsic functions on arrays. */
final class ArrayFunctions {

  /** Most elements that {@code States.ArrayRange} makes. */
  private static final int MAX_RANGE = 1000;

  private ArrayFunctions() {}

  static JsonNode of(List<JsonNode> values) {
    return JsonData.array().addAll(values);
  }

  static JsonNode partition(JsonNode value, JsonNode chunkSize) {
    ArrayNode array = array(value, 0);
    long size = NumberFunctions.integer(chunkSize, 1);
    if (size < 1) {
      throw new IntrinsicException("the chunk size must be 1 or more");
    }
    ArrayNode chunks = JsonData.array();
    for (int i = 0; i < array.size(); i++) {
      if (i % size == 0) {
        chunks.addArray();
      }
      ((ArrayNode) chunks.get(chunks.size() - 1)).add(array.get(i));
    }
    return chunks;
  }

  static JsonNode contains(JsonNode value, JsonNode wanted) {
    return BooleanNode.valueOf(has(array(value, 0), wanted));
  }

  static JsonNode range(JsonNode first, JsonNode last, JsonNode step) {
    long start = NumberFunctions.integer(first, 0);
    long end = NumberFunctions.integer(last, 1);
    long by = NumberFunctions.integer(step, 2);
    if (by == 0) {
      throw new IntrinsicException("the step must not be 0");
    }
    ArrayNode range = JsonData.array();
    for (long value = start; by > 0 ? value <= end : value >= end; value += by) {
      if (range.size() == MAX_RANGE) {
        throw new IntrinsicException("the range has more than " + MAX_RANGE + " elements");
      }
      range.add(NumberFunctions.number(value));
    }
    return range;
  }

  static JsonNode item(JsonNode value, JsonNode index) {
    ArrayNode array = array(value, 0);
    long position = NumberFunctions.integer(index, 1);
    if (position < 0 || position >= array.size()) {
      throw new IntrinsicException(
          "the index %d is not in the array of %d".formatted(position, array.size()));
    }
    return array.get((int) position);
  }

  static JsonNode unique(JsonNode value) {
    ArrayNode unique = JsonData.array();
    for (JsonNode element : array(value, 0)) {
      if (!has(unique, element)) {
        unique.add(element);
      }
    }
    return unique;
  }

  static ArrayNode array(JsonNode value, int position) {
    if (value instanceof ArrayNode array) {
      return array;
    }
    throw new IntrinsicException("the argument at position " + position + " must be an array");
  }

  private static boolean has(ArrayNode array, JsonNode wanted) {
    for (JsonNode element : array) {
      if (JsonData.same(element, wanted)) {
        return true;
      }
    }
    return false;
  }
}

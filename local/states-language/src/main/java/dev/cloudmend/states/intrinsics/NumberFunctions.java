package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;

/** Intrinsic functions on numbers, and the merging of objects. */
final class NumberFunctions {

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private NumberFunctions() {}

  static JsonNode add(JsonNode first, JsonNode second) {
    try {
      return number(Math.addExact(integer(first, 0), integer(second, 1)));
    } catch (ArithmeticException e) {
      throw new IntrinsicException("the sum is too large");
    }
  }

  /** The start is in the range, the end is not. The same seed gives the same number. */
  static JsonNode random(List<JsonNode> arguments, RandomSource source) {
    long start = integer(arguments.get(0), 0);
    long end = integer(arguments.get(1), 1);
    if (start >= end) {
      throw new IntrinsicException("the start must be less than the end");
    }
    return number(
        arguments.size() == 3
            ? new Random(integer(arguments.get(2), 2)).nextLong(start, end)
            : source.generator().nextLong(start, end));
  }

  static JsonNode merge(JsonNode first, JsonNode second, JsonNode deep) {
    if (!(first instanceof ObjectNode base) || !(second instanceof ObjectNode over)) {
      throw new IntrinsicException("the arguments at positions 0 and 1 must be objects");
    }
    if (!deep.isBoolean() || deep.booleanValue()) {
      throw new IntrinsicException(
          "the argument at position 2 must be false: only shallow merging is supported");
    }
    ObjectNode merged = base.deepCopy();
    merged.setAll(over);
    return merged;
  }

  /** The number as a parser would have read it, so that equal numbers are equal nodes. */
  static JsonNode number(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /** A whole number; others are rounded to the nearest, halves upwards, as Step Functions does. */
  static long integer(JsonNode value, int position) {
    if (!value.isNumber()) {
      throw new IntrinsicException("the argument at position " + position + " must be a number");
    }
    BigInteger rounded =
        value.decimalValue().add(HALF).setScale(0, RoundingMode.FLOOR).toBigInteger();
    if (rounded.bitLength() > 63) {
      throw new IntrinsicException("the argument at position " + position + " is out of range");
    }
    return rounded.longValue();
  }
}

package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The intrinsic functions that Step Functions knows.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">
 *     Intrinsic functions</a>
 */
enum IntrinsicFunction {
  FORMAT("Format", 1, Integer.MAX_VALUE, (arguments, random) -> TextNode.valueOf("")),
  STRING_TO_JSON("StringToJson", 1, 1, (a, random) -> TextFunctions.parse(a.get(0))),
  JSON_TO_STRING("JsonToString", 1, 1, (a, random) -> TextFunctions.print(a.get(0))),
  STRING_SPLIT("StringSplit", 2, 2, (a, random) -> TextFunctions.split(a.get(0), a.get(1))),
  BASE64_ENCODE("Base64Encode", 1, 1, (a, random) -> TextFunctions.encode(a.get(0))),
  BASE64_DECODE("Base64Decode", 1, 1, (a, random) -> TextFunctions.decode(a.get(0))),
  HASH("Hash", 2, 2, (a, random) -> TextFunctions.hash(a.get(0), a.get(1))),
  ARRAY("Array", 0, Integer.MAX_VALUE, (a, random) -> ArrayFunctions.of(a)),
  ARRAY_PARTITION(
      "ArrayPartition", 2, 2, (a, random) -> ArrayFunctions.partition(a.get(0), a.get(1))),
  ARRAY_CONTAINS("ArrayContains", 2, 2, (a, random) -> ArrayFunctions.contains(a.get(0), a.get(1))),
  ARRAY_RANGE(
      "ArrayRange", 3, 3, (a, random) -> ArrayFunctions.range(a.get(0), a.get(1), a.get(2))),
  ARRAY_GET_ITEM("ArrayGetItem", 2, 2, (a, random) -> ArrayFunctions.item(a.get(0), a.get(1))),
  ARRAY_LENGTH(
      "ArrayLength",
      1,
      1,
      (a, random) -> IntNode.valueOf(ArrayFunctions.array(a.get(0), 0).size())),
  ARRAY_UNIQUE("ArrayUnique", 1, 1, (a, random) -> ArrayFunctions.unique(a.get(0))),
  JSON_MERGE("JsonMerge", 3, 3, (a, random) -> NumberFunctions.merge(a.get(0), a.get(1), a.get(2))),
  MATH_RANDOM("MathRandom", 2, 3, NumberFunctions::random),
  MATH_ADD("MathAdd", 2, 2, (a, random) -> NumberFunctions.add(a.get(0), a.get(1))),
  UUID("UUID", 0, 0, (a, random) -> TextNode.valueOf(random.uuid().toString()));

  private interface Implementation {
    JsonNode apply(List<JsonNode> arguments, RandomSource random);
  }

  private static final Map<String, IntrinsicFunction> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toMap(IntrinsicFunction::fullName, Function.identity()));

  private final String shortName;
  private final int least;
  private final int most;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Implementation implementation;

  IntrinsicFunction(String shortName, int least, int most, Implementation implementation) {
    this.shortName = shortName;
    this.least = least;
    this.most = most;
    this.implementation = implementation;
  }

  static Optional<IntrinsicFunction> named(String fullName) {
    return Optional.ofNullable(BY_NAME.get(fullName));
  }

  JsonNode apply(List<JsonNode> arguments, RandomSource random) {
    return implementation.apply(arguments, random);
  }

  String fullName() {
    return "States." + shortName;
  }

  boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  String arity() {
    if (most == Integer.MAX_VALUE) {
      return least + " or more";
    }
    return least == most ? String.valueOf(least) : least + " to " + most;
  }
}

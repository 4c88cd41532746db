package dev.cloudmend.states.intrinsics;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.paths.EvaluationException;
import dev.cloudmend.states.paths.JsonData;
import dev.cloudmend.states.paths.PathSyntaxException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicFunctionsTest {

  private static final String INPUT =
      """
      {"name": "Arnav", "template": "Hello, {}.", "list": [1, 2, 3, 4, 5, 6, 7, 8, 9],
       "double": [1, 1.0, "1", {"a": [1]}, {"a": [1.0]}, null, null],
       "one": {"a": {"a1": 1, "a2": 2}, "b": 2}, "two": {"a": {"a3": 1}, "c": 3},
       "text": "This.is+a,test=string", "json": "{\\"foo\\": [1.50]}", "a": {"b": "c"}}
      """;

  private static JsonNode evaluate(String expression) {
    return evaluate(expression, json(INPUT));
  }

  private static JsonNode evaluate(String expression, JsonNode input) {
    return Expression.parse(expression)
        .evaluate(
            new Scope(input, json("{\"Execution\": {\"Name\": \"run\"}}"), RandomSource.seeded(7)),
            "field.$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "States.Format('Hello, {}.', $.name) | \"Hello, Arnav.\"",
        "States.Format($.template, $.name) | \"Hello, Arnav.\"",
        "States.Format('{}/{}/{}/{}', 1, -1.50, true, null) | \"1/-1.50/true/null\"",
        "States.Format('\\'{}\\' \\{\\} \\\\ {', 'x') | \"'x' {} \\\\ {\"",
        "States.Format('{{}}', 'x') | \"{x}\"",
        "States.Format('no place') | \"no place\"",
        "States.Format('{}', States.JsonToString($.a)) | \"{\\\"b\\\":\\\"c\\\"}\"",
        "States.Format('{}', $$.Execution.Name) | \"run\"",
        "States.StringToJson($.json) | {\"foo\": [1.50]}",
        "States.JsonToString($.two) | \"{\\\"a\\\":{\\\"a3\\\":1},\\\"c\\\":3}\"",
        "States.Array() | []",
        "States.Array('Foo', 2020, $.a, null) | [\"Foo\", 2020, {\"b\": \"c\"}, null]",
        "States.ArrayPartition($.list, 4) | [[1,2,3,4],[5,6,7,8],[9]]",
        "States.ArrayPartition(States.Array(), 4) | []",
        "States.ArrayContains($.list, 5) | true",
        "States.ArrayContains($.list, 5.0) | true",
        "States.ArrayContains($.list, '5') | false",
        "States.ArrayContains($.double, $.double[4]) | true",
        "States.ArrayRange(1, 9, 2) | [1,3,5,7,9]",
        "States.ArrayRange(3, 1, -1) | [3,2,1]",
        "States.ArrayGetItem($.list, 5) | 6",
        "States.ArrayLength($.list) | 9",
        "States.ArrayUnique($.double) | [1, \"1\", {\"a\": [1]}, null]",
        "States.Base64Encode('Data to encode') | \"RGF0YSB0byBlbmNvZGU=\"",
        "States.Base64Decode('RGVjb2RlZCBkYXRh') | \"Decoded data\"",
        "States.Hash('input data', 'SHA-1') | \"aaff4a450a104cd177d28d18d74485e8cae074b7\"",
        "States.JsonMerge($.one, $.two, false) | {\"a\": {\"a3\": 1}, \"b\": 2, \"c\": 3}",
        "States.MathAdd(111, -1) | 110",
        "States.MathAdd(1.5, -1.5) | 1",
        "States.StringSplit($.text, '.+,=') | [\"This\",\"is\",\"a\",\"test\",\"string\"]",
        "States.StringSplit('a//b/', '/') | [\"a\",\"b\"]",
        "States.StringSplit('it\\'s', '\\'') | [\"it\",\"s\"]",
        "States.ArrayGetItem($.list[?(@ > 3)], 0) | 4",
        "States.Format( '{}' , $['name'] ) | \"Arnav\"",
      })
  void aFunctionGivesWhatTheDocumentationSays(String expression, String value) {
    assertThat(evaluate(expression)).isEqualTo(json(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "States.Format($.template) | the template has 1 {} but there are 0 values",
        "States.Format('{}', $.a) | the argument at position 1 must be a string",
        "States.StringToJson($.template) | is not valid JSON",
        "States.ArrayPartition($.list, 0) | must be 1 or more",
        "States.ArrayPartition($.name, 1) | position 0 must be an array",
        "States.ArrayRange(0, 1000, 1) | more than 1000",
        "States.ArrayRange(0, 1, 0) | must not be 0",
        "States.ArrayGetItem($.list, 9) | the index 9 is not in the array of 9",
        "States.ArrayGetItem($.list, -1) | the index -1 is not in the array of 9",
        "States.Base64Decode('*') | is not Base64",
        "States.Hash('x', 'SHA-9') | must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512",
        "States.JsonMerge($.one, $.list, false) | must be objects",
        "States.JsonMerge($.one, $.two, true) | only shallow merging",
        "States.MathAdd('1', 1) | position 0 must be a number",
        "States.MathAdd(9223372036854775807, 1) | too large",
        "States.MathRandom(5, 5) | less than the end",
      })
  void aFunctionThatCannotWorkIsAnIntrinsicFailure(String expression, String reason) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("The function '" + expression + "' had the following error: ")
        .hasMessageContaining(reason)
        .extracting("error")
        .isEqualTo("States.IntrinsicFailure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.Format('{}')",
        "States.Format()",
        "States.Nonsense(1)",
        "States.UUID(1)",
        "States.Array(1",
        "States.Array(1,)",
        "States.Array(1) + 1",
        "States.Array('open)",
        "States.Array('a\\b')",
        "States.Array(\"double\")",
        "States.Array(naked)",
        "States.Array($.f())",
        "States.MathAdd(1)",
        "Other.Array(1)",
        "plain text",
      })
  void whatIsNoExpressionIsRefusedWhenItIsRead(String expression) {
    assertThatThrownBy(() -> Expression.parse(expression)).isInstanceOf(PathSyntaxException.class);
  }

  @Test
  void tenFunctionsMayBeNestedNotEleven() {
    String ten = "States.Array(".repeat(10) + ")".repeat(10);
    assertThat(evaluate(ten).toString()).isEqualTo("[".repeat(10) + "]".repeat(10));
    assertThatThrownBy(() -> Expression.parse("States.Array(" + ten + ")"))
        .hasMessageContaining("more than 10 functions are nested");
  }

  @Test
  void longTextIsRefusedByEncodersAndHashes() {
    JsonNode input =
        JsonData.object().put("fits", "x".repeat(10_000)).put("long", "x".repeat(10_001));

    assertThat(evaluate("States.Hash($.fits, 'MD5')", input).asText()).hasSize(32);
    assertThatThrownBy(() -> evaluate("States.Hash($.long, 'MD5')", input))
        .hasMessageContaining("more than 10000 characters");
    assertThatThrownBy(() -> evaluate("States.Base64Encode($.long)", input))
        .hasMessageContaining("more than 10000 characters");
  }

  @Test
  void uuidsAreOfVersionFourAndComeFromTheSource() {
    String uuid = evaluate("States.UUID()").asText();

    assertThat(uuid).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(evaluate("States.UUID()").asText()).as("the same seed").isEqualTo(uuid);
  }

  @Test
  void theSameSeedGivesTheSameNumber() {
    assertThat(evaluate("States.MathRandom(1, 999999, 5)"))
        .isEqualTo(evaluate("States.MathRandom(1, 999999, 5)"))
        .isNotEqualTo(evaluate("States.MathRandom(1, 999999, 6)"));
  }

  @Property
  void aRandomNumberLiesBetweenStartAndEnd(
      @ForAll @IntRange(min = -50, max = 50) int start,
      @ForAll @IntRange(min = 1, max = 9) int more) {
    int value = evaluate("States.MathRandom(%d, %d)".formatted(start, start + more)).intValue();

    assertThat(value).isBetween(start, start + more - 1);
  }

  @Property
  void decodingTakesBackEncoding(@ForAll @StringLength(max = 200) String text) {
    // A lone surrogate has no UTF-8 form.
    String clean =
        text.codePoints()
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    JsonNode input = TextNode.valueOf(clean);

    assertThat(evaluate("States.Base64Decode(States.Base64Encode($))", input)).isEqualTo(input);
    assertThat(evaluate("States.StringToJson(States.JsonToString($))", input)).isEqualTo(input);
  }

  @Property
  void theChunksOfAPartitionAreTheArray(
      @ForAll List<Integer> numbers, @ForAll @IntRange(min = 1, max = 20) int size) {
    ArrayNode input = JsonData.array();
    numbers.forEach(input::add);

    ArrayNode joined = JsonData.array();
    evaluate("States.ArrayPartition($, " + size + ")", input)
        .forEach(
            chunk -> {
              assertThat(chunk.size()).isBetween(1, size);
              joined.addAll((ArrayNode) chunk);
            });

    assertThat(joined).isEqualTo(input);
  }
}

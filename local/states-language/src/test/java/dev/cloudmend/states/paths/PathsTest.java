package dev.cloudmend.states.paths;

import static dev.cloudmend.states.Machine.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

  private static final JsonNode STORE =
      json(
          """
          {"store": {"book": [{"price": 1.10, "title": "A"}, {"price": 20, "title": "B"}],
           "a b": {"x.y": null}}, "empty": []}
          """);

  private static Optional<JsonNode> read(String path) {
    return ValuePath.parse(path).read(STORE, json("{\"Task\": {\"Token\": \"t\"}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.store.book[0].title | \"A\"",
        "$['store']['a b'] | {\"x.y\": null}",
        "$.store['a b']['x.y'] | null",
        "$.store.book[-1].title | \"B\"",
        "$.store.book[*].title | [\"A\", \"B\"]",
        "$.store.book[0:1].price | [1.10]",
        "$..title | [\"A\", \"B\"]",
        "$.store.book[?(@.price > 10)].title | [\"B\"]",
        "$.empty[*] | []",
        "$$.Task.Token | \"t\"",
      })
  void aPathReadsWhatItNames(String path, String value) {
    assertThat(read(path)).contains(json(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$.none",
        "$.store.book[2]",
        "$.store.book.title",
        "$.store.none.deeper",
        "$$.Map"
      })
  void aDefinitePathThatMeetsNothingGivesNothing(String path) {
    assertThat(read(path)).isEmpty();
  }

  @Test
  void numbersKeepTheirForm() {
    assertThat(read("$.store.book[0].price").orElseThrow().toString()).isEqualTo("1.10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store.book",
        "$store",
        "$.store.length()",
        "$.store.book.length()",
        "$.",
        "$[",
        "$..",
        "$.a[?(@.b]",
        "",
        "$.store.book.sum($..price)"
      })
  void whatTheLanguageDoesNotHaveIsRefused(String path) {
    assertThatThrownBy(() -> ValuePath.parse(path)).isInstanceOf(PathSyntaxException.class);
  }

  @Test
  void resultPathCreatesMissingParentsAndLeavesTheInputAsItWas() {
    JsonNode input = json("{\"keep\": 1}");

    JsonNode output = ReferencePath.parse("$.a['b c'].d").assign(input, json("[2]"));

    assertThat(output).isEqualTo(json("{\"keep\": 1, \"a\": {\"b c\": {\"d\": [2]}}}"));
    assertThat(input).isEqualTo(json("{\"keep\": 1}"));
  }

  @Test
  void resultPathReplacesAnElementButDoesNotMakeOne() {
    assertThat(ReferencePath.parse("$.l[1]").assign(json("{\"l\": [1, 2]}"), json("9")))
        .isEqualTo(json("{\"l\": [1, 9]}"));
    assertThatThrownBy(() -> ReferencePath.parse("$.l[2]").assign(json("{\"l\": [1, 2]}"), STORE))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            "Unable to apply Reference Path $.l[2] to the state's input: $.l cannot hold [2]");
  }

  @Test
  void theRootReplacesEverything() {
    assertThat(ReferencePath.ROOT.assign(json("\"text\""), json("1"))).isEqualTo(json("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$$.x", "$.a[*]", "$..a", "$.a[0:1]", "$.a[?(@.b)]", "$.f()", "a", "$x"})
  void aReferencePathNamesOnePlace(String path) {
    assertThatThrownBy(() -> ReferencePath.parse(path)).isInstanceOf(PathSyntaxException.class);
  }

  @Property
  void whatWasAssignedIsRead(
      @ForAll @Size(min = 1, max = 5)
          List<@AlphaChars @NotEmpty @StringLength(max = 8) String> names,
      @ForAll int value) {
    String path = "$." + String.join(".", names);

    JsonNode assigned = ReferencePath.parse(path).assign(json("{}"), IntNode.valueOf(value));

    assertThat(ValuePath.parse(path).read(assigned, json("{}"))).contains(IntNode.valueOf(value));
  }
}

package dev.cloudmend.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void membersAreSortedAndNumbersPlain() {
    assertThat(
            CanonicalJson.of(
                Json.parse("{\"b\": 1.50, \"a\": [1e3, -0, true, null], \"c\": null}")))
        .isEqualTo("{\"a\":[1000,0,true,null],\"b\":1.5}");
  }

  @Test
  void textIsEscapedAsJson() {
    assertThat(CanonicalJson.of(Json.parse("{\"a\\\"\":\"\\n\\u00e9\"}")))
        .isEqualTo("{\"a\\\"\":\"\\né\"}");
  }

  @Test
  void theHashIsThatOfTheCanonicalText() {
    assertThat(CanonicalJson.hash(Json.object()))
        .isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Property
  void readingTheCanonicalFormAndWritingItAgainChangesNothing(@ForAll("trees") JsonNode tree) {
    String canonical = CanonicalJson.of(tree);
    assertThat(CanonicalJson.of(Json.parse(canonical))).isEqualTo(canonical);
  }

  @Property
  void theOrderOfMembersDoesNotMatter(@ForAll("trees") JsonNode tree, @ForAll long seed) {
    assertThat(CanonicalJson.hash(shuffled(tree, new Random(seed))))
        .isEqualTo(CanonicalJson.hash(tree));
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    Arbitrary<JsonNode> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(Json::toTree),
            Arbitraries.longs().map(Json::toTree),
            Arbitraries.bigDecimals().map(Json::toTree),
            Arbitraries.of(true, false).map(Json::toTree));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), inner)
                    .ofMaxSize(4)
                    .map(Json::toTree),
                inner.list().ofMaxSize(4).map(Json::toTree)),
        0,
        3);
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      var members = new ArrayList<>(object.properties());
      Collections.shuffle(members, random);
      ObjectNode copy = Json.object();
      members.forEach(m -> copy.set(m.getKey(), shuffled(m.getValue(), random)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.object().arrayNode();
      array.forEach(element -> copy.add(shuffled(element, random)));
      return copy;
    }
    return node;
  }
}

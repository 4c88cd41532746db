package dev.cloudmend.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;

class DocumentsTest {

  @Property(tries = 200)
  void whatGoesIntoADocumentComesBack(@ForAll("trees") JsonNode tree) {
    assertThat(Documents.toJson(Documents.of(tree))).isEqualTo(tree);
  }

  @Test
  void membersKeepTheirOrder() {
    JsonNode tree = Json.parse("{\"z\": 1, \"a\": {\"y\": [2, 1], \"b\": null}}");

    assertThat(Documents.toJson(Documents.of(tree)).toString())
        .isEqualTo("{\"z\":1,\"a\":{\"y\":[2,1],\"b\":null}}");
  }

  @Test
  void aNumberWithAHugeExponentStaysShort() {
    JsonNode number = Documents.toJson(Document.fromNumber("1e999999999"));

    assertThat(number.decimalValue()).isEqualTo(new BigDecimal("1e999999999"));
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).map(Json::toTree),
            Arbitraries.integers().map(Json::toTree),
            Arbitraries.bigIntegers()
                .between(BigInteger.TWO.pow(63), BigInteger.TWO.pow(90))
                .map(Json::toTree),
            // Without a fraction it would come back as an integer, which is the same number.
            Arbitraries.bigDecimals()
                .ofScale(6)
                .filter(number -> number.stripTrailingZeros().scale() > 0)
                .map(number -> Json.parse(number.toString())),
            Arbitraries.of(true, false).map(Json::toTree),
            Arbitraries.just("null").map(Json::parse));
    return Arbitraries.lazyOf(
        () -> leaves,
        () -> leaves,
        () -> trees().list().ofMaxSize(3).map(DocumentsTest::array),
        () ->
            Arbitraries.maps(Arbitraries.strings().ofMaxLength(20), trees())
                .ofMaxSize(3)
                .map(DocumentsTest::object));
  }

  private static JsonNode array(List<JsonNode> elements) {
    ArrayNode array = Json.mapper().createArrayNode();
    elements.forEach(array::add);
    return array;
  }

  private static JsonNode object(Map<String, JsonNode> members) {
    ObjectNode object = Json.object();
    members.forEach(object::set);
    return object;
  }
}

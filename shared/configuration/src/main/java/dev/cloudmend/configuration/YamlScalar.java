package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What a scalar is, by the core schema of YAML 1.2: {@code no} is text and {@code 012} is 12.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#103-core-schema">Core schema</a>
 */
final class YamlScalar {

  static final LoadSettings SETTINGS = LoadSettings.builder().setSchema(new CoreSchema()).build();

  private static final int LONGEST_NUMBER = 40;

  private YamlScalar() {}

  static boolean isText(ScalarEvent scalar) {
    return tag(scalar).equals(Tag.STR);
  }

  /** The value; absent for a number that JSON cannot say or that is out of bounds. */
  static Optional<JsonNode> value(ScalarEvent scalar) {
    String written = scalar.getValue();
    Tag tag = tag(scalar);
    if (tag.equals(Tag.NULL)) {
      return Optional.of(NullNode.getInstance());
    }
    if (tag.equals(Tag.BOOL)) {
      return Optional.of(BooleanNode.valueOf(written.toLowerCase(Locale.ROOT).equals("true")));
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
        ? number(written)
        : Optional.of(TextNode.valueOf(written));
  }

  /** Numbers are bounded: {@code 1e999999999} takes a gigabyte once it is written out. */
  private static Optional<JsonNode> number(String written) {
    if (written.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      if (written.startsWith("0x") || written.startsWith("0o")) {
        int radix = written.charAt(1) == 'x' ? 16 : 8;
        return Optional.of(whole(new BigInteger(written.substring(2), radix)));
      }
      var decimal = new BigDecimal(written);
      if (Math.abs((long) decimal.scale()) > LONGEST_NUMBER) {
        return Optional.empty();
      }
      return Optional.of(
          decimal.scale() == 0 ? whole(decimal.toBigInteger()) : DecimalNode.valueOf(decimal));
    } catch (NumberFormatException e) {
      // .inf and .nan are numbers of YAML and none of JSON.
      return Optional.empty();
    }
  }

  private static JsonNode whole(BigInteger number) {
    return number.bitLength() < Integer.SIZE
        ? JsonNodeFactory.instance.numberNode(number.intValue())
        : JsonNodeFactory.instance.numberNode(number);
  }

  private static Tag tag(ScalarEvent scalar) {
    return SETTINGS
        .getSchema()
        .getScalarResolver()
        .resolve(scalar.getValue(), scalar.getImplicit().canOmitTagInPlainScalar());
  }
}

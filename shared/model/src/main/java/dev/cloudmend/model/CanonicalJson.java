package dev.cloudmend.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The one text form of a JSON value, for hashing: members sorted by name (UTF-16 code units), no
 * white space, numbers without exponent or trailing zeros, absent and null members the same.
 *
 * <p>Close to RFC 8785, but numbers are decimals of any size, as AWS ids may be.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  public static String of(JsonNode value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** {@code sha256:} and the hex SHA-256 of the canonical form in UTF-8. */
  public static String hash(JsonNode value) {
    return "sha256:" + sha256(of(value));
  }

  /** The hex SHA-256 of a text in UTF-8. */
  public static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(JsonNode value, StringBuilder out) {
    switch (value) {
      case ObjectNode object -> writeObject(object, out);
      case ArrayNode array -> {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          write(array.get(i), out);
        }
        out.append(']');
      }
      default -> {
        if (value.isNumber()) {
          out.append(number(value.decimalValue()));
        } else {
          out.append(value);
        }
      }
    }
  }

  private static void writeObject(ObjectNode object, StringBuilder out) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    out.append('{');
    boolean first = true;
    for (String name : names) {
      JsonNode member = object.get(name);
      if (member.isNull()) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      out.append(object.textNode(name)).append(':');
      write(member, out);
    }
    out.append('}');
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}

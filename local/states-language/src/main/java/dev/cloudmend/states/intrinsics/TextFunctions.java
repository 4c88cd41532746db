package dev.cloudmend.states.intrinsics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.paths.JsonData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.StringTokenizer;

/** Intrinsic functions on text. */
final class TextFunctions {

  /** Most characters that Base64 and hash functions take. */
  private static final int MAX_CHARACTERS = 10_000;

  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private TextFunctions() {}

  static JsonNode parse(JsonNode text) {
    try {
      return JsonData.parse(string(text, 0));
    } catch (JsonProcessingException e) {
      throw new IntrinsicException("the argument at position 0 is not valid JSON");
    }
  }

  static JsonNode print(JsonNode value) {
    return TextNode.valueOf(JsonData.write(value));
  }

  static JsonNode split(JsonNode text, JsonNode delimiters) {
    ArrayNode parts = JsonData.array();
    // Every character of the second argument divides; empty parts fall away.
    var tokens = new StringTokenizer(string(text, 0), string(delimiters, 1));
    while (tokens.hasMoreTokens()) {
      parts.add(tokens.nextToken());
    }
    return parts;
  }

  static JsonNode encode(JsonNode text) {
    return TextNode.valueOf(Base64.getEncoder().encodeToString(limited(text).getBytes(UTF_8)));
  }

  static JsonNode decode(JsonNode text) {
    try {
      return TextNode.valueOf(new String(Base64.getDecoder().decode(limited(text)), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IntrinsicException("the argument at position 0 is not Base64");
    }
  }

  static JsonNode hash(JsonNode data, JsonNode algorithm) {
    String name = string(algorithm, 1);
    if (!ALGORITHMS.contains(name)) {
      throw new IntrinsicException("the algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512");
    }
    try {
      byte[] digest = MessageDigest.getInstance(name).digest(limited(data).getBytes(UTF_8));
      return TextNode.valueOf(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IntrinsicException("this Java runtime does not have " + name);
    }
  }

  static String string(JsonNode value, int position) {
    if (!value.isTextual()) {
      throw new IntrinsicException("the argument at position " + position + " must be a string");
    }
    return value.textValue();
  }

  private static String limited(JsonNode value) {
    String text = string(value, 0);
    if (text.length() > MAX_CHARACTERS) {
      throw new IntrinsicException(
          "the argument at position 0 has more than " + MAX_CHARACTERS + " characters");
    }
    return text;
  }
}
